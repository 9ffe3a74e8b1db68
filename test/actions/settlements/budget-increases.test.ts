import { beforeEach, expect, test } from "@jest/globals";
import { aBudget, anAccount, BRAND_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import {
  advanced,
  auditRows,
  drafted,
  END,
  expectRefused,
  launched,
  OTHER_BRAND_ID,
  paidIn,
  peopled,
} from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { cancelled, expectWholeBooks, increased, journalOf, suspended } from "./settling.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
  await paidIn(stage, 50_000);
});

test("a published campaign's budget grows out of what its brand can spend", async () => {
  const { budget } = await increased(stage, campaignId, 20_000, { key: "k" });
  expect(budget).toEqual({ currency: "USD", total: 120_000, reserved: 0, spent: 0, remaining: 120_000 });
  expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 30_000, reserved: 120_000 });
  expect(journalOf(stage).at(-1) ?? {}).toMatchObject({ lines: expect.anything() });
  expect(journalOf(stage).map(({ key }) => key)).toContain(`budget-increase:${campaignId}:k`);
  expect(auditRows(stage, "campaign.budget_increased")).toHaveLength(1);
  expectWholeBooks(stage);
});

test("each key is one increase, and each increase its own", async () => {
  for (const key of ["a", "b"]) await increased(stage, campaignId, 10_000, { key });
  expect((await increased(stage, campaignId, 10_000, { key: "c", actor: admin() })).budget.total).toBe(130_000);
  // As if the same request had come under a record that was lost: the entry's key is permanent.
  await expect(increased(stage, campaignId, 10_000, { key: "a" })).rejects.toMatchObject({
    refusal: { code: "request.contended" },
  });
  expect((await stage.ports.campaigns.budget(campaignId))?.unassigned).toBe(130_000);
});

test.each([
  ["campaign.not_published", async () => (await drafted(stage)).id],
  ["campaign.ended", async () => (await cancelled(stage, campaignId), campaignId)],
  ["campaign.ended", () => ((stage.clock.now = END), campaignId)],
  ["campaign.ended", async () => ((stage.clock.now = END), await advanced(stage), campaignId)],
])("is refused with %s: case %#", async (code, begin) => {
  const id = await begin();
  await expectRefused(stage, () => increased(stage, id, 1), code);
});

test("what is not there, or in another currency, is refused", async () => {
  await expectRefused(stage, () => increased(stage, campaignId, 50_001), "wallet.insufficient_funds");
  await expectRefused(stage, () => increased(stage, campaignId, 1, { currency: "EUR" }), "wallet.currency_mismatch");
  const rich = 600_000_000_000;
  await stage.given("wallet", aWallet({ available: rich }));
  await stage.given("budget", aBudget({ campaignId, status: "active", unassigned: rich - 1 }));
  await expectRefused(stage, () => increased(stage, campaignId, 10_000), "campaign.budget_too_high");
});

test("nobody moves money of a suspended brand, an admin included; others know no such campaign", async () => {
  await expectRefused(
    stage,
    () => increased(stage, campaignId, 1, { actor: brand(OTHER_BRAND_ID) }),
    "campaign.not_found",
  );
  await expectRefused(stage, () => increased(stage, campaignId, 1, { actor: creator() }), "campaign.not_found");
  await stage.given("account", anAccount({ status: "suspended" }));
  await suspended(stage);
  await expectRefused(stage, () => increased(stage, campaignId, 1, { actor: admin() }), "account.suspended");
});

test.each([
  ["account.suspended", () => suspended(stage)],
  ["campaign.ended", () => cancelled(stage, campaignId)],
])("decides again on what comes between the decision and the write: %s", async (code, meanwhile) => {
  const attempt = increased(stage, campaignId, 1, { actor: admin(), meanwhile, key: "k" });
  await expect(attempt).rejects.toMatchObject({ refusal: { code } });
  expect(journalOf(stage).map(({ key }) => key)).not.toContain(`budget-increase:${campaignId}:k`);
});
