/** What Stripe tells is heard once, whether it comes twice, late or never; and its fees are in the books. */
import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, makeAdmin, payIntent, type Person, signUp, stack } from "../support/local-stage.ts";
import {
  depositIsDue,
  figures,
  journalEntry,
  keptEvent,
  processorDoes,
  processorSays,
  provenBooks,
  runJob,
  usd,
} from "../support/money-steps.ts";

let brand: Person;
let admin: Person;
beforeAll(async () => {
  [brand, admin] = await Promise.all([signUp("brand"), makeAdmin()]);
}, 60_000);

interface Begun {
  readonly id: string;
  readonly paymentIntentId: string;
}
const begin = async (amount: number): Promise<Begun> =>
  (await brand.post("/v1/wallet/deposits", usd(amount))).body as Begun;
const available = async () => (await figures(brand)).available;
const credited = (amount: number) => eventually(`${amount} to be there`, async () => (await available()) === amount);

/** The events that Stripe has about a payment, of one type. */
async function eventsOf(type: string, paymentIntentId: string): Promise<string[]> {
  const { data } = await processorSays(`/events?type=${type}&limit=100`);
  return (data as { id: string; data: { object: { id: string } } }[])
    .filter((event) => event.data.object.id === paymentIntentId)
    .map(({ id }) => id);
}

/** A webhook as Stripe signs it. */
async function told(event: object, secret = stack.stripeWebhookSecret): Promise<number> {
  const [body, at] = [JSON.stringify(event), Math.floor(Date.now() / 1000)];
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` };
  return (await fetch(`${stack.apiUrl}/v1/webhooks/stripe`, { method: "POST", headers, body })).status;
}
const anEvent = (type: string, object: object) => ({
  id: `evt_${randomUUID().replaceAll("-", "")}`,
  object: "event",
  type,
  api_version: "2026-10-28.endive",
  created: Math.floor(Date.now() / 1000),
  livemode: false,
  data: { object },
});

describe("what Stripe tells", () => {
  test("credits a deposit in full; what Stripe keeps is the house's to top up, and nobody else's", async () => {
    const before = await provenBooks(admin);
    const dollars = (proof: typeof before) =>
      proof.liabilities.find(({ currency }: { currency: string }) => currency === "USD") ?? { ledger: 0, topUp: 0 };
    const begun = await begin(5_000);
    await payIntent(begun.paymentIntentId);
    await credited(5_000);
    const after = await provenBooks(admin);
    // 2.9 % of 50.00, and 0.30.
    expect(dollars(after).topUp - dollars(before).topUp).toBe(175);
    expect(dollars(after).ledger - dollars(before).ledger).toBe(4_825);
    expect(dollars(after)).toMatchObject({ difference: 0, stripe: dollars(after).ledger });
    expect(await journalEntry(`deposit:${begun.paymentIntentId}`)).toMatchObject({ type: "deposit", currency: "USD" });
  }, 90_000);

  test("is heard once, however often it is told", async () => {
    const begun = await begin(700);
    await payIntent(begun.paymentIntentId);
    await credited(5_700);
    const [eventId] = await eventsOf("payment_intent.succeeded", begun.paymentIntentId);
    await processorDoes("POST", "/_webhooks/replay", { eventId, times: 5 });
    await eventually("the replays to be delivered", async () => {
      const { webhooks } = await processorDoes("GET", "/_state");
      return (webhooks.waiting ?? webhooks.pending ?? 0) === 0;
    });
    await eventually("the event's end", async () => (await keptEvent(String(eventId)))?.["status"] === "processed");
    expect(await available()).toBe(5_700);
    const { data } = (await brand.get("/v1/wallet/transactions?type=deposit")).body;
    expect(data.map((one: { amount: object }) => one.amount)).toEqual([usd(700), usd(5_000)]);
  }, 60_000);

  test("credits nothing when it was not Stripe who told it", async () => {
    const { paymentIntentId } = await begin(900);
    const forged = anEvent("payment_intent.succeeded", {
      ...{ id: paymentIntentId, object: "payment_intent", status: "succeeded", amount: 900, amount_received: 900 },
      currency: "usd",
    });
    expect(await told(forged, "whsec_of_somebody_else")).toBe(400);
    expect(await keptEvent(forged.id)).toBeUndefined();
    // Signed, it is a reason to ask; Stripe itself knows of no payment.
    expect(await told(forged)).toBe(200);
    await eventually("the event's end", async () => (await keptEvent(forged.id))?.["status"] === "processed");
    expect(await available()).toBe(5_700);
  }, 60_000);

  test("is kept when nobody here knows the word", async () => {
    const unknown = anEvent("invoice.finalized", { id: "in_1", object: "invoice" });
    expect(await told(unknown)).toBe(200);
    expect(await told(unknown)).toBe(200);
    expect(await keptEvent(unknown.id)).toMatchObject({ status: "ignored", type: "invoice.finalized", sends: 1 });
  }, 60_000);

  test("and never arrives, is found out by the sweep, which asks", async () => {
    await processorDoes("POST", "/_webhooks/faults", { lost: 1 });
    try {
      const begun = await begin(1_300);
      await payIntent(begun.paymentIntentId);
      await depositIsDue(begun.id);
      const run = await runJob("sweep-deposits");
      expect(run).toMatchObject({ outcome: "succeeded", counts: { completed: 1 } });
      expect(await available()).toBe(7_000);
      expect((await runJob("sweep-deposits")).counts["completed"] ?? 0).toBe(0);
    } finally {
      await processorDoes("DELETE", "/_webhooks/faults");
    }
    expect((await runJob("sweep-stripe-events")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 90_000);
});
