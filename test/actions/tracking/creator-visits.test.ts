/** A creator's slice by hour, country, device and referrer: as the closing of each day found their visits in the archive. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as closeTrackingDay } from "#lambdas/tracking/close-tracking-day";
import { handler as getCampaignAnalytics } from "#lambdas/tracking/get-campaign-analytics";
import { handler as getCreatorCampaignAnalytics } from "#lambdas/tracking/get-creator-campaign-analytics";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { RULES_VERSION } from "#shared/domain/tracking/classification";
import type { Hit } from "#shared/domain/tracking/hit";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID, CREATOR_ID } from "#test/support/builders";
import { brand, creator, type TestStage } from "#test/support/stage";
import { aHit, code, inSequence, visitor } from "#test/support/tracking";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";

let stage: TestStage;
let archive: ReturnType<typeof memoryClickArchive>;
beforeEach(async () => {
  stage = await peopled();
  archive = memoryClickArchive();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
  for (const creatorId of [CREATOR_ID, OTHER_CREATOR_ID]) await stage.given("participant", aParticipant({ creatorId }));
});

const clicked = (number: number, creatorId: string, over: Partial<Hit> = {}) =>
  aHit(number, {
    ...{ campaignId: CAMPAIGN_ID, creatorId, code: code(creatorId === CREATOR_ID ? 1 : 2) },
    ...{ visitor: visitor(number), country: "DE", referrerHost: "www.blog.example" },
    ...over,
  });
let sequence = 1;
const count = async (hits: readonly Hit[]) => {
  await stage.ports.hitCounter.count("shard-1", inSequence(hits, sequence));
  sequence += hits.length;
};
const closed = async (now: string) => {
  stage.clock.now = now;
  const adapters = { clickArchive: () => archive, hitCounts: () => stage.ports.hitCounts };
  return ranJob(stage, closeTrackingDay, { adapters, machineNow: now });
};
const slice = async (creatorId = CREATOR_ID) => {
  const call = { actor: creator(creatorId), path: { campaignId: CAMPAIGN_ID, creatorId }, query: {} };
  const { byHour, byCountry, byDevice, byReferrer, visitsPendingOn, clicks } = await stage.run(
    getCreatorCampaignAnalytics,
    call,
  );
  return { byHour, byCountry, byDevice, byReferrer, visitsPendingOn, total: clicks.total };
};
const NEXT_NIGHT = "2026-03-02T02:00:00.000Z";

const mine = [1, 2, 3].map((number) => clicked(number, CREATOR_ID));
const theirs = [4, 5].map((number) => clicked(number, OTHER_CREATOR_ID, { country: "KE", referrerHost: "t.co" }));

test("is told once the day is closed, of that creator's visits alone, and says until then that it is not", async () => {
  stage.clock.now = "2026-03-01T12:00:00.000Z";
  await count([...mine, ...theirs]);
  archive.put("2026-03-01T00", [...mine, ...theirs]);
  expect(await slice()).toMatchObject({ total: 3, byHour: [], visitsPendingOn: ["2026-03-01"] });

  await closed(NEXT_NIGHT);
  expect(await slice()).toEqual({
    total: 3,
    byHour: [{ hour: 0, visits: 3 }],
    byCountry: [{ country: "DE", visits: 3 }],
    byDevice: [{ device: "desktop", visits: 3 }],
    byReferrer: [{ host: "blog.example", visits: 3 }],
    visitsPendingOn: [],
  });
  expect(await slice(OTHER_CREATOR_ID)).toMatchObject({
    byCountry: [{ country: "KE", visits: 2 }],
    byReferrer: [{ host: "t.co", visits: 2 }],
  });
  const today = clicked(9, CREATOR_ID, { day: "2026-03-02", at: Date.parse("2026-03-02T03:00:00.000Z") });
  await count([today]);
  expect(await slice()).toMatchObject({ byHour: [{ hour: 0, visits: 3 }], visitsPendingOn: ["2026-03-02"] });
  archive.put("2026-03-02T03", [today]);
  await closed("2026-03-03T02:00:00.000Z");
  expect(await slice()).toMatchObject({
    byHour: [
      { hour: 0, visits: 3 },
      { hour: 3, visits: 1 },
    ],
    visitsPendingOn: [],
  });
});

test("holds a creator's own visits and bursts, and no robots' or views, as the campaign's does", async () => {
  const hits = [
    ...Array.from({ length: 103 }, (_, number) => clicked(number, CREATOR_ID, { visitor: visitor(7) })),
    clicked(200, CREATOR_ID, { kind: "own", visitor: visitor(7) }),
    clicked(201, CREATOR_ID, { agent: "curl/8" }),
    clicked(202, CREATOR_ID, { kind: "view" }),
  ];
  await count(hits);
  archive.put("2026-03-01T00", hits);
  await closed(NEXT_NIGHT);
  expect(await slice()).toMatchObject({ byHour: [{ hour: 0, visits: 103 }], visitsPendingOn: [] });
});

test("follows a restatement, and what a shard counts after it, once the day is closed again", async () => {
  await count(mine.slice(0, 2));
  archive.put("2026-03-01T00", mine);
  expect((await closed(NEXT_NIGHT)).counts).toEqual({ restated: 1 });
  expect(await slice()).toMatchObject({ total: 3, byHour: [{ hour: 0, visits: 3 }], visitsPendingOn: [] });

  const late = clicked(10, CREATOR_ID);
  await count([late, ...mine.slice(2)]);
  expect(await slice()).toMatchObject({ byHour: [{ hour: 0, visits: 3 }], visitsPendingOn: ["2026-03-01"] });
  archive.put("2026-03-02T15", [late]);
  await closed("2026-03-03T02:00:00.000Z");
  expect(await slice()).toMatchObject({ total: 4, byHour: [{ hour: 0, visits: 4 }], visitsPendingOn: [] });
});

test("is not there of a day whose hits the archive has not, which stays named", async () => {
  await count(mine);
  archive.put("2026-03-01T00", mine.slice(0, 1));
  expect((await closed(NEXT_NIGHT)).counts).toEqual({ differs: 1 });
  expect(await slice()).toMatchObject({ total: 3, byHour: [{ hour: 0, visits: 1 }], visitsPendingOn: ["2026-03-01"] });
});

test("has nothing left of visits that by later rules are none", async () => {
  const stored = { hour: { "0": 3 }, country: { DE: 3 }, device: { desktop: 3 }, referrer: { unknown: 3 } };
  const before = { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID, day: "2026-03-01", visits: stored };
  await stage.ports.creatorVisits.keep([before]);
  const robots = mine.map((hit) => ({ ...hit, agent: "curl/8" }));
  await count(robots);
  archive.put("2026-03-01T00", robots);
  expect(await slice()).toMatchObject({ byHour: [{ hour: 0, visits: 3 }], visitsPendingOn: ["2026-03-01"] });
  await closed(NEXT_NIGHT);
  expect(await slice()).toMatchObject({ byHour: [], visitsPendingOn: [] });
});

/** Of which days it is said that they were counted anew, and by which rules the oldest of them: to the brand and to both creators. */
const told = async () => {
  const path = { campaignId: CAMPAIGN_ID };
  const slices = [CREATOR_ID, OTHER_CREATOR_ID].map((creatorId) =>
    stage.run(getCreatorCampaignAnalytics, { actor: creator(creatorId), path: { ...path, creatorId } }),
  );
  const all = await Promise.all([stage.run(getCampaignAnalytics, { actor: brand(), path }), ...slices]);
  return all.map(({ restatedOn, rulesVersion }) => [...restatedOn, rulesVersion]);
};

