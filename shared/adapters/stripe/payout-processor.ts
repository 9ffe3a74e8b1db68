import Stripe from "stripe";
import { known } from "#shared/domain/kernel/refusal";
import { epochSeconds, plusDays } from "#shared/domain/kernel/time";
import type { Payout, PayoutStep } from "#shared/domain/payouts/payout";
import type { Ask, StepAnswer } from "#shared/domain/payouts/steps";
import type { PayoutProcessor } from "#shared/ports/payouts";
import { answerOnce, unlessOutOfSight, type Writing } from "./answer-once.ts";
import { answeredByStripe, asked } from "./client.ts";
import { sumsOf } from "./balances.ts";
import { connectionTo, read, type StripeEnvironment } from "./connection.ts";
import { BankPayout, Transfer } from "./connect-shapes.ts";

const PAGE = 100;

/**
 * A payout at Stripe: a transfer to the creator's account, grouped under the payout's id, and from there a payout to their bank
 * that names it. Each is looked for before it is asked for, because Stripe forgets keys after a day.
 * Sources: docs.stripe.com/connect/separate-charges-and-transfers, /connect/manual-payouts, /api/idempotent_requests.
 */
export function stripePayoutProcessor(env: StripeEnvironment): PayoutProcessor {
  const { connected } = connectionTo(env);
  return {
    carryOut: async (ask) => steps[ask.step](await connected(), ask),
    async heldOn(stripeAccount) {
      const { balance } = await connected();
      const held = await read(() => balance.retrieve({}, { stripeAccount })).catch(unlessOutOfSight);
      return held && sumsOf([...held.available, ...held.pending]);
    },
    async whatChanged({ objectType, objectId, connectedAccountId }) {
      if (objectType === "transfer") return transferChanged(await transferAt(await connected(), objectId));
      if (objectType !== "payout" || connectedAccountId === null) return undefined;
      return bankPayoutChanged(await connected(), objectId, connectedAccountId);
    },
  };
}

const steps: Readonly<Record<PayoutStep, (stripe: Stripe, ask: Ask) => Promise<StepAnswer>>> = {
  transfer: (stripe, { payout, mayBegin }) => answerOnce(transferOf(stripe, payout), mayBegin),
  payout: bankPayoutStep,
  arrival: arrivalOf,
  reversal: reversalStep,
};

const transferOf = ({ transfers }: Stripe, { id, creatorId, amount, processorAccountId }: Payout): Writing => ({
  look: async () => {
    const { data } = await transfers.list({ transfer_group: id, limit: PAGE });
    // One of another amount was made by hand, whatever it says.
    return data.find((transfer) => transfer.amount === amount.amount)?.id;
  },
  ask: async () => {
    const order = {
      amount: amount.amount,
      currency: amount.currency.toLowerCase(),
      destination: processorAccountId,
      transfer_group: id,
      metadata: { payoutId: id, creatorId },
    };
    return (await transfers.create(order, { idempotencyKey: `transfer-${id}` })).id;
  },
});

/**
 * Asked for only while all of its transfer is there: the account is one pot, and what is missing would be taken out of another
 * payout's money.
 */
async function bankPayoutStep(stripe: Stripe, { payout, mayBegin }: Ask): Promise<StepAnswer> {
  const { amount_reversed } = await transferAt(stripe, known(payout.transferId, "processor's transfer"));
  const answer = await answerOnce(bankPayoutOf(stripe, payout), mayBegin && amount_reversed === 0);
  return amount_reversed > 0 && answer.is === "waiting" ? { is: "refused", code: "transfer_reversed" } : answer;
}

const bankPayoutOf = ({ payouts }: Stripe, { id, amount, processorAccountId, createdAt }: Payout): Writing => {
  const stripeAccount = processorAccountId;
  return {
    async look() {
      // Since the request, and a day for clocks that differ.
      const created = { gte: epochSeconds(plusDays(createdAt, -1)) };
      try {
        for await (const payout of payouts.list({ created, limit: PAGE }, { stripeAccount })) {
          const { metadata, amount: sent } = BankPayout.parse(payout);
          if (metadata === id && sent === amount.amount) return payout.id;
        }
      } catch (error) {
        // Then nothing can be asked of it either: what it still holds is taken back.
        unlessOutOfSight(error);
      }
      return undefined;
    },
    ask: async () => {
      const order = { amount: amount.amount, currency: amount.currency.toLowerCase(), metadata: { payoutId: id } };
      return (await payouts.create(order, { stripeAccount, idempotencyKey: `payout-${id}` })).id;
    },
  };
};

