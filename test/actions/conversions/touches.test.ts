/** An order of several touches: what counts of what a shop names, and how it is shared. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { aCampaign, aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { aLink, clickId, CODE, FOREIGN_CODE, OTHER_CODE, type Shop, shop, usd } from "../../support/shop.ts";

const SECOND_CAMPAIGN = `cmp_${"8".repeat(26)}`;
const SECOND_CODE = "abcdefghjp";
let s: Shop;
beforeEach(async () => {
  s = await shop();
});

/** The day of November on which a link was clicked, at ten. */
const on = (day: number, code = CODE): string => clickId(`2026-11-${String(day).padStart(2, "0")}T10:00:00.000Z`, code);
const named = (...clickIds: string[]) => ({ code: undefined, clickIds });
const ruled = (attribution: object) =>
  s.given("campaign", aCampaign({ ...running, attribution: { ...rules, ...attribution } }));
const rules = { model: "last", windowDays: 30, promoCodePrecedence: "code" } as const;
const running = {
  status: "active",
  timeline: { start: "2026-11-01T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" },
} as const;
const explained = async (id: unknown, as: "own" | "creator" = "own") =>
  (await s[as]("explainConversion", { path: { conversionId: String(id) } })).body;
/** Per cents, in order of time. */
const percents = async (id: unknown) =>
  ((await explained(id))["touches"] as { percent: number }[]).map(({ percent }) => percent);
const figuresBy = async (creatorId?: string) => {
  const { body } = await s.figures(creatorId === undefined ? {} : { creatorId });
  return [body["conversions"], (body["conversionValue"] as { amount: number }).amount];
};

describe("an order of several clicks", () => {
  test.each([
    ["last", [0, 0, 100], OTHER_CREATOR_ID],
    ["first", [100, 0, 0], CREATOR_ID],
    ["linear", [34, 33, 33], CREATOR_ID],
    ["position", [40, 20, 40], OTHER_CREATOR_ID],
  ] as const)(
    "is shared by its campaign's model %s, in whatever order they are named",
    async (model, parts, creatorId) => {
      await ruled({ model });
      const clicks = [on(10), on(12), on(14, OTHER_CODE)];
      const replies = [
        await s.ordered(named(...clicks)),
        await s.ordered({ orderId: "order-2", ...named(...clicks.toReversed()) }),
      ];
      for (const { status, body } of replies) {
        expect([status, body["creatorId"]]).toEqual([201, creatorId]);
        expect(await percents(body["id"])).toEqual(parts);
      }
      const [first, second] = s.stored("conversion").map(({ touches }) => touches);
      expect(first).toEqual(second);
    },
  );

  test("is credited by the rules of the last one's campaign, and keeps them when they change", async () => {
    await ruled({ model: "linear", windowDays: 60 });
    const { body } = await s.ordered(named(on(10), on(12, OTHER_CODE)));
    const before = await explained(body["id"]);
    await s.own("updateCampaign", {
      path: { campaignId: CAMPAIGN_ID },
      body: { attribution: { model: "first", windowDays: 1 } },
    });
    expect(await explained(body["id"])).toEqual(before);
    expect(before).toMatchObject({ model: "linear", windowDays: 60 });
    const { body: later } = await s.ordered({
      orderId: "order-2",
      ...named(clickId("2026-11-25T10:00:00.000Z"), on(12)),
    });
    expect(await explained(later["id"])).toMatchObject({ model: "first", windowDays: 1, touches: [{ percent: 100 }] });
  });

  test("names each once, and beside them the link of one", async () => {
    await ruled({ model: "linear" });
    const { body } = await s.ordered({ code: OTHER_CODE, clickId: on(10), clickIds: [on(10), on(12, OTHER_CODE)] });
    expect(await percents(body["id"])).toEqual([50, 50]);
    const refused = await s.ordered({ orderId: "order-2", code: OTHER_CODE, clickIds: [on(10), on(12)] });
    expect([refused.status, refused.body["code"]]).toEqual([422, "conversion.source_unknown"]);
  });

  test("passes over what does not count, and says why", async () => {
    await ruled({ model: "linear", windowDays: 7 });
    await s.given(
      "campaign",
      aCampaign({ ...running, id: SECOND_CAMPAIGN, plannedBudget: { amount: 1, currency: "EUR" } }),
    );
    await s.given("link", aLink({ code: SECOND_CODE, campaignId: SECOND_CAMPAIGN }));
    const passed = {
      old: on(10),
      late: clickId("2026-11-25T12:05:00.001Z"),
      foreign: on(24, FOREIGN_CODE),
      euro: on(24, SECOND_CODE),
    };
    const { body } = await s.ordered(named("made up", ...Object.values(passed), on(20), on(22, OTHER_CODE)));
    const { passedOver, touches } = await explained(body["id"]);
    expect((touches as unknown[]).length).toBe(2);
    const reasons = Object.fromEntries(
      (passedOver as { named: string; reason: string }[]).map((one) => [one.named, one.reason]),
    );
    expect(reasons).toEqual({
      "made up": "not_yours",
      [passed.foreign]: "not_yours",
      [passed.old]: "too_old",
      [passed.late]: "after_the_order",
      [passed.euro]: "other_currency",
    });
  });

  test.each<[string, string[], string, string]>([
    ["is ours", ["x", "y"], "conversion.source_unknown", "No link of yours"],
    ["is in time", ["x", on(1)], "conversion.outside_window", "It happened after the window"],
  ])("of which none %s is refused for what came nearest", async (_what, clickIds, code, detail) => {
    await ruled({ windowDays: 7 });
    const reply = await s.ordered(named(...clickIds));
    expect([reply.status, reply.body["code"]]).toEqual([422, code]);
    expect(reply.body["detail"]).toContain(detail);
    expect(await figuresBy()).toEqual([0, 0]);
  });

  test.each([[[]], [Array.from({ length: 21 }, (_, at) => `click-${at}`)]])("is none of %j", async (clickIds) => {
    expect((await s.ordered(named(...clickIds))).status).toBe(400);
  });
});

