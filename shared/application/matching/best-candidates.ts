import type { Brief } from "#shared/domain/matching/brief";
import { proposable, type Proposed } from "#shared/domain/matching/propose";
import { byRank, type Rank, rankOf } from "#shared/domain/matching/rank";
import type { Instant } from "#shared/domain/kernel/time";
import type { Candidates, FoundCandidate } from "#shared/ports/matching";

/** Candidates looked up at once: what one batch of gets holds. */
const LOOKED_UP_AT_ONCE = 25;
/** For one question, or whose campaign hundreds take part in would wait until all that the index names were. */
const MOST_LOOKED_UP = 1_000;

interface Ranked {
  readonly candidate: FoundCandidate;
  readonly rank: Rank;
}

/** Whether the last who is proposed ranks before all that the index has after who was looked up last. */
const isBefore = (passed: Rank | undefined, last: Ranked | undefined): boolean =>
  passed !== undefined && last !== undefined && byRank(last.rank, passed) <= 0;

/**
 * The best whom nothing leaves out, so many of them, as they are and not as the index has them: it is read on until nobody who
 * comes later in it can rank before the last of them, or enough were looked up.
 */
export async function bestCandidates(
  candidates: Candidates,
  brief: Brief,
  count: number,
  now: Instant,
): Promise<Proposed<FoundCandidate>> {
  const ranked: Ranked[] = [];
  const asked: { readonly creatorId: string; readonly rank: Rank }[] = [];
  let isExact = true;
  let lookedUp = 0;
  const answer = (how: { readonly isExact: boolean }) => ({
    best: ranked.slice(0, count).map(({ candidate }) => candidate),
    ...how,
  });
  const lookUp = async (): Promise<Rank | undefined> => {
    const some = asked.splice(0, LOOKED_UP_AT_ONCE);
    lookedUp += some.length;
    const found = await candidates.some(
      brief.campaignId,
      some.map(({ creatorId }) => creatorId),
    );
    for (const candidate of proposable(brief, found, now))
      ranked.push({ candidate, rank: rankOf(brief, candidate.card) });
    ranked.sort((one, other) => byRank(one.rank, other.rank));
    return some.at(-1)?.rank;
  };
  for await (const { creators, isProven } of candidates.inOrder(brief)) {
    isExact = isProven;
    asked.push(...creators);
    while (asked.length > 0 && ranked.length + asked.length >= count) {
      if (lookedUp >= MOST_LOOKED_UP) return answer({ isExact: false });
      if (isBefore(await lookUp(), ranked[count - 1])) return answer({ isExact });
    }
  }
  while (asked.length > 0) await lookUp();
  return answer({ isExact });
}
