/** What became of earlier work counts for the next: from our own records, as they are, whoever tells of it and how often. */
import { describe, expect, test } from "@jest/globals";
import { handler as getCreator } from "#lambdas/creators/get-creator";
import { handler as cancelCampaign } from "#lambdas/settlements/cancel-campaign";
import { countedDays, followClicks, followPieces, withTime } from "#shared/domain/matching/follow-result";
import type { CampaignStatus } from "#shared/domain/campaigns/campaign";
import type { Participant } from "#shared/domain/invitations/participant";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import { sumOf } from "#shared/domain/matching/past-result";
import {
  aCampaign,
  anAccount,
  aParticipant,
  aSubmission,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
} from "../../support/builders.ts";
import { aCardAccount, aCreatorCard, aPastResult } from "../../support/matching-builders.ts";
import { aSocialAccount } from "../../support/social-builders.ts";
import { peopled } from "../../support/launched.ts";
import { brand } from "../../support/stage.ts";
import { anEventOf, deliver, deliverAll, indexed } from "../../support/told-creators.ts";
import { aHit, inSequence, visitor } from "../../support/tracking.ts";
import { reviewed, submitted, working } from "../submissions/delivered.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const unit = (number: number, state: string, rounds: number) => ({
  deliverableId: DELIVERABLE_ID,
  unit: number,
  priceMinor: 1,
  state,
  rounds,
});
const clicks = (count: number, followers: number) => ({ count, followers, countedAt: NOW });
/** Of one link of theirs. */
const hits = (byClass: object, unique = 0): BucketCounts[] => [
  {
    ...{ campaignId: CAMPAIGN_ID, day: "2026-11-20", shard: "0", rules: "3" },
    visits: { hour: {}, country: {}, device: {}, referrer: {} },
    unique,
    uniqueByCreator: { [CREATOR_ID]: unique },
    links: { code: { creatorId: CREATOR_ID, byClass } },
  },
];
const counted = (units: object[], submissions: object[], status = "active", part: Partial<Participant> = {}) =>
  followPieces(
    {
      campaign: aCampaign({ status: status as "active" }),
      participant: aParticipant({ units: units as never, ...part }),
      submissions: submissions.map((parts) => aSubmission(parts)),
      stored: undefined,
    },
    CREATOR_ID,
    NOW,
  )?.entities[0]?.next;

describe("pieces count", () => {
  test("as handed in, in time, decided and approved; a later round is not late again", () => {
    const units = [unit(1, "approved", 2), unit(2, "rejected", 1), unit(3, "submitted", 1), unit(4, "open", 0)];
    const submissions = [
      { unit: 1, round: 1 },
      { unit: 1, round: 2, late: true },
      { unit: 2, round: 1, late: true },
      { unit: 3, round: 1 },
    ];
    expect(counted(units, submissions)).toMatchObject({ owed: 3, onTime: 2, decided: 2, approved: 1, clicks: null });
  });

  test("as let go where the campaign ran its time, and not where it was cancelled", () => {
    const units = [unit(1, "approved", 1), unit(2, "released", 0)];
    expect(counted(units, [], "completed")).toMatchObject({ owed: 2, onTime: 1 });
    expect(counted(units, [], "cancelled")).toMatchObject({ owed: 1, onTime: 1 });
  });

  test("as let go by nobody who was removed before the end: whatever is decided later, they could not hand anything in", () => {
    const units = [unit(1, "approved", 1), unit(2, "released", 0)];
    expect(counted(units, [], "completed", { status: "inactive" })).toMatchObject({ owed: 1, onTime: 1 });
    const ended = { status: "inactive", toldOfEndAt: NOW } as const;
    expect(counted(units, [], "completed", ended)).toMatchObject({ owed: 2, onTime: 1 });
  });

  test("of every time that somebody took part, as they are remembered", () => {
    const before = `prt_${"9".repeat(26)}`;
    const past = {
      id: before,
      budgetAllocated: { amount: 1, currency: "USD" as const },
      joinedAt: NOW,
      leftAt: NOW,
      units: { approved: 2, rejected: 1, released: 4 },
    };
    const participant = aParticipant({ units: [unit(1, "approved", 1)] as never, earlier: [past] });
    // Of those that were released then, two had been handed in: one in time, and one late, which is no verdict's.
    const earlier = [{ late: true as const }, {}, {}, {}, { late: true as const }].map((parts, at) =>
      aSubmission({ participationId: before, unit: at + 1, ...parts }),
    );
    const submissions = [...earlier, aSubmission({ participationId: PARTICIPATION_ID })];
    const change = followPieces(
      { campaign: aCampaign(), participant, submissions, stored: undefined },
      CREATOR_ID,
      NOW,
    );
    expect(change?.entities[0]?.next).toMatchObject({ owed: 6, onTime: 4, decided: 4, approved: 3 });
  });

  test("once: what is known is not written again", () => {
    const stored = aPastResult({ owed: 1, onTime: 1, decided: 1, approved: 1 });
    const part = {
      campaign: aCampaign(),
      participant: aParticipant({ units: [unit(1, "approved", 1)] as never }),
      submissions: [],
      stored,
    };
    expect(followPieces(part, CREATOR_ID, NOW)).toBeUndefined();
    expect(followPieces({ ...part, participant: undefined }, CREATOR_ID, NOW)).toBeUndefined();
  });
});

