import * as z from "zod";
import { Currency } from "#shared/domain/kernel/money";
import { epochSeconds } from "#shared/domain/kernel/time";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { ProcessorStatements } from "#shared/ports/reconciliations";
import { answeredByStripe } from "./client.ts";
import { connectionTo, everyOf, read, type StripeEnvironment } from "./connection.ts";
import { undefinedWhenUnknown } from "./records.ts";

/** What a movement is about, as far as it is expanded. */
const Source = z.looseObject({
  id: z.string(),
  payment_intent: z.string().nullish(),
  charge: z.string().nullish(),
  transfer: z.string().nullish(),
});
const BalanceTransaction = z.object({
  id: z.string(),
  type: z.string(),
  reporting_category: z.string(),
  balance_type: z.string(),
  amount: z.int(),
  fee: z.int(),
  created: z.int(),
  currency: z.string().transform((code) => code.toUpperCase()),
  source: z.union([z.string(), Source]).nullish(),
});

/**
 * Stripe's balance transactions, each with the objects it is about: its source, and what the source itself belongs to.
 * Source: docs.stripe.com/api/balance_transactions/list.
 */
export function stripeStatements(env: StripeEnvironment): ProcessorStatements {
  const { connected } = connectionTo(env);
  async function movements(from: string, to: string, only: { readonly type?: string } = {}) {
    const { balanceTransactions } = await connected();
    const asked = { created: { gte: epochSeconds(from), lt: epochSeconds(to) }, expand: ["data.source"], ...only };
    return answeredByStripe(async () => {
      const found: ProcessorMovement[] = [];
      for await (const one of everyOf((page) => balanceTransactions.list({ ...asked, ...page })))
        found.push(...movementOf(one));
      return found;
    });
  }
  return {
    movements: (from, to) => movements(from, to),
    movementsOfType: (type, from, to) => movements(from, to, { type }),
    async movement(id) {
      const { balanceTransactions } = await connected();
      const one = await read(() => balanceTransactions.retrieve(id, { expand: ["source"] })).catch(
        undefinedWhenUnknown,
      );
      return one && movementOf(one)[0];
    },
  };
}

/**
 * The balance that is available or pending; others are apart from it (issuing, reserves, what was set aside for refunds).
 * Source: docs.stripe.com/api/balance_transactions/object, `balance_type`; docs.stripe.com/api/balance/balance_object.
 */
const FOLLOWED_BALANCE = "payments";

/** Money in a currency that no wallet can hold, or on another balance than we ask Stripe about, is not in our books. */
function movementOf(transaction: unknown): ProcessorMovement[] {
  const { id, type, amount, fee, created, currency, source, ...its } = BalanceTransaction.parse(transaction);
  const code = Currency.safeParse(currency);
  if (!code.success || its.balance_type !== FOLLOWED_BALANCE) return [];
  return [
    {
      id,
      type,
      category: its.reporting_category,
      currency: code.data,
      amountMinor: amount,
      feeMinor: fee,
      createdAt: new Date(created * 1000).toISOString(),
      objectIds: typeof source === "object" && source !== null ? idsOf(source) : source ? [source] : [],
    },
  ];
}

const idsOf = ({ id, payment_intent, charge, transfer }: z.infer<typeof Source>): string[] =>
  [id, payment_intent, charge, transfer].flatMap((one) => one ?? []);
