import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as pauseCampaign } from "#lambdas/campaigns/pause-campaign";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { handler as resumeCampaign } from "#lambdas/campaigns/resume-campaign";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as banUser } from "#lambdas/users/ban-user";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  accepted,
  advanced,
  asked,
  auditRows,
  brokenInvariants,
  drafted,
  END,
  expectRefused,
  interrupted,
  invited,
  launched,
  OTHER_BRAND_ID,
  paidIn,
  paused,
  peopled,
  published,
  resumed,
} from "../../support/launched.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

const BEFORE_END = "2026-12-30T23:59:59.999Z";
const stored = () => stage.ports.campaigns.get(campaignId);
const asBrand = () => ({ actor: brand(), path: { campaignId } });
const setBudget = async (figures: object) => {
  const budget = await stage.ports.campaigns.budget(campaignId);
  if (budget === undefined) throw new Error("there is no budget");
  return stage.given("budget", { ...budget, version: budget.version + 1, ...figures });
};
const spent = { unassigned: 0, secured: 0, spent: 100_000 };
const outcomes = (attempts: readonly PromiseSettledResult<unknown>[]) =>
  attempts
    .map((one) => (one.status === "fulfilled" ? "done" : (one.reason as { refusal: { code: string } }).refusal.code))
    .sort();
const statusEvents = () => stage.outbox().filter((type) => type === "campaign.status_changed");

