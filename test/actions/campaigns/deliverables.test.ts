/** What a draft asks to be made is changed and taken back; what creators were invited to is not. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { DeliverableChanges } from "#shared/domain/campaigns/input";
import { MAX_AMOUNT_MINOR } from "#shared/domain/kernel/money";
import { DELIVERABLE_ID } from "../../support/builders.ts";
import { reworded, struck } from "../../support/edited.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { asked, auditRows, drafted, expectRefused, launched, OTHER_BRAND_ID, peopled } from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

describe("a deliverable", () => {
  let path: { campaignId: string; deliverableId: string };
  beforeEach(async () => {
    const { id: campaignId } = await drafted(stage);
    path = { campaignId, deliverableId: (await asked(stage, campaignId)).id };
  });

  test("of a draft changes in what was sent, and moves its campaign's version", async () => {
    const sent = {
      type: "tiktok_video",
      quantity: 3,
      description: "Loud",
      compensation: { amount: 5, currency: "USD" },
      dueAt: "2026-12-24T00:00:00.000Z",
    };
    expect(await reworded(stage, path, sent)).toMatchObject({ ...sent, id: path.deliverableId, version: 2 });
    expect(await reworded(stage, path, { dueAt: null, description: null })).toMatchObject({
      ...sent,
      dueAt: null,
      description: null,
    });
    expect((await stage.ports.campaigns.get(path.campaignId))?.version).toBe(4);
    expect(auditRows(stage, "deliverable.updated")[0]?.["changes"]).toContainEqual({
      field: `deliverable:${path.deliverableId}:quantity`,
      before: 2,
      after: 3,
    });
  });

  test("of a draft is taken out of it", async () => {
    await struck(stage, path);
    expect(await stage.ports.campaigns.deliverables(path.campaignId)).toEqual([]);
    await expectRefused(stage, () => struck(stage, path), "deliverable.not_found");
  });

  test("in another currency, or dearer than an amount can be, is refused; its own price counts once", async () => {
    const priced =
      (amount: number, currency = "USD") =>
      () =>
        reworded(stage, path, { quantity: 1, compensation: { amount, currency } });
    await expectRefused(stage, priced(5, "EUR"), "campaign.currency_mismatch");
    expect((await priced(MAX_AMOUNT_MINOR)()).compensation.amount).toBe(MAX_AMOUNT_MINOR);
    expect((await priced(MAX_AMOUNT_MINOR)()).version).toBe(3);
    await expectRefused(stage, () => reworded(stage, path, { quantity: 2 }), "campaign.price_too_high");
  });

  test("of a campaign that is up stays what creators were invited to", async () => {
    const campaignId = await launched(stage);
    const [{ id: deliverableId } = { id: "" }] = await stage.ports.campaigns.deliverables(campaignId);
    const up = { campaignId, deliverableId };
    await expectRefused(stage, () => reworded(stage, up, { quantity: 1 }), "campaign.not_draft", "active");
    await expectRefused(stage, () => struck(stage, up), "campaign.not_draft", "active");
  });

  test("is not there for others, and not under another campaign", async () => {
    for (const actor of [brand(OTHER_BRAND_ID), creator()]) {
      await expectRefused(stage, () => reworded(stage, path, { quantity: 1 }, { actor }), "campaign.not_found");
      await expectRefused(stage, () => struck(stage, path, { actor }), "campaign.not_found");
    }
    const { id: campaignId } = await drafted(stage);
    await expectRefused(stage, () => struck(stage, { ...path, campaignId }), "deliverable.not_found");
    await expectRefused(
      stage,
      () => struck(stage, { ...path, deliverableId: DELIVERABLE_ID }),
      "deliverable.not_found",
    );
  });

  test.each(["id", "campaignId", "version", "createdAt"])("has no valid shape with a %s", (field) => {
    expect(DeliverableChanges.safeParse({ [field]: "x" }).success).toBe(false);
  });
});
