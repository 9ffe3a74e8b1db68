import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCampaignAnalytics } from "#lambdas/tracking/get-campaign-analytics";
import { handler as getCreatorCampaignAnalytics } from "#lambdas/tracking/get-creator-campaign-analytics";
import { handler as relayOverflowClicks } from "#lambdas/tracking/relay-overflow-clicks";
import { handler as rollUpClicks } from "#lambdas/tracking/roll-up-clicks";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Hit } from "#shared/domain/tracking/hit";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID, CREATOR_ID } from "#test/support/builders";
import { admin, brand, creator, type TestStage } from "#test/support/stage";
import { aHit, code, visitor } from "#test/support/tracking";
import { expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget({ spent: 30_000 }));
  const [unit] = aParticipant().units;
  if (!unit) throw new Error("a participant without units");
  await stage.given("participant", aParticipant({ units: [{ ...unit, state: "approved" }] }));
  await stage.given("participant", aParticipant({ creatorId: OTHER_CREATOR_ID }));
});

const occasion = () => ({
  actor: systemActor("clicks"),
  now: stage.clock.now,
  requestId: "r",
  newId: stage.newId,
});

/** A hit as the stream carries it, on the first or the second creator's link. */
const clicked = (number: number, creatorId = CREATOR_ID, over: Partial<Hit> = {}) =>
  aHit(number, {
    campaignId: CAMPAIGN_ID,
    creatorId,
    code: code(creatorId === CREATOR_ID ? 1 : 2),
    visitor: visitor(number),
    ...over,
  });
const recordOf = (hit: unknown, sequence: string, shard = "shard-1") => ({
  sequence,
  shard,
  payload: new TextEncoder().encode(JSON.stringify(hit)),
  delivered: undefined,
});
const rolledUp = (records: readonly ReturnType<typeof recordOf>[], over: object = {}) =>
  rollUpClicks.run(occasion(), records, { ...stage.granted(rollUpClicks.contract.uses, occasion()), ...over });

const figures = (actor = brand(), query: { from?: string; to?: string } = { from: "2026-03-01" }) =>
  stage.run(getCampaignAnalytics, { actor, path: { campaignId: CAMPAIGN_ID }, query });
const slice = (creatorId: string, actor = brand(), query: { from?: string; to?: string } = { from: "2026-03-01" }) =>
  stage.run(getCreatorCampaignAnalytics, { actor, path: { campaignId: CAMPAIGN_ID, creatorId }, query });

describe("the roll-up of clicks", () => {
  test("counts the hits of every shard once, however often they come", async () => {
    const records = [1, 2, 3].map((number) => recordOf(clicked(number), String(number)));
    const elsewhere = recordOf(clicked(4), "1", "shard-2");
    expect(await rolledUp([...records, elsewhere])).toEqual([]);
    expect(await rolledUp(records)).toEqual([]);
    expect((await figures()).clicks).toMatchObject({ total: 4, unique: 4 });
  });

  test("is not held up by a record that is no hit", async () => {
    expect(await rolledUp([recordOf("poison", "1"), recordOf(clicked(1), "2")])).toEqual([]);
    expect((await figures()).clicks.total).toBe(1);
  });

  test("says from which records the stream must go on", async () => {
    const hitCounter = {
      ...stage.ports.hitCounter,
      count: () => Promise.resolve({ bucketsSaved: 0, failures: [{ sequenceNumber: "007", error: new Error("no") }] }),
    };
    expect(await rolledUp([recordOf(clicked(1), "007")], { hitCounter })).toEqual(["007"]);
  });
});

describe("a hit that missed the stream", () => {
  test("is put into it by its visitor, marked as a retry", async () => {
    const hit = clicked(1);
    await relayOverflowClicks.run(occasion(), hit, stage.ports);
    const [appended] = stage.clickStream.appended;
    expect(appended?.visitor).toBe(hit.visitor);
    expect(JSON.parse(appended?.body ?? "")).toEqual({ ...hit, retried: true });
  });

  test("is refused when it is none, so that the queue parks it", async () => {
    await expect(relayOverflowClicks.run(occasion(), { id: "" }, stage.ports)).rejects.toThrow("no hit");
    expect(stage.clickStream.appended).toEqual([]);
  });
});

