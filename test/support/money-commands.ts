/** Every command that moves money or prepares to, brought to where it can be given: what tests of keys and of rehearsals walk. */
import { handler as cancelCampaign } from "#lambdas/settlements/cancel-campaign";
import { handler as increaseBudget } from "#lambdas/settlements/increase-budget";
import { handler as removeParticipant } from "#lambdas/settlements/remove-participant";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { handler as reverseConversion } from "#lambdas/conversions/reverse-conversion";
import { handler as confirmDeposit } from "#lambdas/deposits/confirm-deposit";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { handler as decideDispute } from "#lambdas/disputes/decide-dispute";
import { handler as openDispute } from "#lambdas/disputes/open-dispute";
import { handler as bookHouseMovement } from "#lambdas/ledger/book-house-movement";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as requestPayout } from "#lambdas/payouts/request-payout";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import { handler as requestRefund } from "#lambdas/refunds/request-refund";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { earned } from "../actions/payouts/earned.ts";
import { disputed } from "../actions/settlements/settling.ts";
import { submitted, working } from "../actions/submissions/delivered.ts";
import { CREATOR_ID, DEPOSIT_ID } from "./builders.ts";
import { asked, drafted, invited, launched, OTHER_CREATOR_ID, paidIn, peopled } from "./launched.ts";
import type { Action, Request } from "./money-api.ts";
import { aConversion } from "./conversion-builders.ts";
import { aPayoutAccount } from "./money-builders.ts";
import { admin, brand, creator, type TestStage } from "./stage.ts";

/** A request, and another one that its key is not for. */
export interface Asked extends Request {
  readonly other: Partial<Request>;
}
export interface MoneyCommand {
  readonly action: Action;
  /** Entries that it posts, with a platform fee. */
  readonly entries: number;
  readonly ready: (stage: TestStage) => Promise<Asked>;
}

const usd = (amount: number) => ({ amount, currency: "USD" }) as const;
const OTHER_CAMPAIGN_ID = `cmp_${"Z".repeat(26)}`;
/** Of a command that has no body: the same one about something else. */
const elsewhere = { path: { campaignId: OTHER_CAMPAIGN_ID, creatorId: CREATOR_ID } };
const inCampaign = (path: { readonly campaignId: string }): Asked => ({ actor: brand(), path, other: elsewhere });

/** A deposit of 50.00 that its brand has paid. */
async function paid(stage: TestStage): Promise<string> {
  const body = usd(5_000);
  const { id, paymentIntentId } = await stage.run(depositFunds, { actor: brand(), body, idempotencyDigest: "begun" });
  stage.payments.pay(paymentIntentId);
  return id;
}

/** Content that waits for its verdict. */
async function delivered(stage: TestStage) {
  const work = await working(stage);
  const { id: submissionId } = await submitted(stage, work);
  return { campaignId: work.campaignId, submissionId };
}

export const moneyCommands: readonly MoneyCommand[] = [
  {
    action: depositFunds,
    entries: 0,
    ready: async () => ({ actor: brand(), body: usd(5_000), other: { body: usd(5_001) } }),
  },
  {
    action: confirmDeposit,
    entries: 2,
    async ready(stage) {
      stage.payments.takeFees();
      return { actor: brand(), path: { depositId: await paid(stage) }, other: { path: { depositId: DEPOSIT_ID } } };
    },
  },
  {
    action: requestRefund,
    entries: 1,
    async ready(stage) {
      await stage.run(confirmDeposit, { actor: brand(), path: { depositId: await paid(stage) } });
      return { actor: brand(), body: { amount: usd(2_000) }, other: { body: { amount: usd(2_001) } } };
    },
  },
  {
    action: publishCampaign,
    entries: 1,
    async ready(stage) {
      const { id: campaignId } = await drafted(stage);
      await asked(stage, campaignId);
      await paidIn(stage, 100_000);
      return inCampaign({ campaignId });
    },
  },
  {
    action: increaseBudget,
    entries: 1,
    async ready(stage) {
      const campaignId = await launched(stage);
      await paidIn(stage, 5_000);
      return { actor: brand(), path: { campaignId }, body: usd(2_000), other: { body: usd(2_001) } };
    },
  },
  { action: cancelCampaign, entries: 1, ready: async (stage) => inCampaign(await working(stage)) },
  {
    action: acceptInvitation,
    entries: 1,
    async ready(stage) {
      const campaignId = await launched(stage);
      await invited(stage, campaignId);
      return { actor: creator(), path: { campaignId, creatorId: CREATOR_ID }, other: elsewhere };
    },
  },
  {
    action: removeParticipant,
    entries: 1,
    async ready(stage) {
      const { campaignId } = await working(stage);
      const other = { path: { campaignId, creatorId: OTHER_CREATOR_ID } };
      return { actor: brand(), path: { campaignId, creatorId: CREATOR_ID }, other };
    },
  },
  {
    action: reviewSubmission,
    entries: 2,
    ready: async (stage) => ({
      actor: brand(),
      path: await delivered(stage),
      body: { decision: "approved" },
      other: { body: { decision: "rejected" } },
    }),
  },
  {
    action: openDispute,
    entries: 0,
    ready: async (stage) => ({
      actor: brand(),
      path: await delivered(stage),
      body: { reason: "It is not what we agreed" },
      other: { body: { reason: "It came late" } },
    }),
  },
  {
    action: decideDispute,
    entries: 2,
    async ready(stage) {
      const path = await delivered(stage);
      const { id: disputeId } = await disputed(stage, path, path.submissionId);
      const body = { creatorShare: usd(6_000), reason: "Half of it was made" };
      const other = { body: { ...body, creatorShare: usd(6_001) } };
      return { actor: admin(), path: { ...path, disputeId }, body, other };
    },
  },
  {
    action: requestPayout,
    entries: 1,
    async ready(stage) {
      await earned(stage, 10_000);
      await stage.given("payoutAccount", aPayoutAccount());
      return { actor: creator(), body: { amount: usd(4_000) }, other: { body: { amount: usd(4_001) } } };
    },
  },
  {
    action: bookHouseMovement,
    entries: 1,
    async ready(stage) {
      const [balanceTransactionId, another] = [20_000, 1].map((amountMinor) =>
        stage.payments.moveHouse({ type: "topup", amountMinor }),
      );
      const body = { balanceTransactionId, reason: "Fees of November" };
      return { actor: admin(), body, other: { body: { ...body, balanceTransactionId: another } } };
    },
  },
  {
    // It moves figures, no money; its key is kept for ever all the same.
    action: reverseConversion,
    entries: 0,
    async ready(stage) {
      const { id: conversionId } = await stage.given("conversion", aConversion());
      const body = { amount: usd(4_000), reason: "Returned" };
      return { actor: brand(), path: { conversionId }, body, other: { body: { ...body, amount: usd(4_001) } } };
    },
  },
  {
    action: startPayoutRun,
    entries: 0,
    async ready(stage) {
      await earned(stage, 10_000);
      return { actor: admin(), other: { query: { dryRun: "false" } } };
    },
  },
];

/** A stage where the house takes ten per cent of what creators get. */
export async function chargingStage(): Promise<TestStage> {
  const stage = await peopled();
  stage.fees.push({ from: "2026-01-01T00:00:00.000Z", basisPoints: 1_000 });
  return stage;
}
