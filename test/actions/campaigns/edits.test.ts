/** What a brand may change about a campaign, when, and what it may take away again. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCampaign } from "#lambdas/campaigns/get-campaign";
import { CampaignChanges, NewCampaign } from "#shared/domain/campaigns/input";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { aBudget, aCampaign, BRAND_ID, CAMPAIGN_ID } from "../../support/builders.ts";
import { deleted, reworded, struck, updated } from "../../support/edited.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  asked,
  auditRows,
  drafted,
  END,
  expectRefused,
  interrupted,
  invited,
  launched,
  OTHER_BRAND_ID,
  paidIn,
  peopled,
  published,
} from "../../support/launched.ts";
import { handler as updateCampaign } from "#lambdas/campaigns/update-campaign";
import { handler as deleteCampaign } from "#lambdas/campaigns/delete-campaign";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const stored = (id: string) => stage.ports.campaigns.get(id);
const strangers = [
  ["another brand", brand(OTHER_BRAND_ID)],
  ["a creator", creator()],
] as const;

/** Every field there is, with another value than a draft has. */
const everything = {
  name: "Winter",
  description: "Coats",
  category: "music",
  timeline: { start: "2026-11-26T00:00:00.000Z", end: "2027-01-31T00:00:00.000Z", timeZone: "Europe/Berlin" },
  targetAudience: { minFollowers: 5, countries: ["DE"] },
  matchWeights: { reach: 60, engagement: 40, delivery: 0, approval: 0, clicks: 0, focus: 0 },
  brandGuidelines: "No filters",
  destinationHosts: ["*.example.com"],
  utm: { source: "{creatorId}" },
  reviewWindowHours: 24,
  reviewCalendar: "continuous",
  maxRounds: 2,
  creatorHoldDays: 0,
  resubmissionDays: 3,
  attribution: { model: "position", windowDays: 90, promoCodePrecedence: "click" },
};
const free = [
  "name",
  "description",
  "category",
  "targetAudience",
  "matchWeights",
  "destinationHosts",
  "utm",
  "attribution",
];
const fields = Object.keys(everything) as (keyof typeof everything)[];

describe("a change", () => {
  test("may be of anything that a draft was made with but its budget", () => {
    expect(Object.keys(CampaignChanges.shape).sort()).toEqual(
      Object.keys(NewCampaign.shape)
        .filter((field) => field !== "budget")
        .sort(),
    );
    expect(fields.sort()).toEqual(Object.keys(CampaignChanges.shape).sort());
  });

  test("of a draft changes all that was sent, counts a version, and is in the audit with before and after", async () => {
    const { id } = await drafted(stage);
    stage.clock.now = "2026-11-25T13:00:00.000Z";
    const reply = await updated(stage, id, everything);
    expect(reply).toMatchObject({ ...everything, status: "draft", version: 2, updatedAt: stage.clock.now });
    const [row] = auditRows(stage, "campaign.updated");
    expect((row?.["changes"] as { field: string }[]).map(({ field }) => field).sort()).toEqual(fields);
    expect(row?.["changes"]).toContainEqual({ field: "name", before: "Autumn", after: "Winter" });
  });

  test("leaves alone what was not sent, of timeline and attribution too; null clears a text", async () => {
    const {
      id,
      version: _v,
      updatedAt: _u,
      ...before
    } = await drafted(stage, { description: "x", brandGuidelines: "y" });
    await updated(stage, id, { description: null, timeline: { timeZone: "Asia/Tokyo" } });
    await updated(stage, id, { attribution: { model: "linear" } });
    await updated(stage, id, { attribution: { windowDays: 7 } });
    expect(await stored(id)).toMatchObject({
      description: null,
      brandGuidelines: "y",
      timeline: { ...before.timeline, timeZone: "Asia/Tokyo" },
      reviewWindowHours: 72,
      attribution: { ...before.attribution, model: "linear", windowDays: 7 },
    });
    expect((await updated(stage, id, {})).version).toBe(5);
  });

  test.each(CampaignStatus.options)("of a campaign that is %s is of what its status leaves open", async (status) => {
    await stage.given("campaign", aCampaign({ status }));
    await stage.given("budget", aBudget({ status }));
    const ended = ["completed", "cancelled"].includes(status);
    for (const field of fields) {
      const change = () => updated(stage, CAMPAIGN_ID, { [field]: everything[field] });
      if (ended) await expectRefused(stage, change, "campaign.ended", status);
      else if (status === "draft" || free.includes(field))
        expect(await change()).toMatchObject({ [field]: everything[field] });
      else await expectRefused(stage, change, "campaign.terms_fixed", status);
    }
  });

  test.each([
    ["before it starts", { end: "2026-11-24T00:00:00Z" }, "campaign.end_not_after_start"],
    ["as it starts", { start: END }, "campaign.end_not_after_start"],
    ["when it has passed", { start: "2026-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" }, "campaign.end_not_future"],
  ])("to an end %s is refused", async (_what, timeline, code) => {
    const { id } = await drafted(stage);
    await expectRefused(stage, () => updated(stage, id, { timeline }), code);
  });

  test.each(["id", "brandId", "status", "spent", "budget", "plannedBudget", "version", "createdAt", "updatedAt"])(
    "of %s has no valid shape",
    (field) => {
      expect(CampaignChanges.safeParse({ [field]: "x" }).success).toBe(false);
    },
  );

  test("is for the campaign's brand, and for admins in its name", async () => {
    const { id } = await drafted(stage);
    for (const [, actor] of strangers)
      await expectRefused(stage, () => updated(stage, id, { name: "x" }, { actor }), "campaign.not_found");
    await updated(stage, id, { name: "x" }, { actor: admin() });
    expect(auditRows(stage, "campaign.updated")[0]).toMatchObject({ onBehalfOf: BRAND_ID });
  });

  test("that was decided while the campaign went up is decided again, and then fixed", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    const late = interrupted(updateCampaign, () => published(stage, id));
    const attempt = stage.run(late, { actor: brand(), path: { campaignId: id }, body: { maxRounds: 1 } });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "campaign.terms_fixed" } });
    expect(await stored(id)).toMatchObject({ status: "active", maxRounds: 3 });
  });
});

