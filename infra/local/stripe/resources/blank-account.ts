import { inState, requirementsDue } from "./connected-account.ts";
import type { ConnectedAccount } from "./connected-account.ts";

/** What an account is from its creation on. */
export interface AccountOrigin {
  readonly id: string;
  readonly created: number;
  readonly country?: string | undefined;
  readonly default_currency?: string | undefined;
  readonly dashboard: "custom" | "express" | "full" | "none" | "standard";
  readonly controller?:
    | {
        readonly fees?: { readonly payer: string } | undefined;
        readonly losses?: { readonly payments: string } | undefined;
        readonly requirement_collection?: string | undefined;
      }
    | undefined;
}

const currencies: Readonly<Record<string, string>> = {
  ...{ AE: "aed", AU: "aud", CA: "cad", CH: "chf", GB: "gbp", HK: "hkd", JP: "jpy", SG: "sgd" },
  ...{ AT: "eur", BE: "eur", DE: "eur", ES: "eur", FI: "eur", FR: "eur", IE: "eur", IT: "eur", NL: "eur", PT: "eur" },
};

// https://docs.stripe.com/connect/migrate-to-controller-properties: what each type of account, or each dashboard,
// stands for where the controller does not say otherwise.
const platformPays = { payer: "application_express", payments: "application" };
const accountPays = { payer: "account", payments: "stripe" };
const kinds = {
  custom: { ...platformPays, type: "custom", dashboard: "none", collection: "application" },
  express: { ...platformPays, type: "express", dashboard: "express", collection: "stripe" },
  full: { ...accountPays, type: "standard", dashboard: "full", collection: "stripe" },
  none: { ...platformPays, type: "none", dashboard: "none", collection: "stripe" },
  standard: { ...accountPays, type: "standard", dashboard: "full", collection: "stripe" },
} as const;

function controllerOf({ controller, dashboard }: AccountOrigin): object {
  const kind = kinds[dashboard];
  return {
    fees: controller?.fees ?? { payer: kind.payer },
    is_controller: true,
    losses: controller?.losses ?? { payments: kind.payments },
    requirement_collection: controller?.requirement_collection ?? kind.collection,
    stripe_dashboard: { type: kind.dashboard },
    type: "application",
  };
}

const businessProfile = {
  annual_revenue: { amount: null, currency: null, fiscal_year_end: null },
  estimated_worker_count: null,
  mcc: null,
  minority_owned_business_designation: null,
  name: null,
  product_description: null,
  support_address: null,
  support_email: null,
  support_phone: null,
  support_url: null,
  url: null,
};

const settings = {
  bacs_debit_payments: { display_name: null, service_user_number: null },
  branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
  card_issuing: { tos_acceptance: { date: null, ip: null } },
  card_payments: {
    decline_on: { avs_failure: false, cvc_failure: false },
    statement_descriptor_prefix: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  dashboard: { display_name: null, timezone: "Etc/UTC" },
  invoices: { default_account_tax_ids: null, hosted_payment_method_save: null },
  payments: {
    statement_descriptor: null,
    statement_descriptor_kana: null,
    statement_descriptor_kanji: null,
    statement_descriptor_prefix_kana: null,
    statement_descriptor_prefix_kanji: null,
  },
  payouts: {
    debit_negative_balances: true,
    schedule: { delay_days: 2, interval: "daily" },
    statement_descriptor: null,
  },
  sepa_debit_payments: {},
};

/** A new account, that has given nothing yet and may do nothing yet. */
export function blankAccount(origin: AccountOrigin): ConnectedAccount {
  const { id, created } = origin;
  const country = (origin.country ?? "US").toUpperCase();
  const account: ConnectedAccount = {
    id,
    object: "account",
    business_profile: businessProfile,
    business_type: null,
    capabilities: {},
    charges_enabled: false,
    controller: controllerOf(origin),
    country,
    created,
    default_currency: origin.default_currency ?? currencies[country] ?? "usd",
    details_submitted: false,
    email: null,
    external_accounts: { object: "list", data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` },
    future_requirements: requirementsDue([], null),
    metadata: {},
    payouts_enabled: false,
    requirements: requirementsDue([], null),
    settings,
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: kinds[origin.dashboard].type,
  };
  return inState(account, "new");
}
