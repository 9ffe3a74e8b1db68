import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listCampaignInvitations } from "#lambdas/invitations/list-campaign-invitations";
import { handler as listMyInvitations } from "#lambdas/invitations/list-my-invitations";
import { handler as listParticipants } from "#lambdas/invitations/list-participants";
import { ParticipantView } from "#shared/contracts/shapes";
import { anInvitation, aParticipant, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  accepted,
  expectRefused,
  invited,
  launched,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
} from "../../support/launched.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

describe("a campaign's invitations", () => {
  const list = (actor = brand(), page = { limit: 25 }) =>
    stage.run(listCampaignInvitations, { actor, path: { campaignId }, page });

  test("are for its brand and admins, in pages", async () => {
    await invited(stage, campaignId);
    await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID });
    for (const actor of [brand(), admin()]) expect((await list(actor)).items).toHaveLength(2);
    const first = await list(brand(), { limit: 1 });
    const second = await list(brand(), { limit: 1, ...(first.next && { after: first.next }) });
    expect([...first.items, ...second.items].map(({ creatorId }) => creatorId).sort()).toEqual([
      CREATOR_ID,
      OTHER_CREATOR_ID,
    ]);
    expect(second.next).toBeUndefined();
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["an invited creator", creator()],
  ])("are nothing for %s", async (_who, actor) => {
    await invited(stage, campaignId);
    await expectRefused(stage, () => list(actor), "campaign.not_found");
  });
});

describe("an offer whose time is up", () => {
  const listOfCampaign = async () =>
    (await stage.run(listCampaignInvitations, { actor: brand(), path: { campaignId } })).items;
  const listOwn = async (status?: "pending" | "expired") =>
    (await stage.run(listMyInvitations, { actor: creator(), query: { status } })).items;

  test("is listed as expired from then on, as acceptance says, before any job has written it down", async () => {
    await invited(stage, campaignId, { expiresAt: "2026-12-01T00:00:00.000Z" });
    stage.clock.now = "2026-11-30T23:59:59.999Z";
    for (const items of [await listOfCampaign(), await listOwn(), await listOwn("pending")])
      expect(items).toEqual([expect.objectContaining({ status: "pending" })]);
    expect(await listOwn("expired")).toEqual([]);
    stage.clock.now = "2026-12-01T00:00:00.000Z";
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.expired", "expired");
    for (const items of [await listOfCampaign(), await listOwn(), await listOwn("expired")])
      expect(items).toEqual([expect.objectContaining({ status: "expired", version: 1 })]);
    expect(await listOwn("pending")).toEqual([]);
  });
});

describe("a creator's own invitations", () => {
  test("are theirs alone, newest first, and can be asked for by status", async () => {
    for (const [number, status] of [
      [1, "declined"],
      [2, "pending"],
      [3, "expired"],
      [4, "pending"],
    ] as const) {
      const id = `cmp_${String(number).padStart(26, "0")}`;
      await stage.given(
        "invitation",
        anInvitation({ campaignId: id, status, invitedAt: `2026-11-0${number}T00:00:00.000Z` }),
      );
    }
    await invited(stage, campaignId, { creatorId: OTHER_CREATOR_ID });
    const list = async (status?: "pending" | "withdrawn") => {
      const { items } = await stage.run(listMyInvitations, { actor: creator(), query: { status } });
      return items.map(({ campaignId: id }) => Number(id.slice(-1)));
    };
    expect(await list()).toEqual([4, 3, 2, 1]);
    expect(await list("pending")).toEqual([4, 2]);
    expect(await list("withdrawn")).toEqual([]);
  });
});

describe("a campaign's participants", () => {
  const list = async (actor = brand()) => {
    const { items } = await stage.run(listParticipants, { actor, path: { campaignId } });
    return items.map((item) => ParticipantView.parse(item));
  };

  beforeEach(async () => {
    for (const creatorId of [CREATOR_ID, OTHER_CREATOR_ID]) {
      await invited(stage, campaignId, { creatorId });
      await accepted(stage, campaignId, creatorId);
    }
  });

  test("are all there for its brand and admins, with their units and no prices", async () => {
    for (const actor of [brand(), admin()]) {
      const all = await list(actor);
      expect(all.map(({ creatorId }) => creatorId).sort()).toEqual([CREATOR_ID, OTHER_CREATOR_ID]);
      expect(all[0]?.units).toEqual([
        { deliverableId: expect.any(String), unit: 1, state: "open" },
        { deliverableId: expect.any(String), unit: 2, state: "open" },
      ]);
    }
  });

  test("are only themselves for a creator", async () => {
    expect((await list(creator())).map(({ creatorId }) => creatorId)).toEqual([CREATOR_ID]);
  });

  test.each([
    ["open", true],
    ["submitted", true],
    ["approved", false],
    ["rejected", false],
    ["released", false],
  ] as const)("hold secured money while a unit is %s: %s", async (state, secured) => {
    const unit = { deliverableId: "dlv_00000000000000000000000001", priceMinor: 1, rounds: 0 };
    const units = [
      { ...unit, unit: 1, state: "approved" as const },
      { ...unit, unit: 2, state },
    ];
    await stage.given("participant", aParticipant({ campaignId, units }));
    expect(await list(creator())).toEqual([expect.objectContaining({ secured })]);
  });

  test("are nobody for a creator who is only invited, and nothing for one who is not, or no longer is", async () => {
    const third = "00000000-0000-4000-8000-0000000000c3";
    await expectRefused(stage, () => list(creator(third)), "campaign.not_found");
    await stage.given("invitation", anInvitation({ campaignId, creatorId: third }));
    expect(await list(creator(third))).toEqual([]);
    await stage.given("participant", aParticipant({ campaignId, status: "inactive" }));
    await expectRefused(stage, () => list(creator()), "campaign.not_found");
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["the brand without the role", creator(BRAND_ID)],
  ])("are nothing for %s", async (_who, actor) => {
    await expectRefused(stage, () => list(actor), "campaign.not_found");
  });
});
