import type Stripe from "stripe";
import { startStage } from "./stage.ts";
import type { StripeOptions } from "#infra/local/stripe/server";

/** A stage with a creator whose onboarding is complete, and money that may be transferred. */
export async function startConnect(options: Partial<StripeOptions> = {}) {
  const stage = await startStage({ settings: { payoutDelayMs: null }, ...options });
  const creator = await onboard(stage.stripe);
  await fund(stage.stripe, 10_000);
  return { ...stage, creator, as: { stripeAccount: creator.id } };
}

export async function openAccount(stripe: Stripe): Promise<Stripe.Account> {
  return stripe.accounts.create({
    type: "express",
    country: "US",
    email: "creator@example.com",
    capabilities: { transfers: { requested: true } },
    settings: { payouts: { schedule: { interval: "manual" } } },
    metadata: { creatorId: "cre_1" },
  });
}

/** Opens an account and the address of its link, as a creator's browser would. */
export async function onboard(stripe: Stripe): Promise<Stripe.Account> {
  const { id } = await openAccount(stripe);
  await visit((await linkOf(stripe, id)).url);
  return stripe.accounts.retrieve(id);
}

export async function linkOf(stripe: Stripe, account: string): Promise<Stripe.AccountLink> {
  return stripe.accountLinks.create({
    account,
    refresh_url: "https://example.com/again",
    return_url: "https://example.com/done",
    type: "account_onboarding",
  });
}

/** @returns where the browser is sent. */
export async function visit(url: string): Promise<string | null> {
  const reply = await fetch(url, { redirect: "manual", headers: { connection: "close" } });
  await reply.text();
  return reply.headers.get("location");
}

export async function fund(stripe: Stripe, amount: number, currency = "usd"): Promise<Stripe.Charge> {
  const { latest_charge } = await stripe.paymentIntents.create({
    amount,
    currency,
    confirm: true,
    payment_method: "pm_card_bypassPending",
    expand: ["latest_charge"],
  });
  return latest_charge as Stripe.Charge;
}

/** What may be spent in a currency. */
export async function available(stripe: Stripe, options: Stripe.RequestOptions = {}, currency = "usd") {
  const { available: entries } = await stripe.balance.retrieve({}, options);
  return entries.find((entry) => entry.currency === currency)?.amount;
}

/** The events of an account, oldest first. */
export async function typesOf(stripe: Stripe, options: Stripe.RequestOptions = {}): Promise<string[]> {
  const { data } = await stripe.events.list({ limit: 100 }, options);
  return data.map(({ type }) => type).reverse();
}
