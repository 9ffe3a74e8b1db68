import * as z from "zod";
import { Currency } from "#shared/domain/kernel/money";
import type { ProcessorMovement } from "#shared/domain/processor/movement";

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
 * The balance that is available or pending; others are apart from it (issuing, reserves, what was set aside for refunds).
 * Source: docs.stripe.com/api/balance_transactions/object, `balance_type`; docs.stripe.com/api/balance/balance_object.
 */
const FOLLOWED_BALANCE = "payments";

/**
 * A balance transaction with the objects it is about: its source, and what the source itself belongs to. Money in a currency that
 * no wallet can hold, or on another balance than we ask Stripe about, is not in our books: of it there is none.
 */
export function movementOf(transaction: unknown): readonly ProcessorMovement[] {
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
