/** The entries that docs/money.md shows: each is made here by the actions themselves, and the page must have it. */
import { test } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as releaseEarnings } from "#lambdas/payouts/release-earnings";
import { Refund } from "#shared/domain/refunds/refund";
import { watched } from "../support/entries-by-example.ts";
import { creator } from "../support/stage.ts";
import {
  advanced,
  asked,
  drafted,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
  toldOfStatus,
} from "../support/launched.ts";
import { BRAND_ID } from "../support/builders.ts";
import { confirmed, movedAndConfirmed } from "../support/house-movements.ts";
import { chargingStage } from "../support/money-commands.ts";
import { depositing, usd } from "./deposits/depositing.ts";
import { earned } from "./payouts/earned.ts";
import { payingStage } from "./payouts/paying.ts";
import { refunding } from "./refunds/refunding.ts";
import { appealed, cancelled, decided, disputed, increased, later, removed } from "./settlements/settling.ts";
import { joined, reviewed, submitted, working } from "./submissions/delivered.ts";

test("a campaign's money, to a creator and back to its brand", async () => {
  const stage = await chargingStage();
  const entries = watched(stage);
  const work = await working(stage);
  entries.skip();
  await paidIn(stage, 5_000);
  entries.skip();
  await increased(stage, work.campaignId, 5_000);
  entries.shown("budget increase");
  const approved = await submitted(stage, work);
  const rejected = await submitted(stage, work, { unit: 2 });
  await reviewed(stage, work, approved.id, "approved");
  entries.shown("approval, on hold", "its platform fee, 10 %");
  await reviewed(stage, work, rejected.id, "rejected");
  entries.shown("rejection");
  await joined(stage, work.campaignId, OTHER_CREATOR_ID);
  entries.shown("acceptance");
  await removed(stage, work.campaignId, { creatorId: OTHER_CREATOR_ID });
  entries.shown("removal of a creator");
  await cancelled(stage, work.campaignId);
  entries.shown("cancellation");
});

test("publication, and the end of a campaign", async () => {
  const stage = await peopled();
  const entries = watched(stage);
  const { id: campaignId } = await drafted(stage);
  await asked(stage, campaignId);
  await paidIn(stage, 100_000);
  entries.skip();
  await published(stage, campaignId);
  entries.shown("publication");
  await joined(stage, campaignId);
  entries.skip();
  later(stage, 60);
  await advanced(stage);
  entries.shown("completion");
  await toldOfStatus(stage, campaignId, "completed");
  entries.shown("release of untouched units");
});

test("a dispute between brand and creator, and its appeal", async () => {
  const stage = await peopled();
  const entries = watched(stage);
  const work = await working(stage);
  const { id } = await submitted(stage, work);
  const dispute = await disputed(stage, work, id);
  entries.skip();
  await decided(stage, dispute, 6_000);
  entries.shown("decision: 60 of 100");
  await appealed(stage, dispute, creator());
  await decided(stage, dispute, 7_500);
  entries.shown("appeal: the first decision taken back", "appeal: 75 of 100");
});

test("maturity, and a payout in all its fates", async () => {
  const paying = await payingStage();
  const { stage } = paying;
  const entries = watched(stage);
  await earned(stage, 10_000, undefined, 7);
  await paying.onboarded();
  entries.skip();
  later(stage, 8);
  await paying.job(releaseEarnings);
  entries.shown("maturity");
  const bankSays = async (code?: string) => {
    const objectId = stage.payoutProcessor.bankPayouts().at(-1)?.id ?? "";
    stage.payoutProcessor.settle(objectId, code);
    await paying.changed(carryOutPayouts, { objectType: "payout", objectId, connectedAccountId: "acct_1" });
  };
  await paying.ask();
  entries.shown("payout: requested");
  await paying.steps();
  entries.shown("payout: sent");
  await paying.steps();
  await bankSays();
  entries.shown("payout: paid");
  await bankSays("account_closed");
  entries.shown("payout: sent back by the bank");
  await paying.steps();
  entries.shown("payout: taken back from the account", "payout: returned");
  await paying.ask();
  for (let step = 0; step < 2; step += 1) await paying.steps();
  await bankSays();
  entries.skip();
  const transferId = stage.payoutProcessor.transfers().at(-1)?.id ?? "";
  stage.payoutProcessor.takeBack(transferId);
  const changed = { objectType: "transfer", objectId: transferId, connectedAccountId: null } as const;
  await paying.changed(carryOutPayouts, changed);
  entries.shown("payout: its transfer reversed by hand");
});

