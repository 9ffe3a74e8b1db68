import { collectionOf } from "../account.ts";
import type { CardOutcome, TestCard } from "../cards.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import type { Metadata } from "../metadata.ts";
import { isWithin, page, parameters, text, timeRange } from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import type { Call } from "../routes.ts";
import { recordMovement } from "./balance-transactions.ts";
import type { PaymentIntent } from "./payment-intent.ts";
import { cardDetails, noBillingDetails } from "./payment-methods.ts";

/** Stripe's `charge`. */
export interface Charge {
  readonly id: string;
  readonly object: "charge";
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly application: null;
  readonly application_fee: null;
  readonly application_fee_amount: null;
  readonly balance_transaction: string | null;
  readonly billing_details: object;
  readonly calculated_statement_descriptor: string | null;
  readonly captured: boolean;
  readonly created: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly description: string | null;
  readonly disputed: boolean;
  readonly failure_balance_transaction: null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly fraud_details: object;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly on_behalf_of: null;
  readonly outcome: object;
  readonly paid: boolean;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly payment_method_details: object;
  readonly receipt_email: string | null;
  readonly receipt_number: null;
  readonly receipt_url: string | null;
  readonly refunded: boolean;
  readonly review: null;
  readonly shipping: null;
  readonly source: null;
  readonly source_transfer: null;
  readonly statement_descriptor: string | null;
  readonly statement_descriptor_suffix: string | null;
  readonly status: "succeeded" | "failed";
  readonly transfer_data: null;
  readonly transfer_group: string | null;
}

/** The charges of an account. */
export const charges = collectionOf<Charge>("charge");

type Settled = Exclude<CardOutcome, { kind: "authenticate" }>;

/** Charges a card for an intent; success moves the account's balance. */
export function chargeCard(
  call: Call,
  intent: PaymentIntent,
  payment: { readonly card: TestCard; readonly paymentMethodId: string; readonly outcome: Settled },
): Charge {
  const id = newId("ch");
  const { card, outcome } = payment;
  const isPaid = outcome.kind === "succeed";
  const settled = isPaid ? settle(call, intent, id, card) : null;
  return charges(call.account).put({
    ...chargeBase(id, call.nowSeconds, intent),
    amount_captured: isPaid ? intent.amount : 0,
    balance_transaction: settled,
    captured: isPaid,
    failure_code: outcome.kind === "decline" ? outcome.code : null,
    failure_message: outcome.kind === "decline" ? outcome.message : null,
    outcome: networkOutcome(outcome),
    paid: isPaid,
    payment_method: payment.paymentMethodId,
    payment_method_details: { card: { ...cardDetails(card), network: card.brand }, type: "card" },
    receipt_url: isPaid ? `https://pay.stripe.com/receipts/payment/${id}` : null,
    status: isPaid ? "succeeded" : "failed",
  });
}

function settle(call: Call, intent: PaymentIntent, chargeId: string, card: TestCard): string {
  const delaySeconds = card.bypassesPending ? 0 : call.settings.fundsDelaySeconds;
  const movement = recordMovement(call, {
    amount: intent.amount,
    currency: intent.currency,
    fee: call.settings.chargeFee(intent.amount, intent.currency),
    source: chargeId,
    type: "charge",
    reportingCategory: "charge",
    description: intent.description,
    availableOnSeconds: call.nowSeconds + delaySeconds,
  });
  return movement.id;
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

function chargeBase(id: string, created: number, intent: PaymentIntent) {
  return {
    id,
    object: "charge",
    amount: intent.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    billing_details: noBillingDetails,
    calculated_statement_descriptor: intent.statement_descriptor ?? "ATOMIC INFLUENCE",
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    payment_intent: intent.id,
    receipt_email: intent.receipt_email,
    receipt_number: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } as const;
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