describe("clicks count", () => {
  const place = { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID, stored: undefined };
  test("for each follower of that time, once; not of whom nobody knows how many follow", () => {
    const card = aCreatorCard({ accounts: [aCardAccount({ followerCount: 2_000 })] });
    const one = hits({ valid: 1 }, 1);
    expect(followClicks(place, card, one, NOW)?.entities[0]?.next).toMatchObject({
      clicks: { count: 1, followers: 2_000, countedAt: NOW },
      owed: 0,
      piecesAt: null,
    });
    expect(followClicks({ ...place, stored: aPastResult({ clicks: clicks(1, 1) }) }, card, one, NOW)).toBeUndefined();
    expect(followClicks(place, aCreatorCard({ accounts: [] }), one, NOW)).toBeUndefined();
    expect(followClicks(place, undefined, one, NOW)).toBeUndefined();
  });

  test("by visitors, however often each of them clicks; and not where nobody came, for there was no link or it was not shared", () => {
    const card = aCreatorCard({ accounts: [aCardAccount({ followerCount: 2_000 })] });
    const change = followClicks(place, card, hits({ valid: 3, repeat: 99 }, 2), NOW);
    expect(change?.entities[0]?.next).toMatchObject({ clicks: { count: 2, fullestDay: 2 } });
    const days = [2, 7, 1].flatMap((visitors, at) =>
      hits({ valid: visitors }, visitors).map((bucket) => ({ ...bucket, day: `2026-11-2${at}` })),
    );
    expect(followClicks(place, card, days, NOW)?.entities[0]?.next).toMatchObject({
      clicks: { count: 10, fullestDay: 7 },
    });
    expect(followClicks(place, card, [], NOW)).toBeUndefined();
    expect(followClicks({ ...place, creatorId: "another" }, card, hits({ valid: 3 }, 2), NOW)).toBeUndefined();
    // Who tries their own link has shown it to nobody; nor has whoever pastes it into a chat, or is found by a crawler.
    for (const byClass of [{ self: 1 }, { preview: 2 }, { bot: 3 }])
      expect(followClicks(place, card, hits(byClass), NOW)).toBeUndefined();
  });

  test("of a campaign that ran its time, and of whoever was there until then: else nobody can say who would have come", () => {
    const [there, gone, told] = [{}, { status: "inactive" }, { status: "inactive", toldOfEndAt: NOW }].map((part) =>
      aParticipant(part as Partial<Participant>),
    );
    const everybody = [there, gone, told].filter((one) => one !== undefined);
    const countedOf = (status: CampaignStatus) => withTime(aCampaign({ status }), everybody);
    expect(countedOf("completed")).toEqual([there, told]);
    expect(countedOf("cancelled")).toEqual([]);
    const daysOf = (status: CampaignStatus) => countedDays(aCampaign({ status, createdAt: NOW }), NOW);
    expect(daysOf("completed")).toEqual({ from: "2026-11-25", to: "2026-11-25" });
    expect((["active", "paused", "cancelled"] as const).map(daysOf)).toEqual([undefined, undefined, undefined]);
  });

  test("as far as they are all that so many followers can give, and sums are the same in any order", () => {
    const results = [
      aPastResult({ clicks: clicks(9_000, 3_000), piecesAt: "2026-11-02T00:00:00.000Z" }),
      aPastResult({ clicks: clicks(1, 3_000) }),
      aPastResult({ clicks: clicks(1, 1) }),
      aPastResult({ updatedAt: "2026-11-09T00:00:00.000Z" }),
    ];
    expect(sumOf(results)).toMatchObject({
      countedCampaigns: 3,
      visitors: 61,
      clickFollowers: 6_001,
      owed: 8,
      piecesAt: "2026-11-02T00:00:00.000Z",
      clicksAt: NOW,
    });
    expect(sumOf([...results].reverse())).toEqual(sumOf(results));
  });
});

