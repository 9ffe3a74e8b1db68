/**
 * What came of a payment at the processor, brought into the books. A webhook, a sweep and a brand that asks all come to this:
 * the processor is asked what holds, and each fact is decided on by its own rule, in a change of its own.
 */
import { followDispute } from "../card-disputes/follow-dispute.ts";
import type { CardDispute } from "../card-disputes/card-dispute.ts";
import type { Change } from "../change.ts";
import { idOf } from "../kernel/ids.ts";
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
  /** Of one that says it: what it is where the one of ours is another. */
  readonly ifAnother?: ByHand & { readonly amountMinor: number };
  readonly disputeId?: string | undefined;
  /** Of such a refund: the payment's others that do not say it either. */
  readonly unnamedOthers?: readonly UnnamedRefund[];
}

/** A refund made by hand: our name for it, and the processor's. */
export interface ByHand {
  readonly refundId: string;
  readonly unnamedRefundId: string;
}

/** By the processor's name for it. */
export interface UnnamedRefund {
  readonly id: string;
  readonly amountMinor: number;
}

/** @see Fact */
export interface RefundFact {
  readonly about: About;
  readonly refund: ProcessorRefund;
  /** What the payment's other refunds come to that say whose they are. */
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
  /** The one of a refund that says it is one of ours, where it was booked as made by hand before it said so. */
  readonly byHand?: Refund | undefined;
  readonly dispute: CardDispute | undefined;
  /** Of one that names none of ours, or one that is another: what the unnamed others come to that an entry books. */
  readonly bookedOthersMinor?: number;
}

/**
 * What a payment's record tells, the payment first: what was not credited can be neither refunded nor taken back.
 *
 * @param depositId whose payment our own records say it is; left out where they do not, or not yet, it is what the payment says
 */
export function factsOf(record: PaymentRecord | undefined, depositId?: string): readonly Fact[] {
  const ours = depositId ?? (record && depositNamedIn(record.payment));
  if (record === undefined || ours === undefined) return [];
  const { payment, refunds, disputes } = record;
  const about = { depositId: ours, paymentIntentId: payment.paymentIntentId };
  const nameOf = namesAmong(refunds);
  return [
    { about, payment },
    ...refunds.map((refund) => {
      const others = refunds.filter((one) => one !== refund && one.status !== "failed");
      return {
        about: {
          ...about,
          ...namesOf(refund, nameOf(refund)),
          unnamedOthers: others.filter((one) => nameOf(one) === undefined).flatMap(unnamed),
        },
        refund,
        othersMinor: others.reduce((sum, one) => sum + (nameOf(one) === undefined ? 0 : one.amount.amount), 0),
      };
    }),
    ...disputes.map((dispute) => ({ about: { ...about, disputeId: dispute.id }, dispute })),
  ];
}

const [DepositId, RefundId] = [idOf("deposit"), idOf("refund")];
/** Whose a payment says that it is. What is none of our names says nothing, and may be too long to be looked for. */
export const depositNamedIn = ({ metadata }: Payment): string | undefined =>
  DepositId.safeParse(metadata["depositId"]).data;
/** Which of ours it says that it is. Whoever has the dashboard may write there what is none of our names: it says nothing. */
const nameIn = ({ metadata }: ProcessorRefund): string | undefined => RefundId.safeParse(metadata["refundId"]).data;

/** As each says; a name that several bear says of none that it is ours: an entry does, or our own record of it. */
const namesAmong =
  (refunds: readonly ProcessorRefund[]) =>
  (refund: ProcessorRefund): string | undefined => {
    const name = nameIn(refund);
    return refunds.some((other) => other !== refund && nameIn(other) === name) ? undefined : name;
  };

/** One that says nothing has a part in what we promised or booked only where an entry of ours books it. */
const unnamed = ({ id, amount }: ProcessorRefund): UnnamedRefund[] =>
  id === undefined ? [] : [{ id, amountMinor: amount.amount }];

function namesOf(
  { id, createdAt, amount }: ProcessorRefund,
  refundId: string | undefined,
): Pick<About, "refundId" | "unnamedRefundId" | "ifAnother"> {
  if (id === undefined) return { refundId };
  const byHand: ByHand = { refundId: idOfRefundByHand(id, createdAt), unnamedRefundId: id };
  return refundId === undefined ? byHand : { refundId, ifAnother: { ...byHand, amountMinor: amount.amount } };
}

/** What the answer to a refund's order is about. */
export const aboutAnswer = ({ depositId, paymentIntentId, refundId }: RefundOrder, said: ProcessorRefund): About => ({
  depositId,
  paymentIntentId,
  ...namesOf(said, refundId),
});

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

/**
 * What the processor answers to a refund's order. One that was found by our name, and is booked as made by hand, is no answer: it
 * has left once. The order stays due, and rings, until somebody takes the name off it.
 */
export function followAnswer(
  order: RefundOrder,
  said: ProcessorRefund,
  ours: PaymentCase,
  occasion: Occasion,
): Change | undefined {
  if (ours.byHand !== undefined) return undefined;
  return follow({ about: aboutAnswer(order, said), refund: said }, ours, { ...occasion, adminIds: [] }).change;
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
 * One that names none of ours may be ours all the same, for as long as something that we promised of the deposit has not been
 * found there.
 *
 * @throws Postponed for that long
 */
function ofRefund(
  { refund: said, othersMinor = 0 }: RefundFact,
  { deposit, wallet, refund, bookedOthersMinor }: PaymentCase & { readonly deposit: Deposit },
  occasion: Occasion,
): Change | undefined {
  if (refund !== undefined) return followRefund({ deposit, wallet, refund }, said, occasion);
  if (bookedOthersMinor === undefined) return undefined;
  const change = refundByHand({ deposit, wallet }, said, occasion);
  if (change !== undefined && othersMinor + bookedOthersMinor < deposit.refundedMinor)
    throw new Postponed(`refund ${said.id ?? ""} may be one of ours, which is not found yet`);
  return change;
}
