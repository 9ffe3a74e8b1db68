/** Stripe's own client against the local Stripe: what every processor promises, and what only Stripe can say. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { aPayout } from "../../support/money-builders.ts";
import { startStripePayouts, type StripePayouts } from "../../support/stripe-payouts.ts";
import { payoutProcessorSuite } from "../suites/payout-processor.ts";
import { newPayoutId } from "../suites/transfer-reversals.ts";

let stripe: StripePayouts;
beforeAll(async () => {
  stripe = await startStripePayouts();
});
afterAll(() => stripe.stop());

payoutProcessorSuite("Stripe's client", () => Promise.resolve(stripe));

const person = () => {
  const creatorId = randomUUID();
  return { creatorId, email: `${creatorId}@example.com` };
};
const fault = (route: string, kind: string, times = 1) => stripe.call("/_faults", { route, kind, times });
const accountsOf = async (creatorId: string) => {
  const { data } = (await stripe.call("/v1/accounts?limit=100")) as { data?: { metadata: Record<string, string> }[] };
  return data?.filter(({ metadata }) => metadata["creatorId"] === creatorId);
};

describe("accounts at Stripe", () => {
  test("pay out when we say so, and not by themselves", async () => {
    const { processorAccountId } = await stripe.accounts.open(person());
    expect(await stripe.call(`/v1/accounts/${processorAccountId}`)).toMatchObject({
      type: "express",
      capabilities: { transfers: "inactive" },
      settings: { payouts: { schedule: { interval: "manual" } } },
    });
  });

  test.each(["reset_after", "error_500", "error_500_after", "rate_limit_429"])(
    "%s: still one account, and the same one when asked again",
    async (kind) => {
      const who = person();
      await fault("POST /v1/accounts", kind);
      const first = await stripe.accounts.open(who);
      expect(await stripe.accounts.open(who)).toEqual(first);
      expect(await accountsOf(who.creatorId)).toHaveLength(1);
    },
    20_000,
  );

  test("an address that has changed meanwhile opens no second one", async () => {
    const who = person();
    const first = await stripe.accounts.open(who);
    expect(await stripe.accounts.open({ ...who, email: "new@example.com" })).toEqual(first);
    expect(await accountsOf(who.creatorId)).toHaveLength(1);
  });

  test("their owners come back to where they left", async () => {
    const { processorAccountId } = await stripe.accounts.open(person());
    const url = await stripe.accounts.onboardingUrl(processorAccountId);
    const first = await fetch(url, { redirect: "manual" });
    expect(first.headers.get("location") ?? (await first.text())).toContain(
      "https://app.example.com/payouts/onboarding/return",
    );
    expect(await stripe.accounts.retrieve(processorAccountId)).toMatchObject({ payoutsEnabled: true });
  });
});

describe("what is nobody's answer", () => {
  const ready = async () => {
    const { creatorId, email } = person();
    const { processorAccountId } = await stripe.accounts.open({ creatorId, email });
    await stripe.standing(processorAccountId, "enabled");
    await stripe.fund(10_000);
    return aPayout({ id: newPayoutId(), creatorId, processorAccountId });
  };

  test("a key that was used for something else is a defect, and refuses no payout", async () => {
    const payout = await ready();
    await fault("POST /v1/transfers", "key_mismatch");
    await expect(stripe.processor.carryOut({ step: "transfer", payout, mayBegin: true })).rejects.toMatchObject({
      type: "StripeIdempotencyError",
    });
  });

  test("that something cannot be looked up is no reason to ask for it", async () => {
    const payout = await ready();
    await fault("GET /v1/transfers", "error_500");
    await expect(stripe.processor.carryOut({ step: "transfer", payout, mayBegin: true })).rejects.toMatchObject({
      name: "Unavailable",
    });
    expect(stripe.objectsOf(payout)).toEqual({ transfers: [], payouts: [] });
  });

  const anotherFor = async (holder: { readonly creatorId: string; readonly email: string }) =>
    (await stripe.accounts.open({ ...holder, instead: "acct_gone" })).processorAccountId;

  test("an account that is not ours to see any more holds nothing that could be paid out", async () => {
    const opened = await ready();
    const transferred = await stripe.processor.carryOut({ step: "transfer", payout: opened, mayBegin: true });
    if (transferred.is !== "done") throw new Error(`transfer is ${transferred.is}`);
    const payout = { ...opened, transferId: transferred.id, processorAccountId: "acct_gone" };
    expect(await stripe.processor.carryOut({ step: "payout", payout, mayBegin: true })).toEqual({
      is: "refused",
      code: "account_invalid",
    });
    const arriving = { ...payout, processorPayoutId: "po_1" };
    expect(await stripe.processor.carryOut({ step: "arrival", payout: arriving, mayBegin: true })).toEqual({
      is: "waiting",
    });
    const late = { objectType: "payout", objectId: "po_1", connectedAccountId: "acct_gone" } as const;
    expect(await stripe.processor.whatChanged(late)).toBeUndefined();
    expect(await stripe.accounts.retrieve("acct_gone")).toBeUndefined();
    const holder = { creatorId: payout.creatorId, email: "c@example.com" };
    const [another, again] = [await anotherFor(holder), await anotherFor(holder)];
    expect(another).not.toBe(opened.processorAccountId);
    expect(again).toBe(another);
  });

  test("what somebody made by hand under its name, of another amount, is not taken for it: it leaves once, and whole", async () => {
    const opened = await ready();
    const { id, processorAccountId: destination } = opened;
    const order = { amount: "100", currency: "usd", destination, transfer_group: id };
    await stripe.call("/v1/transfers", new URLSearchParams(order));
    const transferred = await stripe.processor.carryOut({ step: "transfer", payout: opened, mayBegin: true });
    if (transferred.is !== "done") throw new Error(`transfer is ${transferred.is}`);
    const payout = { ...opened, transferId: transferred.id };
    const named = new URLSearchParams({ amount: "100", currency: "usd", "metadata[payoutId]": id });
    const byHand = await stripe.call("/v1/payouts", named, "POST", destination);
    const sent = await stripe.processor.carryOut({ step: "payout", payout, mayBegin: true });
    expect(sent).toMatchObject({ is: "done", id: expect.not.stringMatching(String(byHand["id"])) });
    expect(stripe.heldBy(destination)).toBe(0);
  });

  test("objects that are not ours name no payout", async () => {
    const { processorAccountId, creatorId } = await ready();
    const order = { amount: "100", currency: "usd", destination: processorAccountId, "metadata[payoutId]": creatorId };
    const { id } = await stripe.call("/v1/transfers", new URLSearchParams(order));
    const changed = { objectType: "transfer", objectId: String(id), connectedAccountId: null } as const;
    expect(await stripe.processor.whatChanged(changed)).toBeUndefined();
    expect(await stripe.processor.whatChanged({ ...changed, objectType: "payout" })).toBeUndefined();
  });
});
