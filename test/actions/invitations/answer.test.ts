import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as pauseCampaign } from "#lambdas/campaigns/pause-campaign";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import {
  aBudget,
  aCampaign,
  anAccount,
  anInvitation,
  aParticipant,
  BRAND_ID,
  CREATOR_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
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
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
  declined,
} from "../../support/launched.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

describe("acceptance", () => {
  test("secures the whole price, and makes a participant with every unit owed", async () => {
    await invited(stage, campaignId);
    const participant = await accepted(stage, campaignId);
    expect(participant).toMatchObject({
      campaignId,
      creatorId: CREATOR_ID,
      status: "active",
      secured: true,
      joinedAt: stage.clock.now,
      budgetAllocated: { amount: 20_000, currency: "USD" },
      units: [
        { unit: 1, state: "open" },
        { unit: 2, state: "open" },
      ],
    });
    expect(await stage.ports.participants.get(campaignId, CREATOR_ID)).toMatchObject({
      version: participant.version,
      units: [
        { unit: 1, priceMinor: 10_000, state: "open", rounds: 0, dueAt: END },
        { unit: 2, priceMinor: 10_000, state: "open", rounds: 0, dueAt: END },
      ],
    });
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({
      unassigned: 80_000,
      secured: 20_000,
      spent: 0,
    });
    expect(await stage.ports.invitations.get(campaignId, CREATOR_ID)).toMatchObject({
      status: "accepted",
      respondedAt: stage.clock.now,
    });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 0, reserved: 100_000 });
    expect(stage.outbox()).toContain("invitation.accepted");
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("by an admin is recorded as on the creator's behalf", async () => {
    await invited(stage, campaignId);
    await accepted(stage, campaignId, CREATOR_ID, admin());
    expect(auditRows(stage, "invitation.accepted")).toEqual([
      expect.objectContaining({ actorId: admin().userId, onBehalfOf: CREATOR_ID }),
    ]);
  });

  test("of part of the deliverables owes that part", async () => {
    const { id } = await drafted(stage);
    const { id: first } = await asked(stage, id, { quantity: 1 });
    await asked(stage, id);
    await paidIn(stage, 100_000);
    await published(stage, id);
    await invited(stage, id, { deliverableIds: [first] });
    expect((await accepted(stage, id)).units).toEqual([{ deliverableId: first, unit: 1, state: "open" }]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("after an earlier participation begins a new one", async () => {
    const earlier = aParticipant({
      id: `prt_${"9".repeat(26)}`,
      campaignId,
      status: "inactive",
      version: 7,
      budgetAllocated: { amount: 1, currency: "USD" },
      units: [],
    });
    await stage.given("participant", earlier);
    await invited(stage, campaignId);
    expect(await accepted(stage, campaignId)).toMatchObject({ status: "active", version: 8, secured: true });
    const again = await stage.ports.participants.get(campaignId, CREATOR_ID);
    expect(again?.units).toHaveLength(2);
    expect(again?.id).not.toBe(earlier.id);
    expect(stage.stored("journalEntry").map(({ key }) => key)).toContain(`acceptance:${again?.id}`);
  });
});

describe("acceptance is refused", () => {
  test.each([
    ["by another creator", creator(OTHER_CREATOR_ID)],
    ["by the brand", brand()],
    ["by the creator without the role", brand(CREATOR_ID)],
  ])("%s, as of an invitation that is not there", async (_who, actor) => {
    await invited(stage, campaignId);
    await expectRefused(stage, () => accepted(stage, campaignId, CREATOR_ID, actor), "invitation.not_found");
    await expectRefused(stage, () => accepted(stage, campaignId, OTHER_CREATOR_ID), "invitation.not_found");
  });

  test.each(["accepted", "declined", "expired", "withdrawn"] as const)("of one that is %s", async (status) => {
    await stage.given("invitation", anInvitation({ campaignId, status }));
    const code = status === "expired" ? "invitation.expired" : "invitation.not_pending";
    await expectRefused(stage, () => accepted(stage, campaignId), code, status);
    await expectRefused(stage, () => declined(stage, campaignId), code, status);
  });

  test("from the moment it expires", async () => {
    await invited(stage, campaignId, { expiresAt: "2026-11-26T00:00:00.000Z" });
    stage.clock.now = "2026-11-26T00:00:00.000Z";
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.expired");
    stage.clock.now = "2026-11-25T23:59:59.999Z";
    await accepted(stage, campaignId);
  });

  test.each(["draft", "paused", "completed", "cancelled"] as const)("in a campaign that is %s", async (status) => {
    await invited(stage, campaignId);
    await stage.given("campaign", aCampaign({ ...(await stage.ports.campaigns.get(campaignId)), status }));
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.campaign_not_open", status);
  });

  test("after the campaign's end, also before the job has completed it", async () => {
    await invited(stage, campaignId, { expiresAt: "2027-06-01T00:00:00.000Z" });
    stage.clock.now = END;
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.campaign_not_open", "active");
  });

  test("when what remains does not cover the price, to the cent", async () => {
    await invited(stage, campaignId);
    const budget = aBudget({ campaignId, status: "active", unassigned: 19_999, secured: 80_001 });
    await stage.given("budget", budget);
    await expectRefused(stage, () => accepted(stage, campaignId), "campaign.insufficient_funds");
    await stage.given("budget", { ...budget, unassigned: 20_000 });
    await accepted(stage, campaignId);
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ unassigned: 0 });
  });

  test("for a creator who cannot be paid in the campaign's currency", async () => {
    await invited(stage, campaignId);
    await stage.given("wallet", aWallet({ userId: CREATOR_ID, currency: "EUR" }));
    await expectRefused(stage, () => accepted(stage, campaignId), "wallet.currency_mismatch");
  });

  test("for one person on both sides, whoever asks", async () => {
    await stage.given("account", anAccount({ id: BRAND_ID, roles: ["brand", "creator"] }));
    await stage.given("invitation", anInvitation({ campaignId, creatorId: BRAND_ID }));
    for (const actor of [creator(BRAND_ID), admin()])
      await expectRefused(stage, () => accepted(stage, campaignId, BRAND_ID, actor), "access.conflict_of_interest");
  });

  test("when the campaign is paused between the decision and the write", async () => {
    await invited(stage, campaignId);
    const pause = () => stage.run(pauseCampaign, { actor: brand(), path: { campaignId } });
    const late = stage.run(interrupted(acceptInvitation, pause), {
      actor: creator(),
      path: { campaignId, creatorId: CREATOR_ID },
    });
    await expect(late).rejects.toMatchObject({
      refusal: { code: "invitation.campaign_not_open" },
      context: { currentState: "paused" },
    });
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ secured: 0 });
  });

  test("when the campaign ends between the decision and the write; the money went back whole", async () => {
    await invited(stage, campaignId, { expiresAt: "2027-06-01T00:00:00.000Z" });
    const end = () => {
      stage.clock.now = END;
      return advanced(stage);
    };
    const late = stage.run(interrupted(acceptInvitation, end), {
      actor: creator(),
      path: { campaignId, creatorId: CREATOR_ID },
    });
    await expect(late).rejects.toMatchObject({ context: { currentState: "completed" } });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});

describe("at the same moment", () => {
  test("one invitation accepted ten times is accepted once", async () => {
    await invited(stage, campaignId);
    const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => accepted(stage, campaignId)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ secured: 20_000 });
  });

  test("accepted and declined, one of them happened", async () => {
    await invited(stage, campaignId);
    const [acceptance, refusal] = await Promise.allSettled([accepted(stage, campaignId), declined(stage, campaignId)]);
    expect([acceptance.status, refusal.status].sort()).toEqual(["fulfilled", "rejected"]);
    const { status } = (await stage.ports.invitations.get(campaignId, CREATOR_ID)) ?? {};
    expect(status).toBe(acceptance.status === "fulfilled" ? "accepted" : "declined");
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("two creators and money for one: the other is told so", async () => {
    const { id } = await drafted(stage, { budget: { amount: 30_000, currency: "USD" } });
    await asked(stage, id);
    await paidIn(stage, 30_000);
    await published(stage, id);
    for (const creatorId of [CREATOR_ID, OTHER_CREATOR_ID]) await invited(stage, id, { creatorId });
    const attempts = await Promise.allSettled([accepted(stage, id), accepted(stage, id, OTHER_CREATOR_ID)]);
    const refused = attempts.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refused).toEqual([
      expect.objectContaining({ refusal: expect.objectContaining({ code: "campaign.insufficient_funds" }) }),
    ]);
    expect(await stage.ports.campaigns.budget(id)).toMatchObject({ unassigned: 10_000, secured: 20_000 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
