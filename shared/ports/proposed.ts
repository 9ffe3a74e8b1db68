import type { Brief } from "#shared/domain/matching/brief";
import { proposable } from "#shared/domain/matching/propose";
import type { Instant } from "#shared/domain/kernel/time";
import type { Candidates, FoundCandidate } from "./matching.ts";

/** The best whom nothing leaves out, so many of them: the next of the index, a list's length at a time, until it is full or nobody is left. */
export async function bestCandidates(
  candidates: Candidates,
  brief: Brief,
  count: number,
  now: Instant,
): Promise<readonly FoundCandidate[]> {
  const proposed: FoundCandidate[] = [];
  const asked: string[] = [];
  const look = async (): Promise<void> => {
    const found = await candidates.some(brief.campaignId, asked.splice(0));
    proposed.push(...proposable(brief, found, now).slice(0, count - proposed.length));
  };
  for await (const creatorId of candidates.inOrder(brief)) {
    asked.push(creatorId);
    if (proposed.length + asked.length >= count) await look();
    if (proposed.length === count) return proposed;
  }
  if (asked.length > 0) await look();
  return proposed;
}
