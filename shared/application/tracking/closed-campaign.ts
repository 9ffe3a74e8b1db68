import { epochSeconds, type Instant, plusDays } from "#shared/domain/kernel/time";
import { type DayVerdict, isRestatable, verdictOn } from "#shared/domain/tracking/close-day";
import type { Recount } from "#shared/domain/tracking/recount";
import { restatementOf } from "#shared/domain/tracking/restatement";
import type { HitCounts, VisitsOfCreators } from "#shared/ports/tracking";

/** Campaigns whose days are looked into at a time: one after the other, fifty thousand took as long as a Lambda may. */
export const CAMPAIGNS_AT_ONCE = 16;

export interface ClosingPorts {
  readonly hitCounts: Pick<HitCounts, "ofDay" | "restate" | "yieldTo" | "expireReplaced">;
  readonly creatorVisits: Pick<VisitsOfCreators, "keep">;
}

/** Whoever read of a restatement that was replaced meanwhile still finds what it refers to. */
const REPLACED_KEPT_DAYS = 1;

/**
 * Holds what is shown of a campaign's day to its raw hits, and has these be shown where they are right. Begun again after it broke
 * off anywhere it does what is left to do.
 */
export async function closedCampaign(
  { hitCounts, creatorVisits }: ClosingPorts,
  recount: Recount,
  { campaignId, day, now }: { readonly campaignId: string; readonly day: string; readonly now: Instant },
): Promise<DayVerdict> {
  const counted = await hitCounts.ofDay(campaignId, day);
  const verdict = verdictOn(recount.of(campaignId), counted.shown);
  // Where shards came to all that they had overridden, it stands again, and where they have more than is archived, it yields: or they
  // would be asked about every night.
  const isAgain = verdict.is === "agrees" && counted.isOverridden;
  const restatement =
    isRestatable(verdict) || isAgain ? restatementOf(counted, recount.totalsOf(campaignId)) : undefined;
  if (restatement) await hitCounts.restate(restatement);
  else if (counted.isOverridden) await hitCounts.yieldTo({ campaignId, day, counted });
  const last = restatement?.bucket.sequence ?? counted.restated;
  await hitCounts.expireReplaced({ campaignId, day, last }, epochSeconds(plusDays(now, REPLACED_KEPT_DAYS)));
  await creatorVisits.keep(recount.visitsOf(campaignId));
  return verdict;
}
