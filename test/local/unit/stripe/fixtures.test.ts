import { expect, test } from "@jest/globals";
import type Stripe from "stripe";
import { linkOf, openAccount, startConnect } from "./connect.ts";
import { fixtureFields } from "./fixture-fields.ts";
import { until } from "./stage.ts";
import type { ConnectedAccount } from "#infra/local/stripe/resources/connected-account";
import type { Dispute } from "#infra/local/stripe/resources/dispute";
import type { Payout } from "#infra/local/stripe/resources/payout";
import type { Refund } from "#infra/local/stripe/resources/refund";
import type { Topup } from "#infra/local/stripe/resources/topups";
import type { Transfer, TransferReversal } from "#infra/local/stripe/resources/transfer";

type RequiredKeys<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? never : K }[keyof T];
type Absent<Real, Fake> = Exclude<RequiredKeys<Real>, keyof Fake>;

// Compiles only while the fake's objects have every field that the client's types promise.
const absent: [
  Absent<Stripe.Account, ConnectedAccount>,
  Absent<Stripe.Dispute, Dispute>,
  Absent<Stripe.Payout, Payout>,
  Absent<Stripe.Refund, Refund>,
  Absent<Stripe.Topup, Topup>,
  Absent<Stripe.Transfer, Transfer>,
  Absent<Stripe.TransferReversal, TransferReversal>,
][] = [];

const letterOf = (value: unknown) => (value === null ? "?" : Array.isArray(value) ? "a" : (typeof value).charAt(0));

/** What is wrong with an object, field by field. */
function faultsOf(path: string, fields: string, holder: unknown): string[] {
  if (typeof holder !== "object" || holder === null) return [`${path} is no object`];
  const record = new Map(Object.entries(holder));
  return fields
    .trim()
    .split(/\s+/)
    .flatMap((field) => {
      const [name = "", types = ""] = field.split(":");
      const found = record.has(name) ? letterOf(record.get(name)) : "absent";
      return types.includes(found) ? [] : [`${path}.${name} is ${found}, not ${types}`];
    });
}

const at = (object: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((holder, name) => (holder as Record<string, unknown> | null)?.[name], object);

/** One of every kind. */
async function everything({ stripe, creator, as }: Awaited<ReturnType<typeof startConnect>>) {
  const payment_intent = await stripe.paymentIntents.create({
    amount: 5000,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_createDispute",
  });
  await until(async () => (await stripe.disputes.list()).data.length === 1);
  const [funding] = (await stripe.charges.list({ limit: 100 })).data.slice(-1);
  const transfer = await stripe.transfers.create({ amount: 900, currency: "usd", destination: creator.id });
  const { id } = await openAccount(stripe);
  return {
    payment_intent,
    payment_method: (await stripe.paymentIntents.retrieve(payment_intent.id, { expand: ["payment_method"] }))
      .payment_method,
    customer: await stripe.customers.create({}),
    charge: await stripe.charges.retrieve(String(payment_intent.latest_charge), { expand: ["refunds"] }),
    dispute: (await stripe.disputes.list()).data[0],
    refund: await stripe.refunds.create({ charge: funding?.id ?? "", amount: 100 }),
    transfer,
    transfer_reversal: await stripe.transfers.createReversal(transfer.id, { amount: 100 }),
    payout: await stripe.payouts.create({ amount: 100, currency: "usd" }, as),
    balance: await stripe.balance.retrieve(),
    balance_transaction: (await stripe.balanceTransactions.list()).data[0],
    event: (await stripe.events.list()).data[0],
    account: await stripe.accounts.update(id, { capabilities: { card_payments: { requested: true } } }),
    account_link: await linkOf(stripe, id),
    bank_account: creator.external_accounts?.data[0],
  };
}

test("every object has every field of Stripe's fixtures, of the same type", async () => {
  await using stage = await startConnect();
  const objects: Record<string, unknown> = await everything(stage);
  const faults = Object.entries(fixtureFields).flatMap(([path, fields]) => {
    const [object = "", ...rest] = path.split(".");
    return faultsOf(path, fields, at(objects[object], rest));
  });
  expect(faults).toEqual([]);
  expect(absent).toEqual([]);
  expect(new Set(Object.keys(fixtureFields).map((path) => path.split(".")[0]))).toEqual(new Set(Object.keys(objects)));
});
