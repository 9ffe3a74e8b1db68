/**
 * The key of every journal entry: it names the business event, once and for ever. They are spelled here and nowhere else, so
 * that two events which must not both be booked share one, and no others do. docs/money.md has each by example.
 */
import type { SettledUnit } from "./journal-entry.ts";

export const entryKeys = {
  /** Of what a payer paid, whether it is credited to a brand or booked as the house's own. */
  deposit: (paymentIntentId: string): string => `deposit:${paymentIntentId}`,
  /** Of what the processor keeps. */
  processingFee: (balanceTransactionId: string): string => `fee:${balanceTransactionId}`,
  cardDispute: (balanceTransactionId: string): string => `dispute:${balanceTransactionId}`,
  lostCardDispute: (disputeId: string): string => `clawback:${disputeId}`,
  /** What the house itself moved. */
  houseMovement: (balanceTransactionId: string): string => `house:${balanceTransactionId}`,

  publication: (campaignId: string): string => `publication:${campaignId}`,
  /** @param idempotencyDigest of the key that it was asked for with: there may be any number, each asked for once */
  budgetIncrease: (campaignId: string, idempotencyDigest: string): string =>
    `budget-increase:${campaignId}:${idempotencyDigest}`,
  cancellation: (campaignId: string): string => `cancellation:${campaignId}`,
  completion: (campaignId: string): string => `completion:${campaignId}`,

  acceptance: (participationId: string): string => `acceptance:${participationId}`,
  /** One key for every outcome: a unit of a participation is settled once, for ever. */
  settlement: ({ participationId, deliverableId, unit }: SettledUnit): string =>
    `settlement:${participationId}:${deliverableId}:${unit}`,
  /** Of several units at once: the participation's version makes it one. */
  settlements: (participationId: string, version: number): string => `settlements:${participationId}:${version}`,
  /** Of what the house keeps of a settlement. */
  platformFee: (settlementKey: string): string => `fee:${settlementKey}`,
  appeal: (settlementKey: string): string => `${settlementKey}:appeal`,
  /** Of what had gone home to the brand, and is set aside again. */
  recall: (entryId: string): string => `recall:${entryId}`,
  reversal: (entryId: string): string => `reversal:${entryId}`,

  maturity: (earningId: string): string => `maturity:${earningId}`,
  payout: (payoutId: string): string => `payout:${payoutId}`,
  payoutStep: (payoutId: string, step: string): string => `payout:${payoutId}:${step}`,
  refund: (refundId: string): string => `refund:${refundId}`,
  /**
   * Of what went back by one payment, whoever asked for it and whichever of ours it is taken for.
   * @param processorRefundId whose ids never look like ours
   */
  refundPaid: (processorRefundId: string): string => `refund:${processorRefundId}`,
  /** A refund goes back by several deposits' payments. */
  refundReturned: (refundId: string, depositId: string): string => `refund:${refundId}:${depositId}:returned`,
} as const;
