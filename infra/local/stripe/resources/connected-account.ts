import { collectionOf } from "../account.ts";
import type { Call } from "../call.ts";
import { newId } from "../identifiers.ts";
import type { Metadata } from "../metadata.ts";

type CapabilityStatus = "active" | "inactive" | "pending";

/** Stripe's `account`, of somebody whom the platform pays. */
export interface ConnectedAccount {
  readonly id: string;
  readonly object: "account";
  readonly business_profile: object;
  readonly business_type: string | null;
  readonly capabilities: Readonly<Record<string, CapabilityStatus>>;
  readonly charges_enabled: boolean;
  readonly controller: object;
  readonly country: string;
  readonly created: number;
  readonly default_currency: string;
  readonly details_submitted: boolean;
  readonly email: string | null;
  readonly external_accounts: {
    readonly object: "list";
    readonly data: readonly BankAccount[];
    readonly has_more: false;
    readonly url: string;
  };
  readonly future_requirements: Requirements;
  readonly metadata: Metadata;
  readonly payouts_enabled: boolean;
  readonly requirements: Requirements;
  readonly settings: object & { readonly payouts: PayoutSettings };
  readonly tos_acceptance: { readonly date: number | null; readonly ip: string | null; readonly user_agent: null };
  readonly type: string;
}

/** What an account still has to prove. */
export interface Requirements {
  readonly alternatives: readonly never[];
  readonly current_deadline: null;
  readonly currently_due: readonly string[];
  readonly disabled_reason: string | null;
  readonly errors: readonly never[];
  readonly eventually_due: readonly string[];
  readonly past_due: readonly string[];
  readonly pending_verification: readonly never[];
}

/** When an account's balance goes to its bank. */
export interface PayoutSettings {
  readonly debit_negative_balances: boolean;
  readonly schedule: { readonly delay_days: number; readonly interval: string };
  readonly statement_descriptor: string | null;
}

/** Stripe's `bank_account`. */
export interface BankAccount {
  readonly id: string;
  readonly object: "bank_account";
  readonly created: number;
  readonly [field: string]: unknown;
}

/** The accounts connected to a platform. */
export const connectedAccounts = collectionOf<ConnectedAccount>("account");

/** The bank accounts of an account. */
export const bankAccounts = collectionOf<BankAccount>("bank_account");

/**
 * Where an account stands with Stripe: not yet onboarded; able to be paid; asked for more, and not paid out until it
 * is given; rejected.
 */
export type AccountState = "new" | "enabled" | "restricted" | "disabled";

/** Requirements that are due at once. */
export function requirementsDue(due: readonly string[], disabledReason: string | null): Requirements {
  return {
    alternatives: [],
    current_deadline: null,
    currently_due: due,
    disabled_reason: disabledReason,
    errors: [],
    eventually_due: due,
    past_due: due,
    pending_verification: [],
  };
}

// https://docs.stripe.com/connect/required-verification-information: what a new individual in the US is asked for.
const dueAtFirst = [
  "business_profile.url",
  "external_account",
  "individual.dob.day",
  "individual.dob.month",
  "individual.dob.year",
  "individual.email",
  "individual.first_name",
  "individual.last_name",
  "tos_acceptance.date",
  "tos_acceptance.ip",
];

// https://docs.stripe.com/api/accounts/object#account_object-requirements-disabled_reason
const standings = {
  new: { due: dueAtFirst, reason: "requirements.past_due", transfers: "inactive", submitted: false },
  enabled: { due: [], reason: null, transfers: "active", submitted: true },
  restricted: {
    due: ["individual.verification.document"],
    reason: "requirements.past_due",
    transfers: "active",
    submitted: true,
  },
  disabled: { due: [], reason: "rejected.fraud", transfers: "inactive", submitted: true },
} as const;

/** The account as it is in a state. */
export function inState(
  account: ConnectedAccount,
  state: AccountState,
  disabledReason: string | null = standings[state].reason,
): ConnectedAccount {
  const { due, transfers, submitted } = standings[state];
  return {
    ...account,
    capabilities: Object.fromEntries(Object.keys(account.capabilities).map((name) => [name, transfers])),
    charges_enabled: transfers === "active",
    details_submitted: submitted || account.details_submitted,
    payouts_enabled: state === "enabled",
    requirements: requirementsDue(due, disabledReason),
  };
}

/** Keeps a changed account, and tells the platform: the event is the connected account's own. */
export function changeAccount(call: Call, account: ConnectedAccount): ConnectedAccount {
  const changed = connectedAccounts(call.state.platform).put(account);
  call.in(call.state.openAccount(account.id)).emit("account.updated", changed);
  return changed;
}

/** Whoever is onboarded here has a bank for each of these, so that nobody is asked in which currency they are to be paid. */
const banked =
  "aud bhd brl cad chf clp czk dkk eur gbp hkd huf ils inr jod jpy krw kwd mxn myr nok nzd omr php pln ron sek sgd thb tnd usd vnd zar";

/** Ends the onboarding of an account: it has bank accounts, its own currency's first, and whatever it was asked for is given. */
export function completeOnboarding(call: Call, account: ConnectedAccount): ConnectedAccount {
  const banks = bankAccounts(call.state.openAccount(account.id));
  const own = account.default_currency;
  const codes = [...banked.split(" ").filter((code) => code !== own), own];
  if (banks.size === 0) for (const code of codes) banks.put(newBankAccount(account, code, call.nowSeconds));
  return changeAccount(call, {
    ...inState(account, "enabled"),
    external_accounts: { ...account.external_accounts, data: banks.newestFirst() },
    tos_acceptance: { date: call.nowSeconds, ip: "127.0.0.1", user_agent: null },
  });
}

function newBankAccount(account: ConnectedAccount, currency: string, created: number): BankAccount {
  return {
    id: newId("ba"),
    object: "bank_account",
    account: account.id,
    account_holder_name: "Jane Austen",
    account_holder_type: "individual",
    account_type: null,
    available_payout_methods: ["standard"],
    bank_name: "STRIPE TEST BANK",
    country: account.country,
    created,
    currency,
    customer: null,
    default_for_currency: true,
    fingerprint: "localbank6789",
    future_requirements: null,
    last4: "6789",
    metadata: {},
    requirements: null,
    routing_number: "110000000",
    status: "new",
  };
}