describe("figures of shared orders", () => {
  beforeEach(() => s.given("participant", aParticipant({ creatorId: OTHER_CREATOR_ID })));

  test("count an order once for its campaign and once for each creator, and are the value to the last unit", async () => {
    await ruled({ model: "linear" });
    const { body } = await s.ordered({ ...named(on(10), on(12), on(14, OTHER_CODE)), value: usd(10_001) });
    expect([await figuresBy(), await figuresBy(CREATOR_ID), await figuresBy(OTHER_CREATOR_ID)]).toEqual([
      [1, 10_001],
      [1, 6_668],
      [1, 3_333],
    ]);
    await s.reversed(body["id"], 1);
    await s.reversed(body["id"], 5_000);
    const [whole, one, other] = [await figuresBy(), await figuresBy(CREATOR_ID), await figuresBy(OTHER_CREATOR_ID)];
    expect([whole, Number(one[1]) + Number(other[1])]).toEqual([[1, 5_000], 5_000]);
    await s.reversed(body["id"], 5_000);
    expect([await figuresBy(), await figuresBy(CREATOR_ID), await figuresBy(OTHER_CREATOR_ID)]).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  test("give each campaign of the brand its own part", async () => {
    await ruled({ model: "position" });
    await s.given("campaign", aCampaign({ ...running, id: SECOND_CAMPAIGN }));
    await s.given("link", aLink({ code: SECOND_CODE, campaignId: SECOND_CAMPAIGN }));
    await s.ordered(named(on(10, SECOND_CODE), on(12, OTHER_CODE), on(14)));
    expect(await figuresBy()).toEqual([1, 6_000]);
    const tallies = s.stored("conversionTally").filter(({ campaignId }) => campaignId === SECOND_CAMPAIGN);
    expect(tallies).toMatchObject([{ creatorId: CREATOR_ID, conversions: 1, sharedOrders: 0, valueMinor: 4_000 }]);
  });

  test("leave out who has no part of it", async () => {
    await s.ordered(named(on(10), on(12, OTHER_CODE)));
    expect([await figuresBy(CREATOR_ID), await figuresBy(OTHER_CREATOR_ID)]).toEqual([
      [0, 0],
      [1, 10_000],
    ]);
  });
});

test("a creator is told of their own part who they are, and of others' only that it counts", async () => {
  await ruled({ model: "position" });
  const { body } = await s.ordered(named(on(10), on(12, OTHER_CODE), on(14, OTHER_CODE), "made up"));
  const theirs = await explained(body["id"], "creator");
  expect(theirs["touches"]).toMatchObject([
    { creatorId: CREATOR_ID, campaignId: CAMPAIGN_ID, code: CODE, percent: 40 },
    { creatorId: null, campaignId: null, code: null, percent: 20 },
    { creatorId: null, campaignId: null, code: null, percent: 40 },
  ]);
  expect(theirs["passedOver"]).toEqual([]);
  expect(JSON.stringify(theirs)).not.toMatch(new RegExp(`${OTHER_CREATOR_ID}|${OTHER_CODE}|${BRAND_ID}`));
});

test("a creator whose click was passed over may ask why; one who was not named may not", async () => {
  await ruled({ windowDays: 7 });
  const { body } = await s.ordered(named(on(10), on(22, OTHER_CODE)));
  expect((await explained(body["id"], "creator"))["passedOver"]).toMatchObject([{ reason: "too_old", named: on(10) }]);
  const { body: without } = await s.ordered({ orderId: "order-2", ...named(on(22, OTHER_CODE)) });
  expect((await s.creator("explainConversion", { path: { conversionId: String(without["id"]) } })).status).toBe(404);
});
