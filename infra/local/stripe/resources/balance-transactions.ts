import * as z from "zod";
import { collectionOf } from "../account.ts";
import type { Account } from "../account.ts";
import { currency } from "../currencies.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { isWithin, page, parameters, text, timeRange } from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import type { Call } from "../call.ts";
import { control } from "../controls.ts";

/** Stripe's `balance_transaction`: one movement of an account's balance. */
export interface BalanceTransaction {
  readonly id: string;
  readonly object: "balance_transaction";
  /** Signed, before the fee. */
  readonly amount: number;
  readonly available_on: number;
  readonly balance_type: "payments";
  readonly created: number;
  readonly currency: string;
  readonly description: string | null;
  readonly exchange_rate: null;
  readonly fee: number;
  readonly fee_details: readonly {
    readonly amount: number;
    readonly application: null;
    readonly currency: string;
    readonly description: string;
    readonly type: "stripe_fee";
  }[];
  readonly net: number;
  readonly reporting_category: string;
  readonly source: string | null;
  readonly status: "available" | "pending";
  readonly type: string;
}

/** The movements of an account's balance. Their `status` is that of their making; reading them tells today's. */
export const balanceTransactions = collectionOf<BalanceTransaction>("balance_transaction");

/** What a new movement says of itself. */
export interface Movement {
  readonly amount: number;
  readonly currency: string;
  readonly fee: number;
  /** What it is about; null for a fee of the account. */
  readonly source: string | null;
  readonly type: string;
  readonly reportingCategory: string;
  readonly description: string | null;
  readonly availableOnSeconds: number;
}

/** Records a movement of the calling account's balance. */
export function recordMovement(call: Call, movement: Movement): BalanceTransaction {
  const { amount, currency: code, fee } = movement;
  const detail = { amount: fee, application: null, currency: code, description: "Stripe processing fees" };
  return balanceTransactions(call.account).put({
    id: newId("txn"),
    object: "balance_transaction",
    amount,
    available_on: movement.availableOnSeconds,
    balance_type: "payments",
    created: call.nowSeconds,
    currency: code,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ ...detail, type: "stripe_fee" }],
    net: amount - fee,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: movement.availableOnSeconds <= call.nowSeconds ? "available" : "pending",
    type: movement.type,
  });
}

/** A movement as it stands at a moment: funds become available by time alone. */
export function atTime(transaction: BalanceTransaction, nowSeconds: number): BalanceTransaction {
  return { ...transaction, status: transaction.available_on <= nowSeconds ? "available" : "pending" };
}

/** What an account holds in a currency, spendable now. */
export function availableMinor(account: Account, code: string, nowSeconds: number): number {
  return balanceTransactions(account)
    .newestFirst()
    .filter((transaction) => transaction.currency === code && transaction.available_on <= nowSeconds)
    .reduce((sum, transaction) => sum + transaction.net, 0);
}

const listed = { collection: balanceTransactions, noun: "balance transaction", url: "/v1/balance_transactions" };

export const balanceTransactionRoutes = [
  route("GET /v1/balance_transactions/{id}", parameters({}), (_input, call) => {
    const transaction = balanceTransactions(call.account).get(call.id);
    if (!transaction) throw resourceMissing("balance transaction", call.id, "id", 404);
    return atTime(transaction, call.nowSeconds);
  }),
  route(
    "GET /v1/balance_transactions",
    parameters({
      ...page,
      created: timeRange().optional(),
      currency: currency().optional(),
      payout: text().optional(),
      source: text().optional(),
      type: text().optional(),
    }),
    (input, call) => {
      const found = listPage(
        listed,
        call.account,
        input,
        (transaction) =>
          isWithin(transaction.created, input.created) &&
          (input.currency === undefined || transaction.currency === input.currency) &&
          // Of a manual payout Stripe knows only its own movements, not the ones it is made of.
          [input.source, input.payout].every((id) => id === undefined || transaction.source === id) &&
          (input.type === undefined || transaction.type === input.type),
      );
      return { ...found, data: found.data.map((transaction) => atTime(transaction, call.nowSeconds)) };
    },
  ),
];

/** Money that Stripe moves by itself. Source: docs.stripe.com/reports/reporting-categories, `other_adjustment`. */
const adjustment = z.strictObject({ amount: z.int(), currency: z.string().regex(/^[a-z]{3}$/) });

export const balanceTransactionControls = [
  control("POST /_balance_transactions", adjustment, (moved, call) =>
    recordMovement(call, {
      ...moved,
      ...{ fee: 0, source: null, type: "adjustment", reportingCategory: "other_adjustment" },
      description: "Adjustment",
      availableOnSeconds: call.nowSeconds,
    }),
  ),
];
