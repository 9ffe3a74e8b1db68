import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Campaign } from "#shared/domain/campaigns/campaign";
import { NewInvitation } from "#shared/domain/invitations/input";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  anAccount,
  anInvitation,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
} from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  accepted,
  asked,
  auditRows,
  drafted,
  END,
  expectRefused,
  invited,
  launched,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
  START,
  declined,
} from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

describe("an invitation", () => {
  test("offers the price of all deliverables, for a fortnight", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id, { quantity: 2 });
    await asked(stage, id, { quantity: 3, compensation: { amount: 1, currency: "USD" } });
    await paidIn(stage, 100_000);
    await published(stage, id);
    const invitation = await invited(stage, id, { message: "Join us" });
    expect(invitation).toMatchObject({
      campaignId: id,
      creatorId: CREATOR_ID,
      status: "pending",
      invitedBy: BRAND_ID,
      invitedAt: START,
      message: "Join us",
      version: 1,
      compensation: { amount: 20_003, currency: "USD" },
      expiresAt: "2026-12-09T12:00:00.000Z",
    });
    expect(invitation.deliverableIds).toHaveLength(2);
    expect(await stage.ports.invitations.get(id, CREATOR_ID)).toEqual(invitation);
    expect(stage.outbox()).toEqual(["campaign.published", "invitation.sent"].sort());
  });

  test("can ask for some of the deliverables", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    const { id: story } = await asked(stage, id, { quantity: 1, compensation: { amount: 700, currency: "USD" } });
    await paidIn(stage, 100_000);
    await published(stage, id);
    expect(await invited(stage, id, { deliverableIds: [story] })).toMatchObject({
      deliverableIds: [story],
      compensation: { amount: 700, currency: "USD" },
    });
  });

  test("ends with the campaign when that is sooner, or when its sender says", async () => {
    const id = await launched(stage);
    expect(await invited(stage, id, { expiresAt: "2026-11-25T12:00:00.001Z" })).toMatchObject({
      expiresAt: "2026-11-25T12:00:00.001Z",
    });
    stage.clock.now = "2026-12-30T00:00:00.000Z";
    expect(await invited(stage, id, { creatorId: OTHER_CREATOR_ID })).toMatchObject({ expiresAt: END });
  });

  test("by an admin is recorded as on the brand's behalf", async () => {
    const id = await launched(stage);
    expect(await invited(stage, id, {}, admin())).toMatchObject({ invitedBy: admin().userId, brandId: BRAND_ID });
    expect(auditRows(stage, "invitation.sent")[0]).toMatchObject({ onBehalfOf: BRAND_ID });
  });
});

describe("an invitation is refused", () => {
  test.each([
    ["expired already", { expiresAt: START }, "invitation.expiry_not_future"],
    ["to nobody", { creatorId: "00000000-0000-4000-8000-000000000099" }, "invitation.no_such_creator"],
    ["to a brand", { creatorId: OTHER_BRAND_ID }, "invitation.no_such_creator"],
    ["to the campaign's own brand", { creatorId: BRAND_ID }, "access.conflict_of_interest"],
    ["for another campaign's deliverable", { deliverableIds: [DELIVERABLE_ID] }, "invitation.no_such_deliverable"],
  ])("%s", async (_what, parts, code) => {
    const id = await launched(stage);
    await expectRefused(stage, () => invited(stage, id, parts), code);
  });

  test("for more than 100 units in all, which some of the deliverables are not", async () => {
    const { id } = await drafted(stage);
    const compensation = { amount: 1, currency: "USD" };
    const { id: most } = await asked(stage, id, { quantity: 99, compensation });
    const { id: one } = await asked(stage, id, { quantity: 1, compensation });
    const { id: last } = await asked(stage, id, { quantity: 1, compensation });
    await paidIn(stage, 100_000);
    await published(stage, id);
    await expectRefused(stage, () => invited(stage, id), "invitation.too_many_units");
    await expectRefused(
      stage,
      () => invited(stage, id, { deliverableIds: [most, one, last] }),
      "invitation.too_many_units",
    );
    await invited(stage, id, { deliverableIds: [most, one] });
    const { units } = await accepted(stage, id);
    expect(units).toHaveLength(100);
  });

  test("to a suspended creator, and to the brand itself even when it is a creator too", async () => {
    const id = await launched(stage);
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
    await stage.given("account", anAccount({ id: BRAND_ID, roles: ["brand", "creator"] }));
    await expectRefused(stage, () => invited(stage, id), "invitation.no_such_creator");
    await expectRefused(stage, () => invited(stage, id, { creatorId: BRAND_ID }), "access.conflict_of_interest");
    await expectRefused(
      stage,
      () => invited(stage, id, { creatorId: BRAND_ID }, admin()),
      "access.conflict_of_interest",
    );
  });

  test.each<[string, Partial<Campaign>]>([
    ["draft", {}],
    ["paused", { status: "paused" }],
    ["completed", { status: "completed" }],
    ["cancelled", { status: "cancelled" }],
    ["active", { status: "active", timeline: { start: "2026-11-01T00:00:00.000Z", end: START, timeZone: "UTC" } }],
  ])("to a campaign that is %s and not open", async (status, parts) => {
    await stage.given("campaign", aCampaign(parts));
    await stage.given("budget", aBudget());
    await stage.given("deliverable", aDeliverable());
    await expectRefused(stage, () => invited(stage, CAMPAIGN_ID), "invitation.campaign_not_open", status);
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["a creator", creator()],
    ["the brand's owner without the role", creator(BRAND_ID)],
  ])("by %s, as of a campaign that is not there", async (_who, actor) => {
    const id = await launched(stage);
    await expectRefused(stage, () => invited(stage, id, {}, actor), "campaign.not_found");
  });
});

