import { authenticationRequired } from "../cards.ts";
import type { CardOutcome, TestCard } from "../cards.ts";
import { newId } from "../identifiers.ts";
import { StripeRefusal, invalidRequest } from "../refusal.ts";
import type { Call } from "../call.ts";
import { chargeCard } from "./charges.ts";
import { paymentIntents } from "./payment-intent.ts";
import type { PaymentIntent } from "./payment-intent.ts";
import { cardOf, paymentMethods, usePaymentMethod } from "./payment-methods.ts";

/** What a confirmation may bring along. */
export interface Confirmation {
  readonly off_session?: boolean | undefined;
  readonly payment_method?: string | undefined;
  readonly receipt_email?: string | undefined;
  readonly return_url?: string | undefined;
}

const confirmable = ["requires_payment_method", "requires_confirmation", "requires_action"];

/**
 * Pays an intent with its card.
 * @returns the intent, succeeded or waiting for its payer's authentication.
 * @throws 402 `card_error` when the card is declined: the intent then asks for another payment method.
 */
export function confirm(call: Call, intent: PaymentIntent, confirmation: Confirmation): PaymentIntent {
  refuseState(intent);
  const paymentMethodId =
    confirmation.payment_method === undefined
      ? intent.payment_method
      : usePaymentMethod(call, confirmation.payment_method).id;
  if (paymentMethodId === null) throw missingPaymentMethod(intent);
  const card = cardOf(call.account, paymentMethodId);
  const readied = { ...intent, receipt_email: confirmation.receipt_email ?? intent.receipt_email };
  const payment = { card, paymentMethodId };
  const outcome: CardOutcome =
    card.outcome.kind === "authenticate" && confirmation.off_session ? authenticationRequired : card.outcome;
  if (outcome.kind === "authenticate") return askForAction(call, readied, paymentMethodId, confirmation.return_url);
  if (outcome.kind === "succeed") return succeed(call, readied, payment);
  throw decline(call, readied, { ...payment, outcome });
}

/** @param intent The intent, when it exists already. */
export function missingPaymentMethod(intent?: PaymentIntent): StripeRefusal {
  return invalidRequest(
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    { code: "payment_intent_unexpected_state", ...(intent ? { payment_intent: intent } : {}) },
  );
}

interface Payment {
  readonly card: TestCard;
  readonly paymentMethodId: string;
}

function refuseState(intent: PaymentIntent): void {
  if (confirmable.includes(intent.status)) return;
  const reason =
    intent.status === "succeeded"
      ? "it has already succeeded after being previously confirmed."
      : `it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action.`;
  throw invalidRequest(`You cannot confirm this PaymentIntent because ${reason}`, {
    code: "payment_intent_unexpected_state",
    payment_intent: intent,
  });
}

function succeed(call: Call, intent: PaymentIntent, payment: Payment): PaymentIntent {
  const charge = chargeCard(call, intent, { ...payment, outcome: { kind: "succeed" } });
  const succeeded = paymentIntents(call.account).put({
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: payment.paymentMethodId,
    status: "succeeded",
  });
  call.emit("charge.succeeded", charge);
  call.emit("payment_intent.succeeded", succeeded);
  return succeeded;
}

type Decline = Extract<CardOutcome, { kind: "decline" }>;

function decline(call: Call, intent: PaymentIntent, payment: Payment & { readonly outcome: Decline }): StripeRefusal {
  const { outcome, paymentMethodId } = payment;
  const charge = chargeCard(call, intent, payment);
  const paymentMethod = paymentMethods(call.account).get(paymentMethodId);
  const error = {
    type: "card_error",
    code: outcome.code,
    message: outcome.message,
    decline_code: outcome.declineCode,
    charge: charge.id,
    ...(paymentMethod ? { payment_method: paymentMethod } : {}),
  } as const;
  const declined = paymentIntents(call.account).put({
    ...intent,
    last_payment_error: new StripeRefusal(402, error).body,
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: "requires_payment_method",
  });
  call.emit("charge.failed", charge);
  call.emit("payment_intent.payment_failed", declined);
  return new StripeRefusal(402, { ...error, payment_intent: declined });
}

function askForAction(
  call: Call,
  intent: PaymentIntent,
  paymentMethodId: string,
  returnUrl: string | undefined,
): PaymentIntent {
  const source = newId("payatt");
  const url = `https://hooks.stripe.com/3d_secure_2/hosted?payment_attempt=${source}&payment_intent=${intent.id}`;
  const waiting = paymentIntents(call.account).put({
    ...intent,
    last_payment_error: null,
    next_action:
      returnUrl === undefined
        ? { type: "use_stripe_sdk", use_stripe_sdk: { source, stripe_js: url, type: "three_d_secure_redirect" } }
        : { redirect_to_url: { return_url: returnUrl, url }, type: "redirect_to_url" },
    payment_method: paymentMethodId,
    status: "requires_action",
  });
  call.emit("payment_intent.requires_action", waiting);
  return waiting;
}