describe("a brand", () => {
  test("pauses its campaign and lets it go on, and each is told and recorded once", async () => {
    const before = await stored();
    expect(await paused(stage, campaignId)).toMatchObject({
      status: "paused",
      version: (before?.version ?? 0) + 1,
      budget: { total: 100_000, remaining: 100_000 },
    });
    expect(await stored()).toMatchObject({ status: "paused" });
    expect(await resumed(stage, campaignId)).toMatchObject({ status: "active", version: (before?.version ?? 0) + 2 });
    expect(await stored()).toMatchObject({ status: "active" });
    expect(statusEvents()).toHaveLength(2);
    for (const action of ["campaign.paused", "campaign.resumed"]) {
      const rows = auditRows(stage, action);
      expect(rows).toEqual([expect.objectContaining({ actorId: BRAND_ID })]);
      expect(rows[0]).not.toHaveProperty("onBehalfOf");
    }
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("is served by an admin, and that is on record", async () => {
    await paused(stage, campaignId, admin());
    await resumed(stage, campaignId, admin());
    for (const action of ["campaign.paused", "campaign.resumed"])
      expect(auditRows(stage, action)).toEqual([
        expect.objectContaining({ actorId: admin().userId, onBehalfOf: BRAND_ID }),
      ]);
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["a creator", creator()],
  ])("alone: for %s there is no such campaign", async (_who, actor) => {
    await expectRefused(stage, () => paused(stage, campaignId, actor), "campaign.not_found");
    await paused(stage, campaignId);
    await expectRefused(stage, () => resumed(stage, campaignId, actor), "campaign.not_found");
  });

  test("does either once", async () => {
    await expectRefused(stage, () => resumed(stage, campaignId), "campaign.not_paused", "active");
    await paused(stage, campaignId);
    await expectRefused(stage, () => paused(stage, campaignId), "campaign.not_active", "paused");
  });

  test("does neither from the end on, before and after the job has completed the campaign", async () => {
    stage.clock.now = END;
    await expectRefused(stage, () => paused(stage, campaignId), "campaign.ended", "active");
    stage.clock.now = BEFORE_END;
    await paused(stage, campaignId);
    stage.clock.now = END;
    await expectRefused(stage, () => resumed(stage, campaignId), "campaign.ended", "paused");
    await advanced(stage);
    await expectRefused(stage, () => paused(stage, campaignId), "campaign.not_active", "completed");
    await expectRefused(stage, () => resumed(stage, campaignId), "campaign.not_paused", "completed");
  });

  test("does not go on with a budget that is spent, which the job would pause again", async () => {
    await setBudget(spent);
    await advanced(stage);
    expect(await stored()).toMatchObject({ status: "paused" });
    await expectRefused(stage, () => resumed(stage, campaignId), "campaign.insufficient_funds", "paused");
    await setBudget({ unassigned: 1, spent: 99_999 });
    await resumed(stage, campaignId);
    expect((await advanced(stage)).counts).toEqual({});
    expect(await stored()).toMatchObject({ status: "active" });
  });
});

describe("a campaign of a banned brand", () => {
  const ban = async () => void (await stage.run(banUser, banning));
  const banning = { actor: admin(), path: { userId: BRAND_ID }, body: { reason: "fraud" } };

  test("does not go on, whoever asks, also when the ban comes between the decision and the write", async () => {
    await paused(stage, campaignId);
    const late = stage.run(interrupted(resumeCampaign, ban), { ...asBrand(), actor: admin() });
    await expect(late).rejects.toMatchObject({ refusal: { kind: "conflict", code: "account.suspended" } });
    expect(await stored()).toMatchObject({ status: "paused" });
    await expectRefused(stage, () => resumed(stage, campaignId, admin()), "account.suspended", "suspended");
  });

  test("is not resumed by a brand that is banned before the write", async () => {
    await paused(stage, campaignId);
    const late = stage.run(interrupted(resumeCampaign, ban), asBrand());
    await expect(late).rejects.toMatchObject({ refusal: { kind: "forbidden", code: "account.suspended" } });
  });

  test("is not published by an admin, also when the ban comes between the decision and the write", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    const late = stage.run(interrupted(publishCampaign, ban), { actor: admin(), path: { campaignId: id } });
    await expect(late).rejects.toMatchObject({ refusal: { kind: "conflict", code: "account.suspended" } });
    expect(await stage.ports.campaigns.get(id)).toMatchObject({ status: "draft" });
    await expectRefused(stage, () => published(stage, id, admin()), "account.suspended", "suspended");
  });
});

test("nobody joins while a campaign is paused, and the same invitation is good when it goes on", async () => {
  await invited(stage, campaignId);
  await paused(stage, campaignId);
  await expectRefused(stage, () => accepted(stage, campaignId), "invitation.campaign_not_open", "paused");
  await advanced(stage);
  expect(await stored()).toMatchObject({ status: "paused" });
  await resumed(stage, campaignId);
  expect(await accepted(stage, campaignId)).toMatchObject({ status: "active", secured: true });
  expect(await brokenInvariants(stage)).toEqual([]);
});

describe("at the same moment", () => {
  test.each([
    ["pauses", () => paused(stage, campaignId), "campaign.not_active", "campaign.paused"],
    ["resumptions", () => resumed(stage, campaignId), "campaign.not_paused", "campaign.resumed"],
  ])("ten %s are one", async (_what, act, code, action) => {
    if (action === "campaign.resumed") await paused(stage, campaignId);
    const before = statusEvents().length;
    const attempts = outcomes(await Promise.allSettled(Array.from({ length: 10 }, act)));
    expect(attempts).toEqual([...Array.from({ length: 9 }, () => code), "done"]);
    expect(auditRows(stage, action)).toHaveLength(1);
    expect(statusEvents()).toHaveLength(before + 1);
  });

  test("a pause between an acceptance's decision and its write refuses the acceptance", async () => {
    await invited(stage, campaignId);
    const late = stage.run(
      interrupted(acceptInvitation, () => paused(stage, campaignId)),
      { actor: creator(), path: { campaignId, creatorId: CREATOR_ID } },
    );
    await expect(late).rejects.toMatchObject({
      refusal: { code: "invitation.campaign_not_open" },
      context: { currentState: "paused" },
    });
    expect(await stage.ports.participants.get(campaignId, CREATOR_ID)).toBeUndefined();
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("an acceptance between a pause's decision and its write is in what the pause replies", async () => {
    await invited(stage, campaignId);
    const reply = await stage.run(
      interrupted(pauseCampaign, () => accepted(stage, campaignId)),
      asBrand(),
    );
    expect(reply).toMatchObject({ status: "paused", budget: { reserved: 20_000, remaining: 80_000 } });
  });

  test("a resumption is decided on the budget as it is when it is written", async () => {
    await paused(stage, campaignId);
    const late = stage.run(
      interrupted(resumeCampaign, () => setBudget(spent)),
      asBrand(),
    );
    await expect(late).rejects.toMatchObject({ refusal: { code: "campaign.insufficient_funds" } });
    expect(await stored()).toMatchObject({ status: "paused" });
  });

  const complete = () => {
    stage.clock.now = END;
    return advanced(stage);
  };
  const latePause = () => stage.run(interrupted(pauseCampaign, complete), asBrand());
  const lateResumption = () => stage.run(interrupted(resumeCampaign, complete), asBrand());

  test.each([
    ["pause", latePause, [], "campaign.not_active"],
    ["resumption", lateResumption, [paused], "campaign.not_paused"],
  ] as const)("a %s that the job's completion overtakes is refused", async (_what, late, before, code) => {
    for (const act of before) await act(stage, campaignId);
    stage.clock.now = BEFORE_END;
    await expect(late()).rejects.toMatchObject({ refusal: { code }, context: { currentState: "completed" } });
    expect(statusEvents()).toHaveLength(before.length + 1);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
  });

  test("a pause beside the job's completion: the campaign is completed, and its money is home, whoever is first", async () => {
    stage.clock.now = BEFORE_END;
    const pause = paused(stage, campaignId);
    stage.clock.now = END;
    const [answer] = await Promise.allSettled([pause, advanced(stage)]);
    if (answer.status === "rejected") expect(outcomes([answer])).toEqual(["campaign.not_active"]);
    await advanced(stage);
    expect(await stored()).toMatchObject({ status: "completed" });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
