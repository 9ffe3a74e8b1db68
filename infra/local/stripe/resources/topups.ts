import * as z from "zod";
import { collectionOf } from "../account.ts";
import type { Call } from "../call.ts";
import { control } from "../controls.ts";
import { newId } from "../identifiers.ts";
import type { Metadata } from "../metadata.ts";
import { parameters } from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { recordMovement } from "./balance-transactions.ts";

/** Stripe's `topup`: money of the platform's own that comes to its balance from its bank. */
export interface Topup {
  readonly id: string;
  readonly object: "topup";
  readonly amount: number;
  readonly balance_transaction: string;
  readonly created: number;
  readonly currency: string;
  readonly description: string | null;
  readonly expected_availability_date: number;
  readonly failure_code: null;
  readonly failure_message: null;
  readonly initiated_by: "user";
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly source: null;
  readonly statement_descriptor: null;
  readonly status: "succeeded" | "reversed";
  readonly transfer_group: null;
}

const topups = collectionOf<Topup>("topup");

function topupOf(call: Call): Topup {
  const topup = topups(call.account).get(call.id);
  if (!topup) throw resourceMissing("topup", call.id, "id", 404);
  return topup;
}

/** The same call, some time ago: a day that is over can be compared. */
const ago = (call: Call, ageSeconds: number): Call => ({ ...call, nowSeconds: call.nowSeconds - ageSeconds });

const money = {
  amount: z.int().min(1),
  currency: z.string().length(3).default("usd"),
  ageSeconds: z.int().min(0).default(0),
};

function topUp(call: Call, amount: number, currency: string): Topup {
  const { nowSeconds } = call;
  const id = newId("tu");
  const description = "Top-up";
  const movement = { amount, currency, fee: 0, source: id, type: "topup", reportingCategory: "topup", description };
  const arrived = recordMovement(call, { ...movement, availableOnSeconds: nowSeconds });
  const topup = topups(call.account).put({
    ...{ id, object: "topup", amount, balance_transaction: arrived.id, created: nowSeconds, currency, description },
    ...{ expected_availability_date: nowSeconds, failure_code: null, failure_message: null, initiated_by: "user" },
    ...{ livemode: false, metadata: {}, source: null, statement_descriptor: null, status: "succeeded" },
    transfer_group: null,
  });
  call.emit("topup.succeeded", topup);
  return topup;
}

/** "If an initially successful top-up fails or is canceled": https://docs.stripe.com/reports/balance-transaction-types. */
function reverse(call: Call, { amount, currency, ...topup }: Topup): Topup {
  const movement = { amount: -amount, currency, fee: 0, source: topup.id, description: "Top-up reversal" };
  const kind = { type: "topup_reversal", reportingCategory: "topup_reversal" };
  recordMovement(call, { ...movement, ...kind, availableOnSeconds: call.nowSeconds });
  const reversed = topups(call.account).put({ ...topup, amount, currency, status: "reversed" });
  call.emit("topup.reversed", reversed);
  return reversed;
}

export const topupRoutes = [route("GET /v1/topups/{id}", parameters({}), (_input, call) => topupOf(call))];

export const topupControls = [
  control("POST /_topups", z.strictObject(money), ({ amount, currency, ageSeconds }, call) =>
    topUp(ago(call, ageSeconds), amount, currency),
  ),
  control("POST /_topups/{id}/reversal", z.strictObject({}), (_input, call) => reverse(call, topupOf(call))),
  // A fee of the account, with the tax on it as its own fee; it belongs to no object.
  control(
    "POST /_fees",
    z.strictObject({ ...money, tax: z.int().min(0).default(0), type: z.string().default("stripe_fee") }),
    ({ amount, currency, ageSeconds, tax, type }, call) => {
      const movement = { amount: -amount, currency, fee: tax, source: null, type, description: "Connect" };
      const then = ago(call, ageSeconds);
      return recordMovement(then, { ...movement, reportingCategory: "fee", availableOnSeconds: then.nowSeconds });
    },
  ),
];