test("a deposit, its refund, and what its payer's bank takes back", async () => {
  const world = await refunding(5_000);
  const { stage } = world;
  const intent = world.deposits[0]?.paymentIntentId ?? "";
  const entries = watched(stage);
  entries.shown("deposit", "its processing fee");
  await world.request(2_000);
  entries.shown("refund: requested");
  await world.submit();
  entries.shown("refund: paid");
  const [refund] = stage.stored("refund").map((row) => Refund.parse(row));
  const processorId = refund?.parts[0]?.processorRefundId ?? "";
  stage.payments.endRefund(processorId, "failed");
  await world.deliver(stage.payments.webhook(processorId, "evt_re", "refund.failed", { paymentIntentId: intent }));
  entries.shown("refund: sent back");
  const byHand = stage.payments.refundByHand(intent, 2_000);
  await world.deliver(stage.payments.webhook(byHand, "evt_hand", "refund.created", { paymentIntentId: intent }));
  entries.shown("refund: made by hand");
});

test("what the house itself moves at the processor", async () => {
  const stage = await peopled();
  const entries = watched(stage);
  await movedAndConfirmed(stage, { type: "topup", amountMinor: 20_000 });
  await movedAndConfirmed(stage, { type: "topup_reversal", amountMinor: -20_000 });
  await movedAndConfirmed(stage, { type: "payout", amountMinor: -9_000, feeMinor: 90 });
  await movedAndConfirmed(stage, { type: "payout_failure", amountMinor: 9_000 });
  await movedAndConfirmed(stage, { type: "stripe_fee", amountMinor: -1_290, feeMinor: 85 });
  await movedAndConfirmed(stage, { type: "network_cost", amountMinor: -600 });
  await movedAndConfirmed(stage, { type: "tax_fee", amountMinor: -85 });
  await movedAndConfirmed(stage, { type: "adjustment", category: "other_adjustment", amountMinor: 40 });
  entries.shown(
    "the house tops its balance up",
    "the top-up is taken back",
    "the house pays itself out, at once",
    "its bank sends that back",
    "a fee of the account, and its tax",
    "costs of card networks",
    "a tax on fees",
    "a fee that is given back",
  );
});

test("a payment that does not fit its deposit", async () => {
  const { stage, begin, confirm } = await depositing();
  const entries = watched(stage);
  stage.payments.takeFees();
  const { id, paymentIntentId } = await begin(usd(50_000));
  stage.payments.pay(paymentIntentId, 40_000);
  await confirm(id);
  const bookedLast = () => confirmed(stage, stage.payments.movements().at(-1)?.id ?? "");
  await bookedLast();
  entries.shown("a payment that is no deposit's");
  const refund = { refundId: "by hand", depositId: id, userId: BRAND_ID, paymentIntentId, mayBeThere: false };
  await stage.payments.createRefund({ ...refund, amount: usd(30_000) });
  await bookedLast();
  entries.shown("it is refunded by hand");
  stage.payments.dispute(paymentIntentId, 10_000);
  await bookedLast();
  entries.shown("its payer's bank takes the rest back");
});

test("a card dispute, when some of the money is spent", async () => {
  const world = await refunding(5_000);
  const { stage } = world;
  const intent = world.deposits[0]?.paymentIntentId ?? "";
  const entries = watched(stage);
  await world.request(2_000);
  entries.skip();
  const told = (id: string, type: string) =>
    world.deliver(stage.payments.webhook("dp_1", id, `charge.dispute.${type}`, { paymentIntentId: intent }));
  const disputeId = stage.payments.dispute(intent, 5_000);
  await told("evt_1", "created");
  entries.shown("card dispute: taken, and owed", "its fee");
  const paying = await world.begin(usd(3_000), "later");
  stage.payments.pay(paying.paymentIntentId);
  await world.confirm(paying.id);
  entries.shown("deposit of a brand that owes 20.00", "");
  stage.payments.closeDispute(disputeId, "won");
  await told("evt_2", "closed");
  entries.shown("card dispute: won");
  const other = stage.payments.dispute(intent, 1_000);
  await told("evt_3", "created");
  entries.skip();
  stage.payments.closeDispute(other, "lost");
  await told("evt_4", "closed");
  entries.shown("card dispute: lost");
});
