import type { CardOutcome, TestCard } from "../cards.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { isWithin, page, parameters, text, timeRange } from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import type { Call } from "../call.ts";
import { recordMovement } from "./balance-transactions.ts";
import { charges, plainCharge } from "./charge.ts";
import type { Charge } from "./charge.ts";
import { openDispute } from "./dispute.ts";
import type { PaymentIntent } from "./payment-intent.ts";
import { chargedCard } from "./payment-methods.ts";

type Settled = Exclude<CardOutcome, { kind: "authenticate" }>;

/** A card that pays an intent. */
interface Payment {
  readonly card: TestCard;
  readonly paymentMethodId: string;
  readonly outcome: Settled;
}

/** Charges a card for an intent; success moves the account's balance. */
export function chargeCard(call: Call, intent: PaymentIntent, payment: Payment): Charge {
  const { card, outcome } = payment;
  const charge = charges(call.account).put(unsettled(call, intent, payment));
  if (outcome.kind !== "succeed") return charge;
  const { dispute } = card;
  if (dispute) call.later(call.settings.disputeDelayMs, (later) => void openDispute(later, charge.id, dispute));
  const { asyncCaptureDelayMs } = call.settings;
  if (intent.capture_method === "automatic" || asyncCaptureDelayMs === null) return settle(call, charge, card);
  call.later(asyncCaptureDelayMs, (later) => {
    const current = charges(later.account).get(charge.id) ?? charge;
    later.emit("charge.updated", settle(later, current, card));
  });
  return charge;
}

function settle(call: Call, charge: Charge, card: TestCard): Charge {
  const delaySeconds = card.bypassesPending ? 0 : call.settings.fundsDelaySeconds;
  const movement = recordMovement(call, {
    amount: charge.amount,
    currency: charge.currency,
    fee: call.settings.chargeFee(charge.amount, charge.currency),
    source: charge.id,
    type: "charge",
    reportingCategory: "charge",
    description: charge.description,
    availableOnSeconds: call.nowSeconds + delaySeconds,
  });
  return charges(call.account).put({ ...charge, balance_transaction: movement.id });
}

function unsettled(call: Call, intent: PaymentIntent, payment: Payment): Charge {
  const id = newId("ch");
  const { card, outcome } = payment;
  const isPaid = outcome.kind === "succeed";
  const { amount, currency, customer, description, metadata, receipt_email, transfer_group } = intent;
  return {
    ...plainCharge,
    ...{ id, amount, currency, customer, description, metadata, receipt_email, transfer_group },
    amount_captured: isPaid ? amount : 0,
    balance_transaction: null,
    calculated_statement_descriptor: intent.statement_descriptor ?? "ATOMIC INFLUENCE",
    captured: isPaid,
    created: call.nowSeconds,
    failure_code: outcome.kind === "decline" ? outcome.code : null,
    failure_message: outcome.kind === "decline" ? outcome.message : null,
    outcome: networkOutcome(outcome),
    paid: isPaid,
    payment_intent: intent.id,
    payment_method: payment.paymentMethodId,
    payment_method_details: { card: chargedCard(card, amount), type: "card" },
    receipt_url: isPaid ? `https://pay.stripe.com/receipts/payment/${id}` : null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: isPaid ? "succeeded" : "failed",
  };
}

function networkOutcome(outcome: Settled): object {
  const isDeclined = outcome.kind === "decline";
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: isDeclined ? "declined_by_network" : "approved_by_network",
    reason: isDeclined ? outcome.declineCode : null,
    risk_level: "normal",
    risk_score: 20,
    seller_message: isDeclined ? "The bank did not return any further details with this decline." : "Payment complete.",
    type: isDeclined ? "issuer_declined" : "authorized",
  };
}

const listed = { collection: charges, noun: "charge", url: "/v1/charges" };

const filters = {
  created: timeRange().optional(),
  customer: text().optional(),
  payment_intent: text().optional(),
  transfer_group: text().optional(),
};

export const chargeRoutes = [
  route("GET /v1/charges/{id}", parameters({}), (_input, call) => {
    const charge = charges(call.account).get(call.id);
    if (!charge) throw resourceMissing("charge", call.id, "id", 404);
    return charge;
  }),
  route("GET /v1/charges", parameters({ ...page, ...filters }), (input, call) =>
    listPage(
      listed,
      call.account,
      input,
      (charge) =>
        isWithin(charge.created, input.created) &&
        (input.customer === undefined || charge.customer === input.customer) &&
        (input.payment_intent === undefined || charge.payment_intent === input.payment_intent) &&
        (input.transfer_group === undefined || charge.transfer_group === input.transfer_group),
    ),
  ),
];
