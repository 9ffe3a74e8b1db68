import { collectionOf } from "../account.ts";
import type { Account } from "../account.ts";
import { cardOfDigits, cardOfToken } from "../cards.ts";
import type { TestCard } from "../cards.ts";
import { newId } from "../identifiers.ts";
import { resourceMissing } from "../refusal.ts";
import type { Call } from "../call.ts";

/** Stripe's `payment_method`, of a test card. */
export interface PaymentMethod {
  readonly id: string;
  readonly object: "payment_method";
  readonly allow_redisplay: "unspecified";
  readonly billing_details: object;
  readonly card: { readonly brand: string; readonly last4: string };
  readonly created: number;
  readonly customer: string | null;
  readonly customer_account: null;
  readonly livemode: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly type: "card";
}

/** The payment methods of an account, each made of a test token by its use. */
export const paymentMethods = collectionOf<PaymentMethod>("payment_method");

/** Nobody's billing details. */
export const noBillingDetails = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

/** The details of a card, as payment methods and charges show them. */
export function cardDetails(card: TestCard) {
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    display_brand: card.brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `local${card.brand}${card.last4}`,
    funding: "credit",
    generated_from: null,
    last4: card.last4,
    regulated_status: "unregulated",
    networks: { available: [card.brand], preferred: null },
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

/** The card of a charge. */
export function chargedCard(card: TestCard, amountMinor: number) {
  const {
    networks: _networks,
    three_d_secure_usage: _usage,
    display_brand: _brand,
    generated_from: _origin,
    ...shown
  } = cardDetails(card);
  return {
    ...shown,
    amount_authorized: amountMinor,
    authorization_code: null,
    extended_authorization: { status: "disabled" },
    incremental_authorization: { status: "unavailable" },
    installments: null,
    mandate: null,
    multicapture: { status: "unavailable" },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: amountMinor, status: "unavailable" },
    three_d_secure: null,
    transaction_link_id: null,
  };
}

/**
 * The payment method of a test token (made anew by each use, as Stripe does) or of an id.
 * @throws 400 when it names none.
 */
export function usePaymentMethod(call: Call, tokenOrId: string): PaymentMethod {
  const card = cardOfToken(tokenOrId);
  const known = card ? undefined : paymentMethods(call.account).get(tokenOrId);
  if (known) return known;
  if (!card) throw resourceMissing("PaymentMethod", tokenOrId, "payment_method", 400);
  return paymentMethods(call.account).put({
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: noBillingDetails,
    card: cardDetails(card),
    created: call.nowSeconds,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  });
}

/** The test card of a payment method. */
export function cardOf(account: Account, id: string): TestCard {
  const card = cardOfDigits(paymentMethods(account).get(id)?.card.last4 ?? "");
  if (!card) throw resourceMissing("PaymentMethod", id, "payment_method", 400);
  return card;
}