describe("figures", () => {
  beforeEach(async () => {
    const mine = [1, 2].map((number) => clicked(number));
    const others = clicked(3, OTHER_CREATOR_ID, { day: "2026-03-02" });
    await rolledUp([...mine, others].map((hit, place) => recordOf(hit, String(place + 1))));
  });

  test("tell views from clicks, of each creator and day", async () => {
    const views = [4, 5].map((number) => clicked(number, CREATOR_ID, { kind: "view", visitor: visitor(4) }));
    const robot = clicked(6, CREATOR_ID, { kind: "view", agent: "curl/8" });
    await rolledUp([...views, robot].map((hit, place) => recordOf(hit, String(place + 4))));
    const seen = await figures();
    expect([seen.views, seen.clicks.total, seen.clicks.unique, seen.clicks.byClass.bot]).toEqual([2, 3, 3, 0]);
    expect(seen.byDay.map(({ date, views }) => [date, views])).toEqual([
      ["2026-03-01", 2],
      ["2026-03-02", 0],
    ]);
    expect(seen.byCreator.map(({ creatorId, views }) => [creatorId, views])).toEqual([
      [CREATOR_ID, 2],
      [OTHER_CREATOR_ID, 0],
    ]);
    expect((await slice(OTHER_CREATOR_ID)).views).toBe(0);
  });

  test("tell visits by what they show, of the campaign, and by what led them, of each link", async () => {
    const visits = [
      clicked(4, CREATOR_ID, { country: "DE", referrerHost: "l.instagram.com", rule: 20 }),
      clicked(5, CREATOR_ID, {
        country: "DE",
        agent: `${aHit(0).agent} Mobile`,
        at: Date.parse("2026-03-01T23:59:59.999Z"),
        variant: 1,
      }),
      clicked(6, CREATOR_ID, { agent: "curl/8", country: "KE" }),
      clicked(7, CREATOR_ID, { kind: "view", country: "KE" }),
    ];
    await rolledUp(visits.map((hit, place) => recordOf(hit, String(place + 4))));
    const { byHour, byCountry, byDevice, byReferrer, byLink } = await figures();
    expect({ byHour, byCountry, byDevice, byReferrer }).toEqual({
      byHour: [
        { hour: 0, visits: 4 },
        { hour: 23, visits: 1 },
      ],
      byCountry: [
        { country: "unknown", visits: 3 },
        { country: "DE", visits: 2 },
      ],
      byDevice: [
        { device: "desktop", visits: 4 },
        { device: "mobile", visits: 1 },
      ],
      byReferrer: [
        { host: "unknown", visits: 4 },
        { host: "l.instagram.com", visits: 1 },
      ],
    });
    expect(byLink.map(({ byRule, byVariant }) => [byRule, byVariant])).toEqual([
      [[{ priority: 20, visits: 1 }], [{ variant: 1, visits: 1 }]],
      [[], []],
    ]);
    const own = await figures(creator());
    expect([own.byHour, own.byCountry, own.byDevice, own.byReferrer]).toEqual([[], [], [], []]);
    expect([own.visitsPendingOn, (await figures()).visitsPendingOn]).toEqual([["2026-03-01"], []]);
    expect(own.byLink).toEqual(byLink.slice(0, 1));
  });

  test("of a campaign are everybody's for its brand and for admins", async () => {
    const seen = await figures();
    expect(seen).toMatchObject({ campaignId: CAMPAIGN_ID, spend: { amount: 30_000, currency: "USD" }, roi: -1 });
    expect(seen.byDay.map(({ date, clicks }) => [date, clicks])).toEqual([
      ["2026-03-01", 2],
      ["2026-03-02", 1],
    ]);
    expect(seen.byCreator.map(({ creatorId, clicks, spend }) => [creatorId, clicks, spend.amount])).toEqual([
      [CREATOR_ID, 2, 10_000],
      [OTHER_CREATOR_ID, 1, 0],
    ]);
    expect(await figures(admin())).toEqual(seen);
  });

  test("say how the money goes against the time, by the books, to whoever's budget it is", async () => {
    const { timeline } = aCampaign();
    const [start, end] = [Date.parse(timeline.start), Date.parse(timeline.end)];
    stage.clock.now = new Date(start + (end - start) / 4).toISOString();
    const { secured } = aBudget();
    const total = aCampaign().plannedBudget.amount;
    const { pacing } = await figures(brand(), {});
    expect(pacing).toEqual({
      elapsed: 0.25,
      spent: Math.round((30_000 / total) * 10_000) / 10_000,
      committed: Math.round(((30_000 + secured) / total) * 10_000) / 10_000,
      pace: Math.round((30_000 / total) * 4 * 10_000) / 10_000,
    });
    expect((await figures(creator(), {})).pacing).toBeNull();
    stage.clock.now = timeline.start;
    expect((await figures(brand(), {})).pacing).toMatchObject({ elapsed: 0, pace: null });
    stage.clock.now = new Date(end + 1).toISOString();
    expect((await figures(brand(), {})).pacing).toMatchObject({ elapsed: 1 });
  });

  test("are a creator's own for that creator, from either address", async () => {
    const own = await figures(creator());
    expect(own).toMatchObject({ clicks: { total: 2, unique: 2 }, spend: { amount: 10_000 }, roi: -1 });
    expect(own.byCreator.map(({ creatorId }) => creatorId)).toEqual([CREATOR_ID]);
    expect(await slice(CREATOR_ID, creator())).toEqual(own);
    expect(await slice(CREATOR_ID)).toEqual(own);
  });

  test("without spending have no return on it", async () => {
    expect(await slice(OTHER_CREATOR_ID)).toMatchObject({ clicks: { total: 1 }, spend: { amount: 0 }, roi: null });
  });

  test("are of the days that were asked for, both included, and of the last 400 otherwise", async () => {
    const total = async (query: { from?: string; to?: string }) => (await figures(brand(), query)).clicks.total;
    expect(await total({ from: "2026-03-02", to: "2026-03-02" })).toBe(1);
    expect(await total({ to: "2026-03-01" })).toBe(2);
    expect(await total({})).toBe(3);
    stage.clock.now = "2027-04-05T00:00:00.000Z";
    expect(await total({})).toBe(1);
    stage.clock.now = "2027-04-06T00:00:00.000Z";
    expect(await total({})).toBe(0);
  });

  test.each([{ from: "2026-11-26" }, { from: "3191-02-16" }, { from: "2026-11-27", to: "9999-12-31" }])(
    "of %j are there and empty, or too many days",
    async (query) => {
      for (const answer of [() => figures(brand(), query), () => slice(CREATOR_ID, creator(), query)]) {
        if (query.to === "9999-12-31") await expectRefused(stage, answer, "request.invalid");
        else expect(await answer()).toMatchObject({ clicks: { total: 0 }, byDay: [] });
      }
    },
  );

  test("are nobody else's", async () => {
    await expectRefused(stage, () => figures(brand(OTHER_BRAND_ID)), "campaign.not_found");
    await expectRefused(stage, () => slice(OTHER_CREATOR_ID, creator()), "campaign.not_found");
    await expectRefused(stage, () => slice(OTHER_BRAND_ID), "campaign.not_found");
  });
});
