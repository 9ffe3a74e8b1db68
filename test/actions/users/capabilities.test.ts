import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCreator } from "#lambdas/creators/get-creator";
import { handler as listMyCapabilities } from "#lambdas/users/list-my-capabilities";
import { handler as removeParticipant } from "#lambdas/settlements/remove-participant";
import { handler as submitContent } from "#lambdas/submissions/submit-content";
import { campaignActions } from "#shared/contracts/callable";
import { NewSubmission } from "#shared/domain/submissions/input";
import type { Actor } from "#shared/domain/kernel/actor";
import { anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import {
  accepted,
  asked,
  drafted,
  expectRefused,
  invited,
  launched,
  OTHER_BRAND_ID,
  paidIn,
  paused,
  peopled,
  published,
} from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const toldOf = async (actor: Actor, campaignId?: string) => {
  const query = campaignId === undefined ? {} : { resource: `campaign:${campaignId}` as never };
  const { actions } = await stage.run(listMyCapabilities, { actor, query });
  return Object.fromEntries(actions.map(({ action, allowed, reason }) => [action, allowed || (reason ?? "no reason")]));
};

describe("what somebody may do", () => {
  test("at all is what their roles may call", async () => {
    expect(await toldOf(creator())).toMatchObject({ listSocialAccounts: true, requestSocialSync: true });
    expect(await toldOf(creator())).toMatchObject({ getMe: true, listUsers: "access.role_not_allowed" });
    expect(await toldOf(admin())).toMatchObject({ listUsers: true });
    expect(await toldOf(creator())).not.toHaveProperty("publishCampaign");
  });

  test("about a campaign is what the rules themselves would say, step by step", async () => {
    const { id } = await drafted(stage);
    expect(await toldOf(brand(), id)).toMatchObject({
      createDeliverable: true,
      publishCampaign: "campaign.no_deliverables",
      pauseCampaign: "campaign.not_active",
      sendInvitation: "invitation.campaign_not_open",
      submitContent: "access.role_not_allowed",
    });
    await asked(stage, id);
    expect(await toldOf(brand(), id)).toMatchObject({ publishCampaign: "campaign.unfunded" });
    await paidIn(stage, 100_000);
    expect(await toldOf(brand(), id)).toMatchObject({ publishCampaign: true });
    await published(stage, id);
    expect(await toldOf(brand(), id)).toMatchObject({
      publishCampaign: "campaign.not_draft",
      createDeliverable: "campaign.not_draft",
      pauseCampaign: true,
      resumeCampaign: "campaign.not_paused",
      cancelCampaign: true,
      sendInvitation: true,
    });
    await paused(stage, id);
    expect(await toldOf(brand(), id)).toMatchObject({ pauseCampaign: "campaign.not_active", resumeCampaign: true });
  });

  test("covers every action on a campaign, and writes nothing", async () => {
    const campaignId = await launched(stage);
    const before = stage.table.all();
    expect(Object.keys(await toldOf(brand(), campaignId))).toEqual(campaignActions.map(({ name }) => name));
    expect(stage.table.all()).toEqual(before);
  });

  test("follows a creator from the invitation to the work", async () => {
    const campaignId = await launched(stage);
    await expectRefused(stage, () => toldOf(creator(), campaignId), "campaign.not_found");
    await invited(stage, campaignId);
    expect(await toldOf(creator(), campaignId)).toMatchObject({
      acceptInvitation: true,
      declineInvitation: true,
      submitContent: "participant.not_active",
      createLink: "link.creator_not_taking_part",
      pauseCampaign: "access.role_not_allowed",
    });
    await accepted(stage, campaignId);
    expect(await toldOf(creator(), campaignId)).toMatchObject({
      acceptInvitation: "invitation.not_pending",
      submitContent: true,
      createLink: true,
    });
  });

  test("is not for those who must not know of it", async () => {
    const campaignId = await launched(stage);
    await expectRefused(stage, () => toldOf(brand(OTHER_BRAND_ID), campaignId), "campaign.not_found");
  });
});

describe("a creator's public profile", () => {
  const read = (creatorId: string) => stage.run(getCreator, { actor: brand(), path: { creatorId } });

  test("has nothing that they could be reached by", async () => {
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], phone: "+15550100", bio: "Hi" }));
    const profile = await read(CREATOR_ID);
    expect(Object.keys(profile).sort()).toEqual([
      "avatarUrl",
      "bio",
      "createdAt",
      "fullName",
      "id",
      "location",
      "results",
      "social",
    ]);
  });

  test("is not there for whoever is no creator, or is banned", async () => {
    await expectRefused(stage, () => read(BRAND_ID), "creator.not_found");
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
    await expectRefused(stage, () => read(CREATOR_ID), "creator.not_found");
  });
});

test("an admin who is one side of a campaign does not act for the other", async () => {
  const campaignId = await launched(stage);
  await invited(stage, campaignId);
  await accepted(stage, campaignId);
  const [{ id: deliverableId } = { id: "" }] = await stage.ports.campaigns.deliverables(campaignId);
  const submit = () =>
    stage.run(submitContent, {
      actor: { userId: BRAND_ID, roles: ["admin", "brand"] },
      path: { campaignId },
      body: NewSubmission.parse({ deliverableId, type: "text", text: "x", creatorId: CREATOR_ID }),
    });
  await expectRefused(stage, submit, "access.conflict_of_interest");
  const remove = () =>
    stage.run(removeParticipant, {
      actor: { userId: CREATOR_ID, roles: ["admin", "creator"] },
      path: { campaignId, creatorId: CREATOR_ID },
    });
  await expectRefused(stage, remove, "access.conflict_of_interest");
});