describe("one invitation for each creator", () => {
  test.each(["pending", "accepted"] as const)("a %s one stands", async (status) => {
    const id = await launched(stage);
    await stage.given("invitation", anInvitation({ campaignId: id, status }));
    await expectRefused(stage, () => invited(stage, id), "invitation.exists", status);
  });

  test.each(["declined", "expired", "withdrawn"] as const)(
    "a %s one is sent again, as the next version",
    async (status) => {
      const id = await launched(stage);
      await stage.given(
        "invitation",
        anInvitation({ campaignId: id, status, version: 4, respondedAt: START, message: "old" }),
      );
      const again = await invited(stage, id);
      expect(again).toMatchObject({ status: "pending", version: 5, invitedAt: START, message: null });
      expect(again).not.toHaveProperty("respondedAt");
      expect(await stage.ports.invitations.get(id, CREATOR_ID)).toEqual(again);
    },
  );

  test("one whose time is up is sent again, though nothing has called it expired yet", async () => {
    const id = await launched(stage);
    await invited(stage, id, { expiresAt: "2026-11-26T00:00:00.000Z" });
    stage.clock.now = "2026-11-25T23:59:59.999Z";
    await expectRefused(stage, () => invited(stage, id), "invitation.exists", "pending");
    stage.clock.now = "2026-11-26T00:00:00.000Z";
    expect(await invited(stage, id)).toMatchObject({ status: "pending", version: 2 });
    expect(auditRows(stage, "invitation.sent").map((row) => JSON.stringify(row["changes"]))).toEqual([
      expect.stringContaining('"before":null'),
      expect.stringContaining('"before":"expired"'),
    ]);
  });

  test("sent five times at once is sent once", async () => {
    const id = await launched(stage);
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => invited(stage, id)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(stage.outbox().filter((type) => type === "invitation.sent")).toHaveLength(1);
  });

  test("renewed and declined and renewed, each acceptance would be an event of its own", async () => {
    const id = await launched(stage);
    await invited(stage, id);
    await declined(stage, id);
    await invited(stage, id);
    await accepted(stage, id);
    const keys = stage.table.all().flatMap((item) => (item["type"] === "securing" ? [item["key"]] : []));
    const participationId = (await stage.ports.participants.get(id, CREATOR_ID))?.id;
    expect(keys).toEqual([`acceptance:${participationId}`]);
  });
});

test.each([
  { deliverableIds: [] },
  { deliverableIds: [DELIVERABLE_ID, DELIVERABLE_ID] },
  { creatorId: "not-a-person" },
  { compensation: { amount: 1, currency: "USD" } },
  { expiresAt: "tomorrow" },
])("an invitation with %p has no valid shape", (parts) => {
  expect(NewInvitation.safeParse({ creatorId: CREATOR_ID, ...parts }).success).toBe(false);
});
