import { beforeEach, describe, expect, test } from "@jest/globals";
import { CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";

let s: Shop;
beforeEach(async () => {
  s = await shop();
});

describe("figures of conversions", () => {
  test("are by the day of the order and by creator, net of reversals", async () => {
    const { body: first } = await s.ordered({ occurredAt: "2026-11-24T23:59:59.999Z" });
    await s.ordered({ orderId: "order-2", occurredAt: "2026-11-25T00:00:00.000Z" });
    await s.ordered({ orderId: "order-3", code: OTHER_CODE, value: usd(50_000) });
    await s.reversed(first["id"], 2_500);
    const { body } = await s.figures();
    const none = { clicks: 0, uniqueClicks: 0, views: 0, scans: 0 };
    expect(body).toMatchObject({ conversions: 3, conversionValue: usd(67_500), roi: 1.25 });
    expect(body["byDay"]).toEqual([
      { date: "2026-11-24", ...none, conversions: 1, conversionValue: usd(7_500) },
      { date: "2026-11-25", ...none, conversions: 2, conversionValue: usd(60_000) },
    ]);
    expect(body["byCreator"]).toMatchObject([
      { creatorId: CREATOR_ID, conversions: 2, conversionValue: usd(17_500) },
      { creatorId: OTHER_CREATOR_ID, conversions: 1, conversionValue: usd(50_000) },
    ]);
  });

  test("of a creator's slice are that creator's alone", async () => {
    await s.ordered();
    await s.ordered({ orderId: "order-2", code: OTHER_CODE, value: usd(50_000) });
    const { body } = await s.figures({ creatorId: CREATOR_ID });
    expect(body).toMatchObject({ conversions: 1, conversionValue: usd(10_000) });
    expect(body["byCreator"]).toMatchObject([{ creatorId: CREATOR_ID, conversions: 1 }]);
    expect(JSON.stringify(body)).not.toContain(OTHER_CREATOR_ID);
  });

  test("are of the days that were asked for, both included", async () => {
    await s.ordered({ occurredAt: "2026-11-10T23:00:00.000Z" });
    await s.ordered({ orderId: "order-2", occurredAt: "2026-11-12T00:00:00.000Z" });
    const of = async (from: string, to: string) =>
      (await s.own("getCampaignAnalytics", { path: { campaignId: CAMPAIGN_ID }, query: { from, to } })).body[
        "conversions"
      ];
    expect([await of("2026-11-10", "2026-11-12"), await of("2026-11-11", "2026-11-12")]).toEqual([2, 1]);
    expect([await of("2026-11-10", "2026-11-11"), await of("2026-11-11", "2026-11-11")]).toEqual([1, 0]);
  });
});
