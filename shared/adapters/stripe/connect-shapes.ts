/** What we read of the objects of Stripe Connect. Sources: docs.stripe.com/api/{accounts,transfers,transfer_reversals,payouts}/object. */
import * as z from "zod";
import { idOf } from "#shared/domain/kernel/ids";
import type { ProcessorAccount } from "#shared/domain/payouts/payout-account";

const Account = z.object({
  id: z.string(),
  metadata: z.record(z.string(), z.string()).nullish(),
  capabilities: z.object({ transfers: z.string().optional() }).nullish(),
  payouts_enabled: z.boolean(),
  details_submitted: z.boolean(),
  default_currency: z.string().nullish(),
  external_accounts: z.object({ data: z.array(z.object({ currency: z.string().nullish() })) }).nullish(),
  requirements: z
    .object({ currently_due: z.array(z.string()).nullish(), disabled_reason: z.string().nullish() })
    .nullish(),
});

export function accountOf(account: unknown): ProcessorAccount {
  const { id, metadata, capabilities, payouts_enabled, details_submitted, requirements, ...banked } =
    Account.parse(account);
  return {
    processorAccountId: id,
    creatorId: metadata?.["creatorId"],
    transfersEnabled: capabilities?.transfers === "active",
    payoutsEnabled: payouts_enabled,
    disabledReason: requirements?.disabled_reason ?? null,
    detailsSubmitted: details_submitted,
    requirementsDue: requirements?.currently_due ?? [],
    currencies: currenciesOf(banked),
  };
}

/**
 * "Stripe automatically converts all incoming funds into the default currency"; of another it keeps and pays out what an account
 * has a bank for: docs.stripe.com/payouts/multicurrency-settlement, docs.stripe.com/connect/currencies (FX on transfers).
 */
function currenciesOf({
  default_currency,
  external_accounts,
}: Pick<z.output<typeof Account>, "default_currency" | "external_accounts">): string[] {
  const banks = external_accounts?.data.map(({ currency }) => currency) ?? [];
  const codes = [default_currency, ...banks].flatMap((code) => code?.toUpperCase() ?? []);
  return [...new Set(codes)].sort();
}

/** Which payout of ours something says it is part of. Anybody with the dashboard may write there: what is no id names none. */
const Ours = z
  .object({ payoutId: idOf("payout").optional().catch(undefined) })
  .nullish()
  .transform((metadata) => metadata?.payoutId);

export const Transfer = z.object({
  id: z.string(),
  metadata: Ours,
  amount: z.int(),
  amount_reversed: z.int(),
  /** Newest first. */
  reversals: z.object({ data: z.array(z.object({ id: z.string() })) }),
});

export const BankPayout = z.object({
  id: z.string(),
  metadata: Ours,
  amount: z.int(),
  status: z.string(),
  created: z.int(),
  arrival_date: z.int(),
  failure_code: z.string().nullish(),
});
