/** Whom a campaign is proposed and why, or why not; and who is proposed how often. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as updateCampaign } from "#lambdas/campaigns/update-campaign";
import { handler as explainMatch } from "#lambdas/matching/explain-match";
import { handler as explainOwnMatch } from "#lambdas/matching/explain-own-match";
import { handler as listMatches } from "#lambdas/matching/list-matches";
import { handler as reportExposure } from "#lambdas/matching/report-exposure";
import { handler as banUser } from "#lambdas/users/ban-user";
import { CampaignChanges } from "#shared/domain/campaigns/input";
import { exposureDays } from "#shared/domain/matching/exposure";
import { anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import {
  accepted,
  declined,
  drafted,
  expectRefused,
  invited,
  launched,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
} from "../../support/launched.ts";
import { aSocialAccount, aSocialDay, someFigures } from "../../support/social-builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { indexed } from "../../support/told-creators.ts";

let stage: TestStage;
let campaignId: string;
const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

async function opened(id: string, followerCount: number, parts: object = {}) {
  const profile = { creator: { categories: ["fashion"], languages: ["en"] }, location: { country: "US" } };
  await stage.given(
    "account",
    anAccount({ id, email: `${id}@example.com`, roles: ["creator"], version: 2, ...profile, ...parts }),
  );
  await stage.given("socialAccount", aSocialAccount({ userId: id, figures: someFigures({ followerCount }) }));
  await indexed(stage, id);
}
const matches = (limit = 20, actor = brand()) =>
  stage.run(listMatches, { actor, path: { campaignId }, query: { limit } });
const proposed = async (limit?: number) => (await matches(limit)).data.map(({ creatorId }) => creatorId);
const explained = (creatorId: string, actor = brand()) =>
  stage.run(explainMatch, { actor, path: { campaignId, creatorId } });
const own = (creatorId = CREATOR_ID, actor = creator()) =>
  stage.run(explainOwnMatch, { actor, path: { campaignId, creatorId } });
const filters = async (creatorId: string) => (await explained(creatorId)).excludedBy.map(({ filter }) => filter);
const weigh = (matchWeights: object | null) =>
  stage.run(updateCampaign, { actor: brand(), path: { campaignId }, body: CampaignChanges.parse({ matchWeights }) });
const exposure = (query = {}) => stage.run(reportExposure, { actor: admin(), query });

beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
  await opened(CREATOR_ID, 500_000);
  await opened(OTHER_CREATOR_ID, 40_000);
  await opened(idOf(1), 3_000);
});

describe("a campaign is proposed", () => {
  test("the best, with every reason, a profile without an address, and by which weights", async () => {
    const { data, weightsVersion, weights } = await matches();
    expect(data.map(({ creatorId }) => creatorId)).toEqual([CREATOR_ID, OTHER_CREATOR_ID, idOf(1)]);
    expect({ weightsVersion, weights }).toMatchObject({ weightsVersion: "3", weights: { reach: 25, engagement: 30 } });
    const [best] = data;
    expect(best?.factors.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(Number(best?.score), 10);
    expect(best?.profile).toMatchObject({
      id: CREATOR_ID,
      social: [{ platform: "instagram", followerCount: 500_000 }],
    });
    expect(JSON.stringify(data)).not.toContain("@");
    expect(await matches()).toEqual(await matches());
  });

  test("so many as it asks for, the next in place of who cannot take part", async () => {
    expect(await proposed(2)).toEqual([CREATOR_ID, OTHER_CREATOR_ID]);
    await invited(stage, campaignId);
    expect(await proposed(2)).toEqual([OTHER_CREATOR_ID, idOf(1)]);
    await accepted(stage, campaignId);
    expect(await proposed()).toEqual([OTHER_CREATOR_ID, idOf(1)]);
    await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID });
    await declined(stage, campaignId, OTHER_CREATOR_ID);
    expect(await proposed()).toEqual([idOf(1)]);
    expect([await filters(CREATOR_ID), await filters(OTHER_CREATOR_ID), await filters(idOf(1))]).toEqual([
      ["taking_part"],
      ["declined"],
      [],
    ]);
  });

  test("nobody who is banned from that moment on, or who makes something else by now, though the index has not heard of it", async () => {
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    await stage.given(
      "account",
      anAccount({ id: idOf(1), roles: ["creator"], creator: { categories: ["art"], languages: [] } }),
    );
    expect(await proposed()).toEqual([OTHER_CREATOR_ID]);
    await expectRefused(stage, () => explained(CREATOR_ID), "creator.not_found");
    expect(await filters(idOf(1))).toEqual(["category"]);
  });

  test("nobody at all, where nobody fits", async () => {
    ({ id: campaignId } = await drafted(stage, { category: "pets" }));
    expect((await matches()).data).toEqual([]);
  });

  test("by its own weights, once its brand says what counts, and by the house's again", async () => {
    const rate = { engagementRate: 0.3, postsRated: 30 };
    await stage.given(
      "socialAccount",
      aSocialAccount({ userId: idOf(1), figures: someFigures({ followerCount: 3_000, ...rate }), version: 2 }),
    );
    await indexed(stage, idOf(1));
    expect((await proposed())[0]).toBe(CREATOR_ID);
    expect(await weigh({ engagement: 100 })).toMatchObject({
      matchWeights: { engagement: 100, reach: 0 },
      weightsRevision: 1,
    });
    expect((await proposed())[0]).toBe(idOf(1));
    expect(await matches()).toMatchObject({ weightsVersion: "3.1", weights: { engagement: 100 } });
    await weigh(null);
    expect(await matches()).toMatchObject({ weightsVersion: "3", weights: { engagement: 30 } });
    await weigh({ reach: 50, focus: 50 });
    expect(await matches()).toMatchObject({ weightsVersion: "3.3" });
  });

  test.each([
    { reach: 99 },
    { reach: 101 },
    { reach: -1, focus: 101 },
    { reach: 50.5, focus: 49.5 },
    { fame: 100 },
    {},
  ])("by weights that are a hundred together: %j are not", (matchWeights) => {
    expect(CampaignChanges.safeParse({ matchWeights }).success).toBe(false);
  });

  test("what the same creator is explained by", async () => {
    const { data } = await matches();
    const { excludedBy, weightsVersion: _version, weights: _weights, ...match } = await explained(CREATOR_ID);
    expect(match).toEqual(data[0]);
    expect(excludedBy).toEqual([]);
  });
});

describe("an explanation", () => {
  test("is for the campaign's brand and admins alone", async () => {
    expect(await explained(CREATOR_ID, admin())).toEqual(await explained(CREATOR_ID));
    await expectRefused(stage, () => explained(CREATOR_ID, brand(OTHER_BRAND_ID)), "campaign.not_found");
    await expectRefused(stage, () => matches(20, brand(OTHER_BRAND_ID)), "campaign.not_found");
    await expectRefused(stage, () => explained(BRAND_ID), "creator.not_found");
  });

  test("is a creator's own where they are invited or take part: what would raise it, and nothing of the invitation", async () => {
    await expectRefused(stage, () => own(), "campaign.not_found");
    await invited(stage, campaignId);
    const seen = await own();
    expect(seen).toMatchObject({ creatorId: CREATOR_ID, excludedBy: [] });
    expect(seen.factors.find(({ name }) => name === "delivery")?.raise).toBe(
      "Hand in work for a first campaign by its date.",
    );
    await accepted(stage, campaignId);
    expect(await own()).toEqual(seen);
    await expectRefused(stage, () => own(OTHER_CREATOR_ID), "campaign.not_found");
    await expectRefused(stage, () => own(CREATOR_ID, creator(OTHER_CREATOR_ID)), "campaign.not_found");
  });
});

describe("an audience that jumped", () => {
  const days = [
    { day: "2026-11-10", figures: someFigures({ followerCount: 100_000, postCount: 40 }) },
    { day: "2026-11-11", figures: someFigures({ followerCount: 500_000, postCount: 40 }) },
  ];
  const flagsOf = ({ factors }: { readonly factors: readonly { readonly evidence: object }[] }) =>
    factors.flatMap(({ evidence }) => ("flags" in evidence ? [evidence.flags] : []));

  test("is named to the brand and to its owner; both see the same score, less sure, and no profile has it", async () => {
    const [before] = (await matches()).data;
    for (const one of days)
      await stage.given("socialDay", aSocialDay({ ...one, userId: CREATOR_ID, syncedAt: `${one.day}T12:00:00.000Z` }));
    await stage.given(
      "socialAccount",
      aSocialAccount({
        userId: CREATOR_ID,
        figures: someFigures({ followerCount: 500_000, postCount: 40 }),
        connectedAt: "2026-11-01T00:00:00.000Z",
        lastSyncedAt: "2026-11-11T12:00:00.000Z",
        version: 2,
      }),
    );
    await indexed(stage, CREATOR_ID);
    const [listed] = (await matches()).data;
    const told = await explained(CREATOR_ID);
    await invited(stage, campaignId);
    const seen = await own();
    const flags = ["follower_jump"];
    expect([listed, told, seen].map((one) => one && flagsOf(one))).toEqual(
      Array.from({ length: 3 }, () => [flags, flags]),
    );
    expect([listed, told, seen].map((one) => [one?.score, one?.confidence])).toEqual(
      Array.from({ length: 3 }, () => [before?.score, listed?.confidence]),
    );
    expect(Number(listed?.confidence)).toBeLessThan(Number(before?.confidence));
    expect(JSON.stringify([listed?.profile, told.profile, seen.profile])).not.toContain("follower_jump");
  });
});

describe("who is proposed", () => {
  test("is counted once a campaign and day, and told in order", async () => {
    await matches();
    await matches(2);
    const other = campaignId;
    campaignId = await launched(stage);
    await invited(stage, campaignId);
    await matches();
    campaignId = other;
    expect(await exposure()).toEqual({
      from: "2026-11-19",
      to: "2026-11-25",
      isExact: true,
      data: [
        { creatorId: OTHER_CREATOR_ID, proposed: 2, first: 1 },
        { creatorId: CREATOR_ID, proposed: 1, first: 1 },
        { creatorId: idOf(1), proposed: 1, first: 0 },
      ],
      lists: 2,
      creators: 3,
      proposals: 4,
      topTenShare: 1,
    });
    stage.clock.now = "2026-11-26T00:00:00.000Z";
    await matches();
    expect(await exposure()).toMatchObject({ lists: 3, proposals: 7 });
    expect(await exposure({ from: "2026-11-26", to: "2026-11-26" })).toMatchObject({ lists: 1, proposals: 3 });
  });

  test.each([[{ from: "2026-11-26", to: "2026-11-25" }], [{ from: "2026-10-25", to: "2026-11-25" }]])(
    "is told of a month at most: not %j",
    async (query) => {
      await expectRefused(stage, () => exposure(query), "request.invalid");
      expect(exposureDays({ from: "2026-10-26", to: "2026-11-25" }, stage.clock.now)).toHaveLength(31);
    },
  );
});