test("a whole story: an approval and a rejection are in the profile, and clicks once the campaign is over", async () => {
  const stage = await peopled();
  await stage.given(
    "account",
    anAccount({ id: CREATOR_ID, roles: ["creator"], creator: { categories: ["fashion"], languages: [] } }),
  );
  await stage.given("socialAccount", aSocialAccount());
  await indexed(stage, CREATOR_ID);
  const work = await working(stage);
  for (const decision of ["approved", "rejected"] as const) {
    const { id } = await submitted(stage, work);
    await reviewed(stage, work, id, decision);
  }
  await deliverAll(stage);
  const profile = async () => stage.run(getCreator, { actor: brand(), path: { creatorId: CREATOR_ID } });
  expect((await profile()).results).toMatchObject({
    pieces: 2,
    onTimeRate: 1,
    decided: 2,
    approvalRate: 0.5,
    campaigns: 0,
  });
  expect((await stage.ports.creatorCards.get(CREATOR_ID))?.results).toMatchObject({
    owed: 2,
    onTime: 2,
    decided: 2,
    approved: 1,
  });
  await stage.run(cancelCampaign, { actor: brand(), path: { campaignId: work.campaignId } });
  await deliverAll(stage);
  // Nobody ever hit a link of theirs: there was none.
  expect((await profile()).results).toMatchObject({ campaigns: 0, clicksPerFollower: null });
  const events = () => stage.outbox().filter((type) => type === "creator.results_changed").length;
  const before = events();
  await deliverAll(stage);
  expect(events()).toBe(before);
});

test("clicks of a campaign that ran its time are those of whoever was there; one that was cancelled says nothing", async () => {
  const clicksOf = async (status: CampaignStatus, parts: Partial<Participant> = {}) => {
    const stage = await peopled();
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"] }));
    await stage.given("socialAccount", aSocialAccount());
    await indexed(stage, CREATOR_ID);
    await stage.given("campaign", aCampaign({ status, createdAt: "2026-11-20T00:00:00.000Z" }));
    await stage.given("participant", aParticipant(parts));
    const some = [1, 2].map((number) => {
      const who = { day: "2026-11-24", campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID, visitor: visitor(number) };
      return aHit(number, who);
    });
    await stage.ports.hitCounter.count("1", inSequence(some));
    await deliver(stage, anEventOf("campaign.status_changed", { campaignId: CAMPAIGN_ID }));
    return (await stage.ports.pastResults.get(CREATOR_ID, CAMPAIGN_ID))?.clicks?.count;
  };
  expect(await clicksOf("completed")).toBe(2);
  expect(await clicksOf("completed", { status: "inactive" })).toBeUndefined();
  expect(await clicksOf("cancelled")).toBeUndefined();
});
