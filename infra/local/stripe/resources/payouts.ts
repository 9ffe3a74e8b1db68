import * as z from "zod";
import type { Call } from "../call.ts";
import { control } from "../controls.ts";
import { currency, refusePayoutAmount } from "../currencies.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import { integer, isWithin, optionalText, page, parameters, text, timeRange } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { availableMinor, recordMovement } from "./balance-transactions.ts";
import { bankAccounts, connectedAccounts } from "./connected-account.ts";
import { cancelPayout, failPayout, failureCodes, payouts, sendPayout, setFailing, settlePayout } from "./payout.ts";
import type { Payout } from "./payout.ts";

const creation = parameters({
  amount: integer(1),
  currency: currency(),
  description: optionalText(),
  destination: text().optional(),
  metadata: metadata().optional(),
  method: z.enum(["instant", "standard"]).default("standard"),
  source_type: z.enum(["bank_account", "card", "fpx"]).default("card"),
  statement_descriptor: optionalText(),
});

type Creation = z.output<typeof creation>;

// https://docs.stripe.com/error-codes#payouts-not-allowed and #balance-insufficient; the latter's words:
// https://github.com/stripe/stripe-node/issues/1147
function refuseCreation(call: Call, input: Creation): void {
  const account = connectedAccounts(call.state.platform).get(call.account.id);
  if (account?.payouts_enabled === false) {
    throw invalidRequest("Payouts have been disabled on this account.", { code: "payouts_not_allowed" });
  }
  refusePayoutAmount(input.amount, input.currency);
  if (input.amount <= availableMinor(call.account, input.currency, call.nowSeconds)) return;
  throw invalidRequest(
    "You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.  You can use the the /v1/balance endpoint to view your Stripe balance (for more details, see stripe.com/docs/api#balance).",
    { code: "balance_insufficient" },
  );
}

function destinationOf(call: Call, input: Creation): string | null {
  const banks = bankAccounts(call.account);
  if (input.destination === undefined)
    return banks.newestFirst().find((bank) => bank.currency === input.currency)?.id ?? null;
  if (banks.get(input.destination)) return input.destination;
  throw resourceMissing("external account", input.destination, "destination", 400);
}

function create(call: Call, input: Creation): Payout {
  refuseCreation(call, input);
  const destination = destinationOf(call, input);
  const id = newId("po");
  const { amount, currency: code, method, source_type, statement_descriptor } = input;
  const description = input.description ?? "STRIPE PAYOUT";
  const text = { type: "payout", reportingCategory: "payout", description };
  const left = recordMovement(call, {
    ...{ ...text, amount: -amount, currency: code, fee: 0, source: id, availableOnSeconds: call.nowSeconds },
  });
  const payout = payouts(call.account).put({
    ...{ id, object: "payout", amount, application_fee: null, application_fee_amount: null, automatic: false },
    arrival_date: call.nowSeconds + Math.ceil((2 * (call.settings.payoutDelayMs ?? 0)) / 1000),
    ...{ balance_transaction: left.id, created: call.nowSeconds, currency: code, description, destination },
    ...{ failure_balance_transaction: null, failure_code: null, failure_message: null, livemode: false },
    metadata: withMetadata({}, input.metadata),
    ...{ method, original_payout: null, payout_method: null, reconciliation_status: "not_applicable" },
    ...{ reversed_by: null, source_type, statement_descriptor, status: "pending", type: "bank_account" },
    trace_id: { status: "pending", value: null },
  });
  call.emit("payout.created", payout);
  advanceLater(call, id, "pending");
  return payout;
}

// A payout that somebody has moved meanwhile, or canceled, is left where it is.
function advanceLater(call: Call, id: string, from: Payout["status"]): void {
  const { payoutDelayMs } = call.settings;
  if (payoutDelayMs === null) return;
  call.later(payoutDelayMs, (later) => {
    const payout = payouts(later.account).get(id);
    if (payout?.status !== from) return;
    if (from !== "pending") return void settlePayout(later, payout);
    sendPayout(later, payout);
    advanceLater(later, id, "in_transit");
  });
}

function payoutOf(call: Call): Payout {
  const payout = payouts(call.account).get(call.id);
  if (!payout) throw resourceMissing("payout", call.id, "id", 404);
  return payout;
}

const listed = { collection: payouts, noun: "payout", url: "/v1/payouts" };

const filters = {
  arrival_date: timeRange().optional(),
  created: timeRange().optional(),
  destination: text().optional(),
  status: text().optional(),
};

export const payoutRoutes = [
  route("POST /v1/payouts", creation, (input, call) => create(call, input)),
  route("GET /v1/payouts/{id}", parameters({}), (_input, call) => payoutOf(call)),
  route("POST /v1/payouts/{id}", parameters({ metadata: metadata().optional() }), (input, call) => {
    const known = payoutOf(call);
    const changed = { ...known, metadata: withMetadata(known.metadata, input.metadata) };
    call.emit("payout.updated", payouts(call.account).put(changed));
    return changed;
  }),
  // https://docs.stripe.com/api/payouts/cancel: only while it has not been sent.
  route("POST /v1/payouts/{id}/cancel", parameters({}), (_input, call) => {
    const payout = payoutOf(call);
    if (payout.status === "pending") return cancelPayout(call, payout);
    throw invalidRequest(
      `Payouts can only be canceled while they are pending; payout ${payout.id} has a status of ${payout.status}.`,
    );
  }),
  route("GET /v1/payouts", parameters({ ...page, ...filters }), (input, call) =>
    listPage(
      listed,
      call.account,
      input,
      (payout) =>
        isWithin(payout.created, input.created) &&
        isWithin(payout.arrival_date, input.arrival_date) &&
        (input.destination === undefined || payout.destination === input.destination) &&
        (input.status === undefined || payout.status === input.status),
    ),
  ),
];

const failureCode = z.enum(failureCodes);

const moves = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("in_transit") }),
  z.strictObject({ status: z.literal("paid") }),
  z.strictObject({ status: z.literal("failed"), failure_code: failureCode.default("could_not_process") }),
]);

export const payoutControls = [
  // The bank answers now.
  control("POST /_payouts/{id}", moves, (input, call) => {
    const payout = payoutOf(call);
    if (input.status === "in_transit") return sendPayout(call, payout);
    return input.status === "paid" ? settlePayout(call, payout) : failPayout(call, payout, input.failure_code);
  }),
  // Every payout of the account comes back, until `failure_code` is null.
  control("POST /_accounts/{id}/payouts", z.strictObject({ failure_code: failureCode.nullable() }), (input, call) => {
    setFailing(call.in(call.state.openAccount(call.id)), input.failure_code);
    return { account: call.id, ...input };
  }),
];
