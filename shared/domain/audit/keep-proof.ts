import { type Change, changed, created } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import {
  type AuditProof,
  heldAgainst,
  isTorn,
  NOTHING_PROVEN,
  type Outcome,
  type Proven,
  tearsBehind,
  together,
} from "./proof.ts";
import type { SealHead } from "./seal.ts";

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
      ? {
          proven: { ...heldAgainst(again, proven), heads: endsOf(stored, proven) },
          again: NOTHING_PROVEN,
          updatedAt: now,
        }
      : { proven: underWay(stored, proven, again), again, updatedAt: now };
  const written = stored ? changed("auditProof", stored, next) : created("auditProof", next);
  return { change: { entities: [written] }, proof: written.next };
}

/** Where each chain was followed to from what was known of it; one that does not follow on that keeps it, because nothing else tells. */
function endsOf(stored: AuditProof | undefined, { heads, breaks }: Proven): SealHead[] {
  const torn = new Set(breaks.filter(isTorn).map(({ chain }) => chain));
  return [
    ...heads.filter(({ chain }) => stored === undefined || !torn.has(chain)),
    ...(stored?.proven.heads ?? []).filter(({ chain }) => torn.has(chain)),
  ];
}

/** While a round goes on. A tear that it has not come to yet is there still, and keeps nothing that came since from being proven. */
function underWay(stored: AuditProof | undefined, added: Proven, again: Proven): Proven {
  const tears = stored === undefined ? [] : tearsBehind(stored.proven, again.heads);
  return { ...added, heads: endsOf(stored, added), breaks: together(together(added.breaks, again.breaks), tears) };
}
