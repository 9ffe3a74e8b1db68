import { type Change, changed, created } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { type AuditProof, NOTHING_PROVEN, type Outcome } from "./proof.ts";

/**
 * Keeps what is proven. When the trail was gone through again to its end, that is what holds, and it begins anew; what is found
 * broken on the way is known from then on, however long the rest takes.
 */
export function keepProof(
  stored: AuditProof | undefined,
  { proven }: Outcome,
  { proven: again, left }: Outcome,
  now: Instant,
): { readonly change: Change; readonly proof: AuditProof } {
  const firstBreak = proven.firstBreak ?? again.firstBreak;
  const next =
    left === 0
      ? { proven: again, again: NOTHING_PROVEN, updatedAt: now }
      : { proven: { ...proven, ...(firstBreak && { firstBreak }) }, again, updatedAt: now };
  const written = stored ? changed("auditProof", stored, next) : created("auditProof", next);
  return { change: { entities: [written] }, proof: written.next };
}