/**
 * An account may be closed as soon as its balance is zero, with its payout still on the way to the bank: then nobody is told how
 * that ended, and nobody may guess, until Stripe restores it, which it does for 90 days. Sources: docs.stripe.com/api/accounts/delete,
 * support.stripe.com/questions/self-serve-account-closure-for-express-accounts.
 */
async function arrivalOf(stripe: Stripe, { payout }: Ask): Promise<StepAnswer> {
  const processorPayoutId = known(payout.processorPayoutId, "processor's payout");
  const found = await bankPayoutAt(stripe, processorPayoutId, payout.processorAccountId).catch(unlessOutOfSight);
  if (found === undefined) return { is: "waiting" };
  const { id, status, created, ...one } = found;
  if (status === "paid") {
    // A day without a time of day: it may lie before the hour at which the payout was made.
    return { is: "done", id, at: new Date(Math.max(one.arrival_date, created) * 1_000).toISOString() };
  }
  if (status === "failed" || status === "canceled") return { is: "refused", code: one.failure_code ?? status };
  return { is: "waiting" };
}

/**
 * All that is left of the transfer; when Stripe refuses that, as much less as the account is known to lack; and how much has come
 * back in all. A transfer of a group is reversed only as far as its account's balance goes; with what code more is refused,
 * Stripe does not say. Source: docs.stripe.com/api/transfer_reversals.
 */
async function reversalStep(stripe: Stripe, { payout, mayBegin, coverMinor = 0 }: Ask): Promise<StepAnswer> {
  const whole = await answerOnce(reversalOf(stripe, payout, 0), mayBegin);
  const isLess = coverMinor > 0 && whole.is === "refused";
  const answer = isLess ? await answerOnce(reversalOf(stripe, payout, coverMinor), mayBegin) : whole;
  if (answer.is !== "done") return answer;
  const { amount_reversed } = await transferAt(stripe, known(payout.transferId, "processor's transfer"));
  return { ...answer, reversedMinor: amount_reversed };
}

/**
 * What is left of the transfer, but for the cover: who else reversed a part of it, in the dashboard, has brought that home already. The amount is
 * named, because without one Stripe takes the transfer's own, which is more than is left. Of two such requests Stripe refuses
 * the second, so that each attempt has a key of its own and none is told what Stripe said of an earlier one.
 * Source: docs.stripe.com/api/transfer_reversals/create.
 */
function reversalOf(stripe: Stripe, payout: Payout, coverMinor: number): Writing {
  const { id, attempts } = payout;
  const transferId = known(payout.transferId, "processor's transfer");
  let left = payout.amount.amount;
  return {
    async look() {
      const { amount, amount_reversed, reversals } = await transferAt(stripe, transferId);
      left = amount - amount_reversed;
      return left <= coverMinor ? (reversals.data[0]?.id ?? transferId) : undefined;
    },
    ask: async () => {
      // Under one key Stripe takes one amount, and what was taken since makes it another request.
      const options = { idempotencyKey: `reversal-${id}-${attempts}-${left}-${coverMinor}` };
      const order = { amount: left - coverMinor, metadata: { payoutId: id } };
      return (await stripe.transfers.createReversal(transferId, order, options)).id;
    },
  };
}

const transferAt = async ({ transfers }: Stripe, id: string) =>
  Transfer.parse(await answeredByStripe(() => asked(() => transfers.retrieve(id))));

const bankPayoutAt = async ({ payouts }: Stripe, id: string, stripeAccount: string) =>
  BankPayout.parse(await answeredByStripe(() => asked(() => payouts.retrieve(id, {}, { stripeAccount }))));

/** Sent back by the bank, which may be days after it was paid. Nothing where nobody sees into the account any more. */
async function bankPayoutChanged(stripe: Stripe, id: string, accountId: string) {
  const found = await bankPayoutAt(stripe, id, accountId).catch(unlessOutOfSight);
  const { metadata: payoutId, status, failure_code } = found ?? {};
  if (payoutId === undefined) return undefined;
  return { payoutId, objectId: id, ...(status === "failed" && { failureCode: failure_code ?? "failed" }) };
}

/** By whomever it was taken back, ourselves included. */
function transferChanged({ id, metadata: payoutId, amount_reversed, reversals }: ReturnType<typeof Transfer.parse>) {
  if (payoutId === undefined) return undefined;
  const last = reversals.data[0];
  return { payoutId, objectId: id, ...(last && { reversed: { id: last.id, amountMinor: amount_reversed } }) };
}
