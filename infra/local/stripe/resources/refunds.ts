import * as z from "zod";
import type { Call } from "../call.ts";
import { cardOfDigits } from "../cards.ts";
import { control } from "../controls.ts";
import { refuseThirdDecimal, shownAmount } from "../currencies.ts";
import { showWhenExpanded } from "../expand.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import { integer, isWithin, page, parameters, text, timeRange } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { recordMovement } from "./balance-transactions.ts";
import { charges } from "./charge.ts";
import type { Charge } from "./charge.ts";
import { closeDispute, disputes, isClosed } from "./dispute.ts";
import { paymentIntents } from "./payment-intent.ts";
import { paymentMethods } from "./payment-methods.ts";
import { plainRefund, refunds } from "./refund.ts";
import type { Refund } from "./refund.ts";

const creation = parameters({
  amount: integer(1).optional(),
  charge: text().optional(),
  metadata: metadata().optional(),
  payment_intent: text().optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).nullable().default(null),
});

type Creation = z.output<typeof creation>;

function chargeOf(call: Call, input: Creation): Charge {
  const { charge: id, payment_intent: intentId } = input;
  if (id !== undefined) {
    const charge = charges(call.account).get(id);
    if (!charge) throw resourceMissing("charge", id, "charge", 400);
    return charge;
  }
  if (intentId === undefined) {
    throw invalidRequest("One of the following params should be provided for this request: payment_intent or charge.");
  }
  const intent = paymentIntents(call.account).get(intentId);
  if (!intent) throw resourceMissing("payment_intent", intentId, "payment_intent", 400);
  const charge = charges(call.account).get(intent.latest_charge ?? "");
  if (charge?.paid) return charge;
  throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
}

