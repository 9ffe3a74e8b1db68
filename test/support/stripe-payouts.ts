/** Payouts through Stripe's own client against the local Stripe, with faults by its control calls. */
import type { Account } from "#infra/local/stripe/account";
import type { Metadata } from "#infra/local/stripe/metadata";
import { availableMinor } from "#infra/local/stripe/resources/balance-transactions";
import { payouts } from "#infra/local/stripe/resources/payout";
import { transfers } from "#infra/local/stripe/resources/transfer";
import { startStripe } from "#infra/local/stripe/server";
import type { Disturbance } from "#shared/adapters/memory/payout-processor";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { stripePayoutProcessor } from "#shared/adapters/stripe/payout-processor";
import { type Clock, withinTime } from "#shared/ports/call-time";
import type { PayoutProcessorUnderTest, WriteStep } from "./payout-processor-under-test.ts";
import { startSecrets } from "./secrets-server.ts";

const DAY_MS = 86_400_000;
/** Longer than a reply takes, and no longer than a test likes to wait for one that never comes. */
const PATIENCE_MS = 300;
/** The client asks three times. */
const TRIES = 3;

const routes: Readonly<Record<WriteStep, string>> = {
  transfer: "POST /v1/transfers",
  payout: "POST /v1/payouts",
  reversal: "POST /v1/transfers/{id}/reversals",
};
/** What is repeated under the key needs to be said once. */
const faults: Readonly<Record<Disturbance, { readonly kind: string; readonly times: number }>> = {
  lost_before: { kind: "timeout_before", times: TRIES },
  lost_after: { kind: "timeout_after", times: TRIES },
  failed_before: { kind: "error_500", times: 1 },
  failed_after: { kind: "error_500_after", times: 1 },
  in_use: { kind: "key_in_use", times: TRIES },
  limited: { kind: "rate_limit_429", times: TRIES },
};

/** Waits pass at once, and a call's time does not: a reply that never comes is waited for as long as the call has. */
const brisk: Clock = {
  nowMs: () => 0,
  after: (_ms, ring) => {
    const timer = setTimeout(ring, 0);
    return () => clearTimeout(timer);
  },
  random: () => 0.01,
};

/** Everything that a platform has at Stripe. */
export async function startStripePayouts(startMs = Date.now()) {
  let [nowMs, patienceMs] = [startMs, PATIENCE_MS * 30];
  const [stripe, secrets] = await Promise.all([
    startStripe({ port: 0, webhookSecret: "whsec_1", now: () => nowMs, settings: { payoutDelayMs: null } }),
    startSecrets(),
  ]);
  const env = {
    STRIPE_SECRET_ARN: secrets.put(JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: "whsec_1" })),
    STRIPE_API_BASE: stripe.url,
    APP_URL: "https://app.example.com",
  };
  /** @param on which connected account; left out, on the platform's own */
  async function call(path: string, body?: object | URLSearchParams, method?: string, on?: string) {
    const reply = await fetch(`${stripe.url}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { authorization: "Bearer sk_test_suite", ...(on !== undefined && { "stripe-account": on }) },
      ...(body !== undefined && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as { readonly [field: string]: unknown };
  }
  const at = (accountId: string) => stripe.state.openAccount(accountId);
  const cents = (account: Account) => availableMinor(account, "usd", Math.floor(nowMs / 1_000));
  const processor = stripePayoutProcessor(env);
  const under: PayoutProcessorUnderTest = {
    accounts: stripeConnectedAccounts(env),
    processor: {
      ...processor,
      carryOut: (ask) => withinTime(patienceMs, () => processor.carryOut(ask), brisk),
    },
    async fund(amount) {
      const order = { amount: String(amount), currency: "usd", payment_method: "pm_card_visa", confirm: "true" };
      await call("/v1/payment_intents", new URLSearchParams({ ...order, "payment_method_types[]": "card" }));
    },
    standing: async (id, state) => void (await call(`/_accounts/${id}`, { state })),
    settle: async (id, code) =>
      void (await call(
        `/_payouts/${id}`,
        code === undefined ? { status: "paid" } : { status: "failed", failure_code: code },
      )),
    takeBack: async (id, amount) =>
      void (await call(`/_transfers/${id}/reversals`, amount === undefined ? {} : { amount })),
    async disturb(step, kind) {
      patienceMs = PATIENCE_MS;
      await call("/_faults", { route: routes[step], ...faults[kind] });
    },
    async calm() {
      patienceMs = PATIENCE_MS * 30;
      await call("/_faults", undefined, "DELETE");
    },
    passDay: () => {
      nowMs += DAY_MS;
    },
    held: () => cents(stripe.state.platform),
    heldBy: (accountId) => cents(at(accountId)),
    objectsOf({ id, processorAccountId }) {
      const ours = (all: readonly { readonly id: string; readonly metadata: Metadata }[]) =>
        all.filter(({ metadata }) => metadata["payoutId"] === id).map((one) => one.id);
      return {
        transfers: ours(transfers(stripe.state.platform).newestFirst()),
        payouts: ours(payouts(at(processorAccountId)).newestFirst()),
      };
    },
  };
  // The keys are read before anybody is impatient.
  await under.accounts.open({ creatorId: "first", email: "first@example.com" });
  return {
    ...under,
    call,
    passTo: (ms: number) => {
      nowMs = Math.max(nowMs, ms);
    },
    /** Whatever is asked from now on may go wrong, by a seed. */
    async storm(seed: number, probabilities: Readonly<Record<string, number>>) {
      patienceMs = PATIENCE_MS;
      await call("/_faults/random", { seed, probabilities });
    },
    stop: () => Promise.all([stripe.stop(), secrets.stop()]),
  };
}
export type StripePayouts = Awaited<ReturnType<typeof startStripePayouts>>;