describe("If-Match", () => {
  test("lets the version through that was read, and no other, for each of what can be changed or taken away", async () => {
    const { id } = await drafted(stage);
    const { id: deliverableId } = await asked(stage, id);
    const path = { campaignId: id, deliverableId };
    const refusedAt = (act: (ifMatch: number) => Promise<unknown>, ifMatch: number, there: string) =>
      expectRefused(stage, () => act(ifMatch), "version.changed", there);
    await refusedAt((ifMatch) => updated(stage, id, { name: "x" }, { ifMatch }), 1, "v2");
    await refusedAt((ifMatch) => deleted(stage, id, { ifMatch }), 1, "v2");
    await refusedAt((ifMatch) => reworded(stage, path, { quantity: 1 }, { ifMatch }), 2, "v1");
    await refusedAt((ifMatch) => struck(stage, path, { ifMatch }), 2, "v1");
    expect((await updated(stage, id, { name: "x" }, { ifMatch: 2 })).version).toBe(3);
    expect((await reworded(stage, path, { quantity: 1 }, { ifMatch: 1 })).version).toBe(2);
    await struck(stage, path, { ifMatch: 2 });
    await deleted(stage, id, { ifMatch: 5 });
  });

  test("of two who read one version, the second is told", async () => {
    const { id } = await drafted(stage);
    const changes = ["a", "b"].map((name) => updated(stage, id, { name }, { ifMatch: 1 }));
    const ends = await Promise.allSettled(changes);
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("deleting", () => {
  test("a draft takes it away, with its budget and all that it asks for", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await asked(stage, id);
    await deleted(stage, id);
    for (const kind of ["campaign", "budget", "deliverable"] as const) expect(stage.stored(kind)).toEqual([]);
    expect(auditRows(stage, "campaign.deleted")).toHaveLength(1);
    const path = { campaignId: id };
    await expectRefused(stage, () => stage.run(getCampaign, { actor: brand(), path }), "campaign.not_found");
    await expectRefused(stage, () => deleted(stage, id), "campaign.not_found");
    await expectRefused(stage, () => asked(stage, id), "campaign.not_found");
  });

  test.each(CampaignStatus.options.filter((status) => status !== "draft"))(
    "a campaign that is %s is refused: it is evidence",
    async (status) => {
      await stage.given("campaign", aCampaign({ status }));
      await stage.given("budget", aBudget({ status }));
      await expectRefused(stage, () => deleted(stage, CAMPAIGN_ID), "campaign.not_deletable", status);
    },
  );

  test("is not for others", async () => {
    const { id } = await drafted(stage);
    for (const [, actor] of strangers)
      await expectRefused(stage, () => deleted(stage, id, { actor }), "campaign.not_found");
    await deleted(stage, id, { actor: admin() });
    expect(auditRows(stage, "campaign.deleted")[0]).toMatchObject({ onBehalfOf: BRAND_ID });
  });

  test("leaves nothing behind of what is asked for at the same moment, and nothing of what goes up", async () => {
    const { id } = await drafted(stage);
    const late = interrupted(deleteCampaign, () => asked(stage, id));
    await stage.run(late, { actor: brand(), path: { campaignId: id } });
    expect(stage.stored("deliverable")).toEqual([]);
    const other = await drafted(stage);
    await asked(stage, other.id);
    await paidIn(stage, 100_000);
    const tooLate = interrupted(deleteCampaign, () => published(stage, other.id));
    await expect(stage.run(tooLate, { actor: brand(), path: { campaignId: other.id } })).rejects.toMatchObject({
      refusal: { code: "campaign.not_deletable" },
    });
    expect(await stored(other.id)).toMatchObject({ status: "active" });
  });
});

test("an invitation keeps the name under which it was sent", async () => {
  const campaignId = await launched(stage);
  const sent = await invited(stage, campaignId);
  await updated(stage, campaignId, { name: "Winter" });
  expect(await stage.ports.invitations.get(campaignId, sent.creatorId)).toEqual(sent);
});