// https://docs.stripe.com/error-codes#charge-already-refunded, #charge-disputed; their words:
// https://github.com/Sylius/StripePlugin/pull/120, https://github.com/reactioncommerce/reaction/issues/3704
function amountOf(call: Call, charge: Charge, wanted: number | undefined): number {
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`;
    throw invalidRequest(message, { code: "charge_already_refunded" });
  }
  const isChargedBack = disputes(call.account)
    .newestFirst()
    .some(
      ({ charge: id, is_charge_refundable, status }) => id === charge.id && !is_charge_refundable && status !== "won",
    );
  if (isChargedBack) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: "charge_disputed",
    });
  }
  const amount = wanted ?? left;
  refuseThirdDecimal(amount, charge.currency);
  if (amount <= left) return amount;
  const shown = (minor: number) => shownAmount(minor, charge.currency);
  throw invalidRequest(
    `Refund amount (${shown(amount)}) is greater than unrefunded amount on charge (${shown(left)})`,
    { param: "amount" },
  );
}

function moneyBack(call: Call, charge: Charge, by: number): Charge {
  const current = charges(call.account).get(charge.id) ?? charge;
  const amount_refunded = current.amount_refunded + by;
  return charges(call.account).put({ ...current, amount_refunded, refunded: amount_refunded === current.amount });
}

// https://docs.stripe.com/disputes/how-disputes-work#inquiries: who has all the money back has nothing to ask for.
function closeInquiries(call: Call, { id }: Charge): void {
  for (const dispute of disputes(call.account).newestFirst()) {
    if (dispute.charge === id && !isClosed(dispute)) closeDispute(call, dispute, "won");
  }
}

function create(call: Call, input: Creation): Refund {
  const charge = chargeOf(call, input);
  const amount = amountOf(call, charge, input.amount);
  const id = newId("re");
  const { currency, payment_intent, payment_method } = charge;
  const card = cardOfDigits(paymentMethods(call.account).get(payment_method ?? "")?.card.last4 ?? "");
  // https://docs.stripe.com/refunds: the fee of the charge is not returned.
  const movement = recordMovement(call, {
    ...{ amount: -amount, currency, fee: 0, source: id, type: "refund", reportingCategory: "refund" },
    description: "REFUND FOR CHARGE",
    availableOnSeconds: call.nowSeconds,
  });
  const refund = refunds(call.account).put({
    ...plainRefund,
    ...{ id, amount, currency, charge: charge.id, payment_intent, payment_method, reason: input.reason },
    balance_transaction: movement.id,
    created: call.nowSeconds,
    metadata: withMetadata({}, input.metadata),
    status: card?.refund === "pending" ? "pending" : "succeeded",
  });
  call.emit("refund.created", refund);
  const refunded = moneyBack(call, charge, amount);
  call.emit("charge.refunded", refunded);
  if (refunded.refunded) closeInquiries(call, refunded);
  settleLater(call, refund, card?.refund);
  return refund;
}

// https://docs.stripe.com/testing#refunds: one test card's refunds are pending and then succeed, another's succeed
// and then fail.
function settleLater(call: Call, { id }: Refund, manner: "pending" | "fails" | undefined): void {
  if (manner === undefined) return;
  call.later(call.settings.refundDelayMs, (later) => {
    const refund = refunds(later.account).get(id);
    if (!refund) return;
    if (manner === "fails") fail(later, refund, "unknown");
    else if (refund.status === "pending") succeed(later, refund);
  });
}

function succeed(call: Call, refund: Refund): Refund {
  const succeeded = refunds(call.account).put({ ...refund, status: "succeeded" });
  call.emit("refund.updated", succeeded);
  return succeeded;
}

// https://docs.stripe.com/refunds#failed-refunds: the bank sends the money back, and it is the account's again.
function fail(call: Call, refund: Refund, failure_reason: string): Refund {
  if (refund.status === "failed") throw invalidRequest(`Refund ${refund.id} has failed already.`);
  const { amount, currency, id } = refund;
  const returned = recordMovement(call, {
    ...{ amount, currency, fee: 0, source: id, type: "refund_failure", reportingCategory: "refund_failure" },
    description: "REFUND FAILURE",
    availableOnSeconds: call.nowSeconds,
  });
  const charge = charges(call.account).get(refund.charge);
  if (charge) moneyBack(call, charge, -amount);
  const failed = refunds(call.account).put({
    ...{ ...refund, failure_balance_transaction: returned.id, failure_reason, status: "failed" },
  });
  call.emit("refund.updated", failed);
  call.emit("refund.failed", failed);
  return failed;
}

function refundOf(call: Call): Refund {
  const refund = refunds(call.account).get(call.id);
  if (!refund) throw resourceMissing("refund", call.id, "id", 404);
  return refund;
}

const listed = { collection: refunds, noun: "refund", url: "/v1/refunds" };

// https://docs.stripe.com/changelog/2022-11-15/charge-no-refunds-auto-expand
showWhenExpanded("charge.refunds", (call, id) => {
  const url = `/v1/charges/${id}/refunds`;
  return listPage({ ...listed, url }, call.account, {}, (refund) => refund.charge === id);
});

const filters = { charge: text().optional(), created: timeRange().optional(), payment_intent: text().optional() };

export const refundRoutes = [
  route("POST /v1/refunds", creation, (input, call) => create(call, input)),
  route("GET /v1/refunds/{id}", parameters({}), (_input, call) => refundOf(call)),
  route("POST /v1/refunds/{id}", parameters({ metadata: metadata().optional() }), (input, call) => {
    const known = refundOf(call);
    const changed = { ...known, metadata: withMetadata(known.metadata, input.metadata) };
    call.emit("refund.updated", refunds(call.account).put(changed));
    return changed;
  }),
  route("GET /v1/refunds", parameters({ ...page, ...filters }), (input, call) =>
    listPage(
      listed,
      call.account,
      input,
      (refund) =>
        isWithin(refund.created, input.created) &&
        (input.charge === undefined || refund.charge === input.charge) &&
        (input.payment_intent === undefined || refund.payment_intent === input.payment_intent),
    ),
  ),
];

const decision = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("succeeded") }),
  z.strictObject({ status: z.literal("failed"), failure_reason: z.string().default("lost_or_stolen_card") }),
]);

export const refundControls = [
  // The cardholder's bank has answered.
  control("POST /_refunds/{id}", decision, (input, call) =>
    input.status === "failed" ? fail(call, refundOf(call), input.failure_reason) : succeed(call, refundOf(call)),
  ),
];
