/** The platform as a whole: counted by a job, read by admins. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as countPlatformDay } from "#lambdas/tracking/count-platform-day";
import { handler as getPlatformAnalytics } from "#lambdas/tracking/get-platform-analytics";
import type { ConversionTally } from "#shared/domain/conversions/tally";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { definitions } from "#shared/domain/tracking/platform-analytics";
import { aBudget, aCampaign, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { paidIn, peopled } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { aHit, inSequence, visitor } from "../../support/tracking.ts";

const TODAY = "2026-11-25";
const YESTERDAY = "2026-11-24";
const OTHER_CREATOR_ID = CREATOR_ID.replace(/.$/, "9");
const OTHER_CAMPAIGN_ID = CAMPAIGN_ID.replace(/.$/, "9");
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget({ currency: "USD" }));
});

const counted = () => ranJob(stage, countPlatformDay, { adapters: { hitCounts: () => stage.ports.hitCounts } });
const read = (query: { from?: string; to?: string } = {}) => stage.run(getPlatformAnalytics, { actor: admin(), query });
const clicks = (day: string, campaignId: string, number: number, from: number) =>
  stage.ports.hitCounter.count(
    `${campaignId} ${from}`,
    inSequence(
      Array.from({ length: number }, (_, n) =>
        aHit(from + n, { day, campaignId, creatorId: CREATOR_ID, visitor: visitor(n % 2) }),
      ),
    ),
  );
/** One order of two creators: both have a part of it, and the campaign counts it once. */
const sold = async (day: string, valueMinor: number) => {
  const partMinor = valueMinor / 2;
  const ofOne = {
    campaignId: CAMPAIGN_ID,
    day,
    creatorId: CREATOR_ID,
    shard: 0,
    conversions: 1,
    valueMinor: partMinor,
  };
  await tallied({ ...ofOne, sharedOrders: 0 });
  await tallied({ ...ofOne, creatorId: OTHER_CREATOR_ID, sharedOrders: 1 });
};
const tallied = (tally: ConversionTally) => {
  return stage.table.write({ kind: "put", item: storedItem(items.conversionTally, tally), when: { any: true } });
};

