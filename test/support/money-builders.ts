/** Things of money as they are stored, complete and valid, with what a test cares about named. */
import type { Entities } from "#shared/domain/entities";
import {
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  DEPOSIT_ID,
  EARNING_ID,
  PARTICIPATION_ID,
  PAYOUT_ID,
  REFUND_ID,
  SUBMISSION_ID,
  at,
  stamps,
} from "./builders.ts";

export const aWallet = (parts: Partial<Entities["wallet"]> = {}): Entities["wallet"] => ({
  userId: BRAND_ID,
  currency: "USD",
  ownerStatus: "active",
  available: 0,
  pending: 0,
  payable: 0,
  inFlight: 0,
  disputesReceivable: 0,
  commits: 0,
  ...stamps,
  ...parts,
});

export const aWalletProfile = (parts: Partial<Entities["walletProfile"]> = {}): Entities["walletProfile"] => ({
  userId: BRAND_ID,
  currencyFixed: false,
  ...stamps,
  ...parts,
});

export const aDeposit = (parts: Partial<Entities["deposit"]> = {}): Entities["deposit"] => ({
  id: DEPOSIT_ID,
  userId: BRAND_ID,
  paymentIntentId: "pi_1",
  clientSecret: "pi_1_secret",
  customerId: "cus_1",
  amount: { amount: 5_000, currency: "USD" },
  status: "pending",
  dueAt: "2026-11-01T00:10:00.000Z",
  refundedMinor: 0,
  disputedMinor: 0,
  ...stamps,
  ...parts,
});

export const aRefund = (parts: Partial<Entities["refund"]> = {}): Entities["refund"] => ({
  id: REFUND_ID,
  userId: BRAND_ID,
  amount: { amount: 2_000, currency: "USD" },
  status: "requested",
  parts: [{ depositId: DEPOSIT_ID, paymentIntentId: "pi_1", amountMinor: 2_000, status: "requested", booked: false }],
  dueAt: "2026-11-01T00:10:00.000Z",
  ...stamps,
  ...parts,
});

export const aCardDispute = (parts: Partial<Entities["cardDispute"]> = {}): Entities["cardDispute"] => ({
  id: "dp_1",
  depositId: DEPOSIT_ID,
  userId: BRAND_ID,
  paymentIntentId: "pi_1",
  amount: { amount: 5_000, currency: "USD" },
  status: "needs_response",
  reason: "fraudulent",
  evidenceDueAt: null,
  withdrawnMinor: 0,
  booked: [],
  ...stamps,
  ...parts,
});

export const aStripeEvent = (parts: Partial<Entities["stripeEvent"]> = {}): Entities["stripeEvent"] => ({
  id: "evt_1",
  type: "payment_intent.succeeded",
  connectedAccountId: null,
  objectType: "payment_intent",
  objectId: "pi_1",
  paymentIntentId: "pi_1",
  rawBody: "{}",
  status: "received",
  sends: 1,
  dueAt: "2026-11-01T00:20:00.000Z",
  receivedAt: at,
  ...stamps,
  ...parts,
});

export const anEarning = (parts: Partial<Entities["earning"]> = {}): Entities["earning"] => ({
  id: EARNING_ID,
  creatorId: CREATOR_ID,
  campaignId: CAMPAIGN_ID,
  campaignName: "Autumn",
  participationId: PARTICIPATION_ID,
  deliverableId: DELIVERABLE_ID,
  unit: 1,
  submissionId: SUBMISSION_ID,
  amount: { amount: 10_000, currency: "USD" },
  allocatedMinor: 0,
  paidMinor: 0,
  status: "available",
  availableAt: at,
  ...stamps,
  ...parts,
});

export const aPayoutAccount = (parts: Partial<Entities["payoutAccount"]> = {}): Entities["payoutAccount"] => ({
  creatorId: CREATOR_ID,
  processorAccountId: "acct_1",
  status: "active",
  payoutsEnabled: true,
  requirementsDue: [],
  ...stamps,
  ...parts,
});

export const aPayout = (parts: Partial<Entities["payout"]> = {}): Entities["payout"] => ({
  id: PAYOUT_ID,
  creatorId: CREATOR_ID,
  amount: { amount: 10_000, currency: "USD" },
  status: "requested",
  parts: [{ earningId: EARNING_ID, amountMinor: 10_000 }],
  processorAccountId: "acct_1",
  step: "transfer",
  attempts: 0,
  dueAt: at,
  ...stamps,
  ...parts,
});
