import { type Change, changed, created } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import {
  type AuditProof,
  heldAgainst,
  isSound,
  isTorn,
  NOTHING_PROVEN,
  type Outcome,
  type Proven,
  tearsBehind,
  together,
} from "./proof.ts";

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
          proven: { ...heldAgainst(again, proven), ...endsOf(stored, proven) },
          again: NOTHING_PROVEN,
          updatedAt: now,
        }
      : { proven: underWay(stored, proven, again), again, updatedAt: now };
  const written = stored ? changed("auditProof", stored, next) : created("auditProof", next);
  return { change: { entities: [written] }, proof: written.next };
}

/** Places of a chain that are remembered, the first ones: whoever cuts it off every hour needs no more to be told of it. */
const MOST_KNOWN = 20;

/**
 * Where each chain was followed to from what was known of it, and what was known of those that are torn since, because nothing
 * else tells when they do not follow on. One whose end is no seal is gone on with from there, when it has one again.
 */
function endsOf(stored: AuditProof | undefined, { heads, known, breaks }: Proven): Pick<Proven, "heads" | "known"> {
  const torn = new Set(breaks.filter(isTorn).map(({ chain }) => chain));
  const before = (stored?.proven.heads ?? []).filter(({ chain }) => torn.has(chain));
  const ends = heads.map((head) => (isSound(head) ? head : (before.find(({ chain }) => chain === head.chain) ?? head)));
  const all = [...known, ...before.filter(isSound)];
  const each = new Map(all.map((head) => [`${head.chain} ${head.sequence} ${head.hash}`, head])).values();
  const ofChains = [...Map.groupBy(each, ({ chain }) => chain).values()];
  return { heads: ends, known: ofChains.flatMap((places) => places.slice(0, MOST_KNOWN)) };
}

/** While a round goes on. A tear that it has not come to yet is there still, and keeps nothing that came since from being proven. */
function underWay(stored: AuditProof | undefined, added: Proven, again: Proven): Proven {
  const tears = stored === undefined ? [] : tearsBehind(stored.proven, again.heads);
  return { ...added, ...endsOf(stored, added), breaks: together(together(added.breaks, again.breaks), tears) };
}
