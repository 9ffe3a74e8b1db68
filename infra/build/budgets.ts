import type { Size } from "./bundle.ts";

/** Largest bundles, bytes: the click path, and everything else. Why these: docs/decisions.md, budgets. */
export const budgets = { click: 15_000, api: 400_000 };

const STRIPE = "Stripe's client is 250 kB; only what talks to Stripe carries it";
const MAIL = "It composes MIME with nodemailer and sends with SES's client";
/** Bundles above the budget, and why. */
export const exceptions: Readonly<Record<string, string>> = {
  "audit-ledger": STRIPE,
  "book-house-movement": STRIPE,
  "book-processor-fees": STRIPE,
  "carry-out-payouts": STRIPE,
  "compare-payout-accounts": STRIPE,
  "confirm-deposit": STRIPE,
  "deposit-funds": STRIPE,
  "follow-payout-accounts": STRIPE,
  "get-payout-account": STRIPE,
  "open-payout-account": STRIPE,
  "open-payout-account-for": STRIPE,
  "open-wallet": STRIPE,
  "process-stripe-event": STRIPE,
  "prove-ledger": STRIPE,
  "receive-stripe-webhook": STRIPE,
  "reconcile-payments": STRIPE,
  "submit-refund": STRIPE,
  "sweep-deposits": STRIPE,
  "sweep-refunds": STRIPE,
  "mail-people": MAIL,
  "mail-sign-in-code": MAIL,
};

const budgetOf = (name: string): number => (name === "redirect-visitor" ? budgets.click : budgets.api);

/** What is over its budget without being an exception, and exceptions that have become unnecessary. */
export const offences = (sizes: readonly Size[]): readonly string[] =>
  sizes.flatMap(({ name, bytes }) => {
    const over = bytes > budgetOf(name);
    if (over && !(name in exceptions)) return [`${name}: ${bytes} bytes, budget ${budgetOf(name)}`];
    return !over && name in exceptions ? [`${name}: within its budget, and no exception any more`] : [];
  });
