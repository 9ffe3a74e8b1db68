/** What a test card does when it is charged. */
export type CardOutcome =
  | { readonly kind: "succeed" }
  | { readonly kind: "authenticate" }
  | { readonly kind: "decline"; readonly code: string; readonly declineCode: string; readonly message: string };

/** Why a cardholder may dispute a charge. */
export const disputeReasons = ["fraudulent", "product_not_received", "general", "duplicate", "unrecognized"] as const;

/** One of them. */
export type DisputeReason = (typeof disputeReasons)[number];

/** A test card of https://docs.stripe.com/testing. */
export interface TestCard {
  readonly brand: string;
  readonly last4: string;
  readonly outcome: CardOutcome;
  /** Its funds skip the pending balance. */
  readonly bypassesPending?: boolean;
  /** Why its owner disputes every charge; an inquiry leaves the money where it is. */
  readonly dispute?: { readonly reason: DisputeReason; readonly isInquiry: boolean };
  /** Its refunds are pending at first, or seem to succeed and then fail. */
  readonly refund?: "pending" | "fails";
}

const succeed: CardOutcome = { kind: "succeed" };
const authenticate: CardOutcome = { kind: "authenticate" };

function declining(last4: string, declineCode: string, code = "card_declined", message?: string): TestCard {
  const text = message ?? "Your card was declined.";
  return { brand: "visa", last4, outcome: { kind: "decline", code, declineCode, message: text } };
}

function disputing(last4: string, reason: DisputeReason, isInquiry = false): TestCard {
  return { brand: "visa", last4, outcome: succeed, dispute: { reason, isInquiry } };
}

const generic = declining("0002", "generic_decline");
const insufficient = declining("9995", "insufficient_funds", "card_declined", "Your card has insufficient funds.");

const cards: Readonly<Record<string, TestCard>> = {
  pm_card_visa: { brand: "visa", last4: "4242", outcome: succeed },
  pm_card_mastercard: { brand: "mastercard", last4: "4444", outcome: succeed },
  pm_card_amex: { brand: "amex", last4: "8431", outcome: succeed },
  pm_card_bypassPending: { brand: "visa", last4: "0077", outcome: succeed, bypassesPending: true },
  pm_card_createDispute: disputing("0259", "fraudulent"),
  pm_card_createDisputeProductNotReceived: disputing("2685", "product_not_received"),
  pm_card_createDisputeInquiry: disputing("1976", "fraudulent", true),
  pm_card_pendingRefund: { brand: "visa", last4: "7726", outcome: succeed, refund: "pending" },
  pm_card_refundFail: { brand: "visa", last4: "5126", outcome: succeed, refund: "fails" },
  pm_card_threeDSecure2Required: { brand: "visa", last4: "3220", outcome: authenticate },
  pm_card_authenticationRequired: { brand: "visa", last4: "3184", outcome: authenticate },
  pm_card_chargeDeclined: generic,
  pm_card_visa_chargeDeclined: generic,
  pm_card_chargeDeclinedInsufficientFunds: insufficient,
  pm_card_visa_chargeDeclinedInsufficientFunds: insufficient,
  pm_card_chargeDeclinedExpiredCard: declining("0069", "expired_card", "expired_card", "Your card has expired."),
  pm_card_chargeDeclinedIncorrectCvc: declining(
    "0127",
    "incorrect_cvc",
    "incorrect_cvc",
    "Your card's security code is incorrect.",
  ),
  pm_card_chargeDeclinedProcessingError: declining(
    "0119",
    "processing_error",
    "processing_error",
    "An error occurred while processing your card. Try again in a little bit.",
  ),
};

/** The decline of an off-session payment whose card asks for its owner. */
export const authenticationRequired: CardOutcome = {
  kind: "decline",
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

/** The card behind a test token such as `pm_card_visa`. */
export function cardOfToken(token: string): TestCard | undefined {
  return Object.hasOwn(cards, token) ? cards[token] : undefined;
}

/** The card behind a payment method made of a token; the last four digits of test cards are distinct. */
export function cardOfDigits(last4: string): TestCard | undefined {
  return Object.values(cards).find((card) => card.last4 === last4);
}
