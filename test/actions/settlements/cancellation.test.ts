import { beforeEach, describe, expect, test } from "@jest/globals";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import {
  advanced,
  auditRows,
  brokenInvariants,
  chargedBack,
  drafted,
  END,
  expectRefused,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  paused,
  peopled,
  toldOfStatus,
} from "../../support/launched.ts";
import { admin, brand, type TestStage } from "../../support/stage.ts";
import { joined, reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import { cancelled, clocked, expectWholeBooks, later, suspended } from "./settling.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const tellings = () => stage.stored("outboxEvent").filter(({ type }) => type === "participation.ended");

describe("a cancellation", () => {
  test("gives back at once what is promised to nobody", async () => {
    const reply = await cancelled(stage, work.campaignId);
    expect(reply).toMatchObject({ status: "cancelled", budget: { total: 20_000, reserved: 20_000, remaining: 0 } });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 80_000, reserved: 20_000 });
    expect(auditRows(stage, "campaign.cancelled")).toMatchObject([
      { changes: [{ before: "active", after: "cancelled" }] },
    ]);
    expectWholeBooks(stage);
  });

  test("is nobody's while the brand is suspended, also when that comes between the decision and the write", async () => {
    const attempt = cancelled(stage, work.campaignId, admin(), () => suspended(stage));
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    expect(await budget()).toMatchObject({ status: "active", unassigned: expect.any(Number) });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 0 });
  });

  test("pays what the brand owes first, with each part that comes home", async () => {
    await chargedBack(stage, 85_000);
    const reply = await cancelled(stage, work.campaignId);
    expect(reply).toMatchObject({ status: "cancelled", budget: { total: 20_000 } });
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 0, disputesReceivable: 5_000 });
    later(stage, 90);
    await clocked(stage);
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 15_000, disputesReceivable: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("releases what nobody has begun, and leaves what was handed in secured and reviewable", async () => {
    const { id } = await submitted(stage, work);
    await cancelled(stage, work.campaignId);
    await toldOfStatus(stage, work.campaignId, "cancelled");
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toEqual(["submitted", "released"]);
    expect(await budget()).toMatchObject({ unassigned: 0, secured: 10_000 });
    await reviewed(stage, work, id, "rejected");
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 100_000, reserved: 0 });
    expect(stage.stored("funding")).toEqual([]);
    expectWholeBooks(stage);
  });

  test("leaves a further round possible after changes were asked for", async () => {
    await reviewed(stage, work, (await submitted(stage, work)).id, "changes_requested");
    await cancelled(stage, work.campaignId);
    await toldOfStatus(stage, work.campaignId, "cancelled");
    const { id } = await submitted(stage, work);
    await reviewed(stage, work, id, "approved");
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toEqual(["approved", "released"]);
    expectWholeBooks(stage);
  });

  test("is told to everybody who takes part, once, also to those who lose nothing by it", async () => {
    await joined(stage, work.campaignId, OTHER_CREATOR_ID);
    for (const unit of [1, 2]) await submitted(stage, work, { unit });
    await cancelled(stage, work.campaignId);
    for (let delivery = 0; delivery < 2; delivery += 1) await toldOfStatus(stage, work.campaignId, "cancelled");
    const told = tellings().map(({ detail }) => detail as { creatorId: string; released: { amount: number } });
    expect(told.map(({ creatorId, released }) => [creatorId, released.amount]).sort()).toEqual([
      [CREATOR_ID, 0],
      [OTHER_CREATOR_ID, 20_000],
    ]);
  });

  test("whose event got lost leaves nothing secured: the clock releases it at the campaign's end", async () => {
    await cancelled(stage, work.campaignId);
    later(stage, 90);
    expect(await clocked(stage)).toMatchObject({ outcome: "succeeded", counts: { released: 1 } });
    expect(await budget()).toMatchObject({ unassigned: 0, secured: 0 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 100_000 });
    expectWholeBooks(stage);
  });

  test("is possible while paused or before the start", async () => {
    await paused(stage, work.campaignId);
    expect(await cancelled(stage, work.campaignId, admin())).toMatchObject({ status: "cancelled" });
  });
});

describe("is refused", () => {
  test.each<[string, string, () => unknown]>([
    ["campaign.ended", "cancelled", () => cancelled(stage, work.campaignId)],
    ["campaign.ended", "active", () => ((stage.clock.now = END), undefined)],
    ["campaign.ended", "completed", () => ((stage.clock.now = END), advanced(stage))],
  ])("with %s when it is %s: case %#", async (code, state, begin) => {
    await begin();
    await expectRefused(stage, () => cancelled(stage, work.campaignId), code, state);
  });

  test("for a draft, which holds no money", async () => {
    const { id } = await drafted(stage);
    await expectRefused(stage, () => cancelled(stage, id), "campaign.not_published", "draft");
  });

  test("for others' campaigns, and while the brand is suspended", async () => {
    await expectRefused(stage, () => cancelled(stage, work.campaignId, brand(OTHER_BRAND_ID)), "campaign.not_found");
    await stage.given("wallet", aWallet({ ...(await stage.ports.wallets.get(BRAND_ID)), ownerStatus: "suspended" }));
    await expectRefused(stage, () => cancelled(stage, work.campaignId, admin()), "account.suspended");
  });
});
