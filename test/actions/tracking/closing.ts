/** A stage on the morning after a day of clicks, with an archive and a rollup of its own. */
import { handler as closeTrackingDay } from "#lambdas/tracking/close-tracking-day";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { memoryHitCounter } from "#shared/adapters/memory/hit-counter";
import { RULES_VERSION } from "#shared/domain/tracking/classification";
import type { Hit } from "#shared/domain/tracking/hit";
import { summarise } from "#shared/domain/tracking/summary";
import type { HitCounts } from "#shared/ports/tracking";
import { ranJob } from "../../support/ran-job.ts";
import { testStage } from "../../support/stage.ts";
import { aHit, DAY, inSequence, visitor } from "../../support/tracking.ts";

/** What is known of a day that was closed in time. */
export const aClosedDay = (day: string) => ({
  ...{ day, rulesVersion: RULES_VERSION, lateHours: [], isDue: false, restated: 0, differing: 0 },
  ...{ closedAt: `${day}T02:00:00.000Z`, version: 1 },
});

/** @param hitCounts in place of the rollup's own */
export function closingStage(hitCounts?: HitCounts) {
  const stage = testStage();
  stage.clock.now = "2026-03-02T02:00:00.000Z";
  const [archive, counter] = [memoryClickArchive(), memoryHitCounter()];
  const close = (machineNow = stage.clock.now, counts: HitCounts = hitCounts ?? counter) =>
    ranJob(stage, closeTrackingDay, {
      adapters: { clickArchive: () => archive, hitCounts: () => counts },
      machineNow,
    });
  const closed = async () => {
    const { outcome, counts } = await close();
    return { outcome, counts };
  };
  /** What people are shown of the first of the two campaigns. */
  const shown = async () => {
    const { rulesVersion: _version, ...summary } = summarise(await counter.ofCampaign("cmp_0", DAY, DAY));
    return summary;
  };
  const count = (given: readonly Hit[], from = 1) => counter.count("shard-1", inSequence(given, from));
  return { stage, archive, counter, close, closed, shown, count };
}

/** Of fifty visitors, on links of two campaigns. */
export const hits = Array.from({ length: 300 }, (_, number) =>
  aHit(number, { visitor: visitor(number % 50), campaignId: `cmp_${number % 2}` }),
);

/** The closing of a day of which so many hits were archived, and one was counted. */
export async function closedDay(archived: number): Promise<void> {
  const { archive, counter, close } = closingStage();
  archive.put("2026-03-01T01", [aHit(1), aHit(2)].slice(0, archived));
  await counter.count("s", inSequence([aHit(1)]));
  await close();
}
