import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as createDeliverable } from "#lambdas/campaigns/create-deliverable";
import { handler as listCampaignBlockers } from "#lambdas/campaigns/list-campaign-blockers";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { DeliverableInput } from "#shared/domain/campaigns/input";
import { BRAND_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  asked,
  auditRows,
  brokenInvariants,
  drafted,
  END,
  expectRefused,
  interrupted,
  OTHER_BRAND_ID,
  paidIn,
  peopled,
  published,
} from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const later = { start: "2026-12-01T00:00:00Z", end: END };
const aPost = DeliverableInput.parse({
  type: "instagram_post",
  quantity: 1,
  compensation: { amount: 1, currency: "USD" },
});
const blockers = async (campaignId: string, actor = brand()) =>
  (await stage.run(listCampaignBlockers, { actor, path: { campaignId } })).data;

describe("publication", () => {
  test.each([
    ["active", undefined],
    ["scheduled", later],
  ])("makes a campaign %s, and sets the whole budget aside", async (status, timeline) => {
    const { id } = await drafted(stage, timeline && { timeline });
    await asked(stage, id);
    await paidIn(stage, 100_001);
    expect(await published(stage, id)).toMatchObject({
      status,
      version: 3,
      budget: { total: 100_000, reserved: 0, spent: 0, remaining: 100_000 },
    });
    expect(await stage.ports.campaigns.get(id)).toMatchObject({ status, version: 3 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 1, reserved: 100_000 });
    expect(await brokenInvariants(stage)).toEqual([]);
    expect(stage.outbox()).toEqual(["campaign.published"]);
    expect(auditRows(stage, "campaign.published")).toHaveLength(1);
  });

  test("by an admin takes the brand's money, and is recorded as on the brand's behalf", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    await published(stage, id, admin());
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 0, reserved: 100_000 });
    expect(auditRows(stage, "campaign.published")[0]).toMatchObject({
      onBehalfOf: BRAND_ID,
      actorId: admin().userId,
    });
  });

  test("is refused for what stops it, the first that the list of blockers names", async () => {
    const { id } = await drafted(stage);
    const refused = async (codes: string[], currentState?: string) => {
      expect((await blockers(id)).map(({ code }) => code)).toEqual(codes);
      await expectRefused(stage, () => published(stage, id), codes[0] ?? "", currentState);
    };
    await refused(["campaign.no_deliverables", "campaign.unfunded"]);
    const both = [{ code: "campaign.no_deliverables" }, { code: "campaign.unfunded" }];
    await expect(published(stage, id)).rejects.toMatchObject({ context: { errors: both } });
    await asked(stage, id);
    await paidIn(stage, 99_999);
    await refused(["campaign.unfunded"]);
    expect((await blockers(id))[0]?.detail).toBe("The budget is 1000.00 USD; the wallet is short of 0.01 USD");
    await paidIn(stage, 1);
    expect(await blockers(id, admin())).toEqual([]);
    stage.clock.now = END;
    await refused(["campaign.end_not_future"]);
    stage.clock.now = "2026-12-30T23:59:59.999Z";
    await published(stage, id);
    stage.clock.now = END;
    await refused(["campaign.not_draft", "campaign.end_not_future", "campaign.unfunded"], "active");
  });

  test("needs money in the campaign's currency", async () => {
    const { id } = await drafted(stage, { budget: { amount: 500, currency: "JPY" } });
    await asked(stage, id, { compensation: { amount: 5, currency: "JPY" } });
    await paidIn(stage, 100_000);
    expect(await blockers(id)).toEqual([
      { code: "campaign.unfunded", detail: "The budget is 500 JPY; the wallet is short of 500 JPY" },
      { code: "wallet.currency_mismatch", detail: "The campaign is in JPY, the wallet in USD" },
    ]);
    await expectRefused(stage, () => published(stage, id), "campaign.unfunded");
  });

  test.each([
    ["another brand, however rich", brand(OTHER_BRAND_ID)],
    ["a creator", creator()],
  ])("and its blockers are nothing for %s", async (_who, actor) => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    await paidIn(stage, 100_000, OTHER_BRAND_ID);
    await expectRefused(stage, () => published(stage, id, actor), "campaign.not_found");
    await expectRefused(stage, () => blockers(id, actor), "campaign.not_found");
  });
});

describe("at the same moment", () => {
  const outcomes = (attempts: readonly PromiseSettledResult<unknown>[]) =>
    attempts.map((one) =>
      one.status === "fulfilled" ? "done" : (one.reason as { refusal: { code: string } }).refusal.code,
    );

  test("ten publications of one campaign are one", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 300_000);
    const attempts = outcomes(await Promise.allSettled(Array.from({ length: 10 }, () => published(stage, id))));
    expect(attempts.sort()).toEqual([...Array.from({ length: 9 }, () => "campaign.not_draft"), "done"]);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 200_000, reserved: 100_000 });
  });

  test("two campaigns cannot spend the same money", async () => {
    const drafts = [await drafted(stage), await drafted(stage)];
    for (const { id } of drafts) await asked(stage, id);
    await paidIn(stage, 150_000);
    const attempts = outcomes(await Promise.allSettled(drafts.map(({ id }) => published(stage, id))));
    expect(attempts.sort()).toEqual(["campaign.unfunded", "done"]);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 50_000, reserved: 100_000 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("a publication between a deliverable's decision and its write makes the deliverable too late", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    const late = stage.run(
      interrupted(createDeliverable, () => published(stage, id)),
      { actor: brand(), path: { campaignId: id }, body: aPost },
    );
    await expect(late).rejects.toMatchObject({
      refusal: { code: "campaign.not_draft" },
      context: { currentState: "active" },
    });
    expect(await stage.ports.campaigns.deliverables(id)).toHaveLength(1);
    expect(await stage.ports.campaigns.get(id)).toMatchObject({ status: "active", version: 3 });
  });

  test("a deliverable between a publication's decision and its write makes the publication decide again", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    let decisions = 0;
    const { contract, run } = interrupted(publishCampaign, () => asked(stage, id));
    const counted: typeof run = (call, ports) => {
      decisions += 1;
      return run(call, ports);
    };
    const reply = await stage.run({ contract, run: counted }, { actor: brand(), path: { campaignId: id } });
    expect([decisions, reply.version]).toEqual([2, 4]);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 0, reserved: 100_000 });
  });

  test("money that leaves the wallet meanwhile is not spent twice", async () => {
    const { id } = await drafted(stage);
    await asked(stage, id);
    await paidIn(stage, 100_000);
    const spend = async () => {
      const other = await drafted(stage, { budget: { amount: 1, currency: "USD" } });
      await asked(stage, other.id);
      await published(stage, other.id);
    };
    const publication = stage.run(interrupted(publishCampaign, spend), { actor: brand(), path: { campaignId: id } });
    await expect(publication).rejects.toMatchObject({ refusal: { code: "campaign.unfunded" } });
    expect(await brokenInvariants(stage)).toEqual([]);
    expect(await stage.ports.campaigns.get(id)).toMatchObject({ status: "draft" });
  });
});
