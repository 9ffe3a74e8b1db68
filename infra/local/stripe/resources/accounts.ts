import * as z from "zod";
import { noAccess } from "../authentication.ts";
import type { Call } from "../call.ts";
import { control } from "../controls.ts";
import { currency } from "../currencies.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import {
  boolean,
  clearableEmail,
  clearableText,
  integer,
  isWithin,
  list,
  page,
  parameters,
  text,
  timeRange,
  updated,
} from "../parameters.ts";
import { invalidRequest } from "../refusal.ts";
import { route } from "../routes.ts";
import { blankAccount } from "./blank-account.ts";
import { changeAccount, connectedAccounts, inState } from "./connected-account.ts";
import type { ConnectedAccount, PayoutSettings } from "./connected-account.ts";

const schedule = z.strictObject({
  delay_days: z.union([z.literal("minimum"), integer(0, 31)]).optional(),
  interval: z.enum(["daily", "manual", "monthly", "weekly"]).optional(),
  monthly_anchor: integer(1, 31).optional(),
  monthly_payout_days: list(integer(1, 31)).optional(),
  weekly_anchor: text().optional(),
  weekly_payout_days: list(text()).optional(),
});

const fields = {
  business_profile: z.record(z.string(), z.unknown()).optional(),
  business_type: z.enum(["company", "government_entity", "individual", "non_profit"]).optional(),
  capabilities: z.record(z.string(), z.strictObject({ requested: boolean() })).optional(),
  email: clearableEmail().optional(),
  // What is known of the person beforehand; onboarding asks for nothing anyway.
  individual: z.record(z.string(), z.unknown()).optional(),
  metadata: metadata().optional(),
  settings: z
    .strictObject({
      payouts: z
        .strictObject({
          debit_negative_balances: boolean().optional(),
          schedule: schedule.optional(),
          statement_descriptor: clearableText().optional(),
        })
        .optional(),
    })
    .optional(),
  tos_acceptance: z.strictObject({ service_agreement: z.enum(["full", "recipient"]).optional() }).optional(),
};

const creation = parameters({
  ...fields,
  controller: z
    .strictObject({
      fees: z.strictObject({ payer: z.enum(["account", "application"]) }).optional(),
      losses: z.strictObject({ payments: z.enum(["application", "stripe"]) }).optional(),
      requirement_collection: z.enum(["application", "stripe"]).optional(),
      stripe_dashboard: z.strictObject({ type: z.enum(["express", "full", "none"]) }).optional(),
    })
    .optional(),
  country: text().optional(),
  default_currency: currency().optional(),
  type: z.enum(["custom", "express", "standard"]).optional(),
});

const change = parameters(fields);

type Change = z.output<typeof change>;

function withPayouts(current: PayoutSettings, input: Change["settings"]): PayoutSettings {
  const payouts = input?.payouts;
  if (!payouts) return current;
  const { delay_days: days, ...rest } = payouts.schedule ?? {};
  const delay_days = days === undefined || days === "minimum" ? current.schedule.delay_days : days;
  const { interval } = current.schedule;
  return {
    debit_negative_balances: updated(current.debit_negative_balances, payouts.debit_negative_balances),
    schedule: { interval, ...rest, delay_days },
    statement_descriptor: updated(current.statement_descriptor, payouts.statement_descriptor),
  };
}

// A capability asked for becomes active with onboarding; of an account that is onboarded, at once.
function withCapabilities(account: ConnectedAccount, asked: Change["capabilities"]): ConnectedAccount["capabilities"] {
  const status = account.payouts_enabled ? "active" : "inactive";
  const entries = Object.entries(asked ?? {}).filter(([, { requested }]) => requested);
  return { ...Object.fromEntries(entries.map(([name]) => [name, status])), ...account.capabilities };
}

function changed(account: ConnectedAccount, input: Change): ConnectedAccount {
  return {
    ...account,
    business_profile: { ...account.business_profile, ...input.business_profile },
    business_type: updated(account.business_type, input.business_type),
    capabilities: withCapabilities(account, input.capabilities),
    email: updated(account.email, input.email),
    metadata: withMetadata(account.metadata, input.metadata),
    settings: { ...account.settings, payouts: withPayouts(account.settings.payouts, input.settings) },
  };
}

function create(call: Call, input: z.output<typeof creation>): ConnectedAccount {
  if (input.type !== undefined && input.controller) {
    throw invalidRequest("You may only specify one of these parameters: type, controller.", { param: "type" });
  }
  const dashboard = input.controller?.stripe_dashboard?.type ?? input.type ?? "full";
  const blank = blankAccount({ ...input, id: newId("acct", 16), dashboard, created: call.nowSeconds });
  const account = connectedAccounts(call.state.platform).put(changed(blank, input));
  call.state.openAccount(account.id);
  return account;
}

function accountOf(call: Call): ConnectedAccount {
  const account = connectedAccounts(call.state.platform).get(call.id);
  if (!account) throw noAccess("sk_test_local", call.id);
  return account;
}

const listed = { collection: connectedAccounts, noun: "account", url: "/v1/accounts" };

export const accountRoutes = [
  route("POST /v1/accounts", creation, (input, call) => create(call, input)),
  route("GET /v1/accounts/{id}", parameters({}), (_input, call) => accountOf(call)),
  route("POST /v1/accounts/{id}", change, (input, call) => changeAccount(call, changed(accountOf(call), input))),
  route("GET /v1/accounts", parameters({ ...page, created: timeRange().optional() }), (input, call) =>
    listPage(listed, call.account, input, (account) => isWithin(account.created, input.created)),
  ),
];

const standing = z.strictObject({
  state: z.enum(["enabled", "restricted", "disabled"]),
  disabled_reason: z.string().optional(),
});

export const accountControls = [
  // Stripe's reviewers have decided.
  control("POST /_accounts/{id}", standing, (input, call) =>
    changeAccount(call, inState(accountOf(call), input.state, input.disabled_reason)),
  ),
];
