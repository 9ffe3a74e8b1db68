import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCampaign } from "#lambdas/campaigns/get-campaign";
import { handler as listDeliverables } from "#lambdas/campaigns/list-deliverables";
import { DeliverableInput, NewCampaign } from "#shared/domain/campaigns/input";
import { MAX_AMOUNT_MINOR } from "#shared/domain/kernel/money";
import { ADMIN_ID, BRAND_ID, CAMPAIGN_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  aBrief,
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
} from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

describe("a draft", () => {
  test("and its budget are made together; the view shows what was asked for", async () => {
    const draft = await drafted(stage, { timeline: { start: "2020-01-01T00:00:00Z", end: END } });
    expect(draft).toMatchObject({
      brandId: BRAND_ID,
      status: "draft",
      version: 1,
      reviewWindowHours: 72,
      reviewCalendar: "business-days",
      maxRounds: 3,
      creatorHoldDays: 7,
      attribution: { model: "last", windowDays: 30, promoCodePrecedence: "code" },
      budget: { currency: "USD", total: 100_000, reserved: 0, spent: 0, remaining: 100_000 },
    });
    expect(await stage.ports.campaigns.budget(draft.id)).toMatchObject({
      currency: "USD",
      unassigned: 0,
      secured: 0,
      spent: 0,
    });
    expect(auditRows(stage, "campaign.created")).toHaveLength(1);
  });

  test("of an admin is the admin's own", async () => {
    expect(await drafted(stage, {}, admin())).toMatchObject({ brandId: ADMIN_ID });
    expect(auditRows(stage, "campaign.created")[0]).not.toHaveProperty("onBehalfOf");
  });

  test.each([START, "2026-11-25T11:59:59.999Z"])("that ends at %s, not in the future, is refused", async (end) => {
    const timeline = { start: "2026-11-01T00:00:00Z", end };
    await expectRefused(stage, () => drafted(stage, { timeline }), "campaign.end_not_future");
  });

  test.each([
    ["an end before its start", { timeline: { start: END, end: START } }],
    ["a zone nobody knows", { timeline: { start: START, end: END, timeZone: "Mars/Olympus" } }],
    ["no money", { budget: { amount: 0, currency: "USD" } }],
    ["a status of its own", { status: "active" }],
    ["a category nobody knows", { category: "crypto" }],
    ["a host that is none", { destinationHosts: ["*"] }],
    ["a model nobody knows", { attribution: { model: "data-driven" } }],
    ["a precedence nobody knows", { attribution: { promoCodePrecedence: "both" } }],
    ["no window", { attribution: { windowDays: 0 } }],
    ["a window of more than 90 days", { attribution: { windowDays: 91 } }],
    ["a part of a day as its window", { attribution: { windowDays: 1.5 } }],
  ])("with %s has no valid shape", (_what, parts) => {
    expect(NewCampaign.safeParse({ ...aBrief(), ...parts }).success).toBe(false);
  });

  test.each(["shop.example.com", "*.example.com", "xn--mnchen-3ya.de", "xn--e1afmkfd.xn--p1ai"])(
    "may allow links to %s",
    (host) => {
      expect(aBrief({ destinationHosts: [host] }).destinationHosts).toEqual([host]);
    },
  );
});

describe("who sees a campaign", () => {
  const get = (actor: ReturnType<typeof brand>, campaignId: string) =>
    stage.run(getCampaign, { actor, path: { campaignId } });
  const deliverables = (actor: ReturnType<typeof brand>, campaignId: string) =>
    stage.run(listDeliverables, { actor, path: { campaignId } });

  test("its brand and admins do", async () => {
    const { id } = await drafted(stage);
    const { id: deliverableId } = await asked(stage, id);
    for (const actor of [brand(), admin()]) {
      expect((await get(actor, id)).id).toBe(id);
      expect((await deliverables(actor, id)).items.map((one) => one.id)).toEqual([deliverableId]);
    }
  });

  test("an invited creator does, and the budget's parts are the budget item's", async () => {
    const id = await launched(stage);
    await expectRefused(stage, () => get(creator(), id), "campaign.not_found");
    await invited(stage, id);
    expect((await get(creator(), id)).budget).toEqual({
      currency: "USD",
      total: 100_000,
      reserved: 0,
      spent: 0,
      remaining: 100_000,
    });
    expect((await deliverables(creator(), id)).items).toHaveLength(1);
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["a creator who is not invited", creator(OTHER_CREATOR_ID)],
    ["its brand without the role", creator(BRAND_ID)],
  ])("%s is told that there is none, as of one that is not there", async (_who, actor) => {
    const id = await launched(stage);
    await invited(stage, id);
    for (const wanted of [id, CAMPAIGN_ID.replace(/1$/, "9")]) {
      await expectRefused(stage, () => get(actor, wanted), "campaign.not_found");
      await expectRefused(stage, () => deliverables(actor, wanted), "campaign.not_found");
    }
  });
});

describe("a deliverable", () => {
  test("is added to a draft by its brand, or by an admin on the brand's behalf", async () => {
    const { id } = await drafted(stage);
    expect(await asked(stage, id)).toMatchObject({ campaignId: id, quantity: 2, description: null, dueAt: null });
    await asked(stage, id, {}, admin());
    expect(auditRows(stage, "deliverable.created").map((row) => row["onBehalfOf"])).toEqual([undefined, BRAND_ID]);
    expect(await stage.ports.campaigns.get(id)).toMatchObject({ version: 3 });
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["a creator", creator()],
  ])("is nothing %s can add", async (_who, actor) => {
    const { id } = await drafted(stage);
    await expectRefused(stage, () => asked(stage, id, {}, actor), "campaign.not_found");
  });

  test("in another currency, one too many, or too dear together is refused", async () => {
    const { id } = await drafted(stage);
    const compensation = { amount: 10_000, currency: "EUR" };
    await expectRefused(stage, () => asked(stage, id, { compensation }), "campaign.currency_mismatch");
    const most = { quantity: 1, compensation: { amount: MAX_AMOUNT_MINOR - 18 * 20_000, currency: "USD" } };
    for (let count = 0; count < 18; count += 1) await asked(stage, id);
    await asked(stage, id, most);
    const cent = { quantity: 1, compensation: { amount: 1, currency: "USD" } };
    await expectRefused(stage, () => asked(stage, id, cent), "campaign.price_too_high");
  });

  test("is one of twenty, also when many are added at once", async () => {
    const { id } = await drafted(stage);
    for (let count = 0; count < 18; count += 1) await asked(stage, id);
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => asked(stage, id)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(await stage.ports.campaigns.deliverables(id)).toHaveLength(20);
    await expectRefused(stage, () => asked(stage, id), "campaign.too_many_deliverables");
  });

  test("of a published campaign is fixed", async () => {
    const { id } = await drafted(stage, { timeline: { start: "2026-12-01T00:00:00Z", end: END } });
    await asked(stage, id);
    await paidIn(stage, 100_000);
    await published(stage, id);
    await expectRefused(stage, () => asked(stage, id), "campaign.not_draft", "scheduled");
  });

  test.each([{ quantity: 0 }, { quantity: 101 }, { quantity: 1.5 }, { type: "carrier_pigeon" }, { version: 7 }])(
    "with %p has no valid shape",
    (parts) => {
      const compensation = { amount: 1, currency: "USD" };
      const given = { type: "tiktok_video", quantity: 1, compensation, ...parts };
      expect(DeliverableInput.safeParse(given).success).toBe(false);
    },
  );
});