describe("the platform's figures", () => {
  test("before anything was counted are nothing, as of never", async () => {
    const empty = await read();
    expect([empty.byDay, empty.asOf, empty.totals.clicks, empty.totals.users.brand]).toEqual([[], null, 0, 0]);
  });

  test("are of yesterday and of today so far, by day and in all, each defined", async () => {
    await clicks(YESTERDAY, CAMPAIGN_ID, 3, 1);
    await clicks(TODAY, CAMPAIGN_ID, 2, 10);
    await clicks(TODAY, OTHER_CAMPAIGN_ID, 1, 20);
    await paidIn(stage, 50_000);
    await sold(YESTERDAY, 9_900);
    expect(await counted()).toMatchObject({ outcome: "succeeded", counts: { counted: 2 } });
    const seen = await read();
    expect(seen.byDay.map(({ date, clicks: made, uniqueClicks }) => [date, made, uniqueClicks])).toEqual([
      [YESTERDAY, 3, 2],
      [TODAY, 3, 3],
    ]);
    expect(seen.totals).toMatchObject({
      clicks: 6,
      uniqueClicks: 5,
      views: 0,
      conversions: 1,
      campaigns: { active: 1, draft: 0 },
    });
    expect(seen.totals.users.creator).toBe(await stage.ports.accounts.countActive("creator"));
    expect(seen.totals.users.creator).toBeGreaterThan(0);
    const usd = (amount: number) => ({ amount, currency: "USD" });
    expect(seen.totals.money).toEqual([
      { currency: "USD", in: usd(50_000), out: usd(0), fees: usd(0), conversionValue: usd(9_900) },
    ]);
    expect(seen.asOf).toBe(stage.clock.now);
    expect(Object.keys(definitions)).toEqual(expect.arrayContaining(["users", "clicks", "money.in"]));
  });

  test("of a day long over follow when it is closed again, once, and keep who was there", async () => {
    await clicks(YESTERDAY, CAMPAIGN_ID, 3, 1);
    await counted();
    const people = (await read({ from: YESTERDAY, to: YESTERDAY })).totals.campaigns;
    stage.clock.now = "2026-11-28T03:00:00.000Z";
    await clicks(YESTERDAY, CAMPAIGN_ID, 1, 10);
    await stage.given("campaign", aCampaign({ id: OTHER_CAMPAIGN_ID, status: "active" }));
    // Nobody has closed it: it is not looked at.
    expect(await counted()).toMatchObject({ counts: { counted: 2 } });
    expect((await read({ from: YESTERDAY, to: YESTERDAY })).totals.clicks).toBe(3);
    const closing = { rulesVersion: "3", lateHours: [], isDue: false, restated: 1, differing: 0, version: 1 };
    await stage.given("trackingDay", { ...closing, day: YESTERDAY, closedAt: "2026-11-28T02:00:00.000Z" });
    stage.clock.now = "2026-11-28T03:30:00.000Z";
    expect(await counted()).toMatchObject({ outcome: "succeeded", counts: { counted: 3 } });
    expect((await read({ from: YESTERDAY, to: YESTERDAY })).totals).toMatchObject({ clicks: 4, campaigns: people });
    expect(await counted()).toMatchObject({ counts: { counted: 2 } });
  });

  test("of a day that is over take in what comes to light late, and keep who was there", async () => {
    await counted();
    stage.clock.now = "2026-11-26T02:30:00.000Z";
    await counted();
    await clicks(TODAY, CAMPAIGN_ID, 2, 1);
    await stage.given("campaign", aCampaign({ id: OTHER_CAMPAIGN_ID, status: "paused" }));
    await counted();
    const { byDay, totals } = await read({ from: TODAY, to: "2026-11-26" });
    expect(byDay.map(({ date, clicks: made, campaigns }) => [date, made, campaigns.paused])).toEqual([
      [TODAY, 2, 0],
      ["2026-11-26", 0, 1],
    ]);
    expect([totals.clicks, totals.campaigns.paused]).toEqual([2, 1]);
  });

  test("cost a question of each campaign that was clicked or sold something that day, and none of the others", async () => {
    await clicks(YESTERDAY, CAMPAIGN_ID, 3, 1);
    await sold(YESTERDAY, 9_900);
    const asked = async () => {
      let questions = 0;
      const { ofCampaign } = stage.ports.hitCounts;
      const { get, getMany, query } = stage.table;
      stage.table.query = (given) => {
        if (!given.partition.startsWith("ALL_CAMPAIGNS")) questions += 1;
        return query(given);
      };
      stage.ports.hitCounts.ofCampaign = (...given) => ((questions += 1), ofCampaign(...given));
      expect(await counted()).toMatchObject({ counts: { counted: 2 } });
      Object.assign(stage.table, { get, getMany, query });
      stage.ports.hitCounts.ofCampaign = ofCampaign;
      return questions;
    };
    await counted();
    const few = await asked();
    for (let number = 0; number < 200; number += 1) {
      const id = `cmp_${String(number + 1_000).padStart(26, "0")}`;
      await stage.given("campaign", aCampaign({ id, status: "active" }));
      await stage.given("budget", aBudget({ campaignId: id }));
    }
    expect(await asked()).toBe(few);
    expect((await read()).totals).toMatchObject({ clicks: 3, conversions: 1, campaigns: { active: 201 } });
  });

  test("are those of the days asked for, four hundred at most", async () => {
    await counted();
    expect((await read({ from: YESTERDAY, to: YESTERDAY })).byDay).toHaveLength(1);
    await expect(read({ from: "2020-01-01" })).rejects.toMatchObject({ refusal: { code: "request.invalid" } });
  });
});
