/**
 * What came of a payment at the processor, brought into the books. A webhook, a sweep and a brand that asks all come to this:
 * the processor is asked what holds, and each fact is decided on by its own rule, in a change of its own.
 */
import { followDispute } from "../card-disputes/follow-dispute.ts";
import type { CardDispute } from "../card-disputes/card-dispute.ts";
import type { Change } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { Postponed } from "../kernel/postponed.ts";
import { followRefund } from "../refunds/follow-refund.ts";
import { idOfRefundByHand, refundByHand } from "../refunds/refund-by-hand.ts";
import type { Refund } from "../refunds/refund.ts";
import type { Deposit, Mismatch } from "./deposit.ts";
import type { Payment, PaymentRecord, ProcessorDispute, ProcessorRefund, RefundOrder } from "../processor/payment.ts";
import { settlePayment } from "./settle-payment.ts";
import type { Wallet } from "../wallets/wallet.ts";

/** Ids of what a fact is about, where they are known. */
export interface About {
  readonly depositId: string;
  /** The payment that it came of. */
  readonly paymentIntentId: string;
  readonly refundId?: string | undefined;
  /** Of a refund that does not say which of ours it is: the processor's name for it. */
  readonly unnamedRefundId?: string | undefined;
  readonly disputeId?: string | undefined;
}

/** @see Fact */
export interface RefundFact {
  readonly about: About;
  readonly refund: ProcessorRefund;
  /** What the payment's other refunds come to. */
  readonly othersMinor?: number;
}

/** One thing that the processor says. */
export type Fact =
  | { readonly about: About; readonly payment: Payment }
  | RefundFact
  | { readonly about: About; readonly dispute: ProcessorDispute };

/** What of ours a fact is about: those that there are. */
export interface PaymentCase {
  readonly deposit: Deposit | undefined;
  readonly wallet: Wallet | undefined;
  readonly refund: Refund | undefined;
  readonly dispute: CardDispute | undefined;
}

/**
 * What a payment's record tells, the payment first: what was not credited can be neither refunded nor taken back.
 *
 * @param depositId whose payment it is; left out, it is what the payment itself says
 */
export function factsOf(record: PaymentRecord | undefined, depositId?: string): readonly Fact[] {
  const ours = depositId ?? record?.payment.metadata["depositId"];
  if (record === undefined || ours === undefined) return [];
  const { payment, refunds, disputes } = record;
  const about = { depositId: ours, paymentIntentId: payment.paymentIntentId };
  return [
    { about, payment },
    ...refunds.map((refund) => ({
      about: { ...about, ...namesOf(refund) },
      refund,
      othersMinor: sumOf(refunds.filter((one) => one !== refund)),
    })),
    ...disputes.map((dispute) => ({ about: { ...about, disputeId: dispute.id }, dispute })),
  ];
}

/** Those that have left, or say that they are ours: any other has no part in what we promised or booked. */
const sumOf = (refunds: readonly ProcessorRefund[]): number =>
  refunds
    .filter((one) => one.status !== "failed" && (one.transaction !== undefined || "refundId" in one.metadata))
    .reduce((sum, { amount }) => sum + amount.amount, 0);

function namesOf({
  id,
  createdAt,
  metadata: { refundId },
}: ProcessorRefund): Pick<About, "refundId" | "unnamedRefundId"> {
  if (refundId !== undefined || id === undefined) return { refundId };
  return { refundId: idOfRefundByHand(id, createdAt), unnamedRefundId: id };
}

/** What a fact comes to. */
export interface Followed {
  readonly change: Change | undefined;
  readonly mismatch?: Mismatch | undefined;
}

const nothing: Followed = { change: undefined };

/** Who else is told of what goes wrong. */
export const toldAdmins = <O extends Occasion>(occasion: O, admins: readonly { readonly id: string }[]) => ({
  ...occasion,
  adminIds: admins.map(({ id }) => id),
});

/** What the processor answers to a refund's order. */
export function followAnswer(
  { refundId, depositId, paymentIntentId }: RefundOrder,
  said: ProcessorRefund,
  ours: PaymentCase,
  occasion: Occasion,
): Change | undefined {
  return follow({ about: { depositId, paymentIntentId, refundId }, refund: said }, ours, { ...occasion, adminIds: [] })
    .change;
}

/** Decides about one fact. One that is about nothing of ours changes nothing, whatever deposit a payment says it is for. */
export function follow(
  fact: Fact,
  ours: PaymentCase,
  occasion: Occasion & { readonly adminIds: readonly string[] },
): Followed {
  const { deposit, wallet, dispute } = ours;
  if (deposit === undefined) return nothing;
  if ("payment" in fact) return settlePayment({ deposit, wallet }, fact.payment, occasion);
  if (fact.about.paymentIntentId !== deposit.paymentIntentId) return nothing;
  if ("refund" in fact) return { change: ofRefund(fact, { ...ours, deposit }, occasion) };
  const { adminIds } = occasion;
  return { change: followDispute({ deposit, wallet, dispute, adminIds }, fact.dispute, occasion) };
}

/**
 * One that says it is ours, and is not, is left to the reconciliation. One that says nothing may be ours all the same, for as
 * long as something that we promised of the deposit has not been found there.
 *
 * @throws Postponed for that long
 */
function ofRefund(
  { about, refund: said, othersMinor = 0 }: RefundFact,
  { deposit, wallet, refund }: PaymentCase & { readonly deposit: Deposit },
  occasion: Occasion,
): Change | undefined {
  if (refund !== undefined) return followRefund({ deposit, wallet, refund }, said, occasion);
  const change = about.unnamedRefundId !== undefined ? refundByHand({ deposit, wallet }, said, occasion) : undefined;
  if (change !== undefined && othersMinor < deposit.refundedMinor)
    throw new Postponed(`refund ${about.unnamedRefundId ?? ""} may be one of ours, which is not found yet`);
  return change;
}