test("a day that was restated is named to whom its figures are of, until shards override it", async () => {
  const lateDay = { day: "2026-03-02", at: Date.parse("2026-03-02T03:00:00.000Z") };
  const next = clicked(9, OTHER_CREATOR_ID, lateDay);
  await count([...mine.slice(1), next]);
  archive.put("2026-03-01T00", mine);
  expect(await told()).toEqual([[RULES_VERSION], [RULES_VERSION], [RULES_VERSION]]);
  await closed(NEXT_NIGHT);
  expect(await told()).toEqual([["2026-03-01", RULES_VERSION], ["2026-03-01", RULES_VERSION], [RULES_VERSION]]);
  await count([clicked(11, CREATOR_ID)]);
  expect(await told()).toEqual([[RULES_VERSION], [RULES_VERSION], [RULES_VERSION]]);
});

test("the rules that are named are those of figures that are shown", async () => {
  await count(mine);
  const { ofCampaign } = stage.ports.hitCounts;
  Object.assign(stage.ports.hitCounts, {
    ofCampaign: async (...asked: Parameters<typeof ofCampaign>) =>
      (await ofCampaign(...asked)).map((bucket) => ({ ...bucket, rules: "1" })),
  });
  expect(await told()).toEqual([["1"], ["1"], [RULES_VERSION]]);
});
