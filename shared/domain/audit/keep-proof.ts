import { type Change, changed, created } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { type AuditProof, heldAgainst, isTorn, NOTHING_PROVEN, type Outcome, type Proven, together } from "./proof.ts";

/**
 * Keeps what is proven. When the trail was gone through again to its end, that is what holds, and it begins anew; what is found
 * broken on the way is known from then on, however long the rest takes; and of a chain that was torn since, what was known of it
 * before is kept, because nothing else tells.
 */
export function keepProof(
  stored: AuditProof | undefined,
  { proven }: Outcome,
  { proven: again, left }: Outcome,
  now: Instant,
): { readonly change: Change; readonly proof: AuditProof } {
  const next =
    left === 0
      ? { proven: asKnown(heldAgainst(again, proven), stored), again: NOTHING_PROVEN, updatedAt: now }
      : {
          proven: asKnown({ ...proven, breaks: together(proven.breaks, again.breaks) }, stored),
          again,
          updatedAt: now,
        };
  const written = stored ? changed("auditProof", stored, next) : created("auditProof", next);
  return { change: { entities: [written] }, proof: written.next };
}

/** As far as it was read; where a chain is torn, as far as it was read before. */
const asKnown = (proven: Proven, stored: AuditProof | undefined): Proven =>
  stored !== undefined && proven.breaks.some(isTorn) ? { ...stored.proven, breaks: proven.breaks } : proven;
