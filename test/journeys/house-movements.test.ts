/**
 * What the house itself moves at Stripe: the proof and the day's comparison name it, an admin books it, and both agree. What it
 * begins with is booked at its end, so that others find books that balance.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { deposit, makeAdmin, payIntent, type Person, signUp, stack, stageNow } from "../support/local-stage.ts";
import { journalEntry, processorDoes, processorSays, provenBooks, runJob } from "../support/money-steps.ts";
import { heard } from "../support/stage-seals.ts";

let admin: Person;
let brand: Person;
beforeAll(async () => {
  [admin, brand] = await Promise.all([makeAdmin(), signUp("brand")]);
  yesterday = new Date(stageNow() - DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length);
}, 60_000);

const DAY_MS = 86_400_000;
const DAY_SECONDS = DAY_MS / 1_000;
let yesterday: string;
const route = "/v1/admin/ledger/house-movements";

const movementOf = async (source: string, type: string): Promise<string> => {
  const { data } = await processorSays(`/balance_transactions?source=${source}&type=${type}`);
  return String(data[0].id);
};
/** Makes something at Stripe by its API, as its dashboard does. */
async function asked(path: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const reply = await fetch(`${stack.stripeUrl}/v1${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_looking" },
    body: new URLSearchParams(parameters),
  });
  const made = (await reply.json()) as { id: string };
  expect([reply.status, made]).toEqual([200, expect.objectContaining({ id: expect.any(String) })]);
  return made.id;
}
/** More than the deposits that somebody has begun lately, which may explain a difference of their size. */
const OUTSTANDING = "9000000";
const bodyOf = (balanceTransactionId: string) => ({ balanceTransactionId, reason: "Fees of November" });
/** A notice that waits may explain any difference: one is judged once all are taken in. */
const brokenNow = async (): Promise<string[]> => {
  await heard();
  const { invariants } = (await admin.get("/v1/admin/ledger/proof")).body;
  return invariants.filter((one: { passed: boolean }) => !one.passed).map(({ id }: { id: string }) => id);
};
const unconfirmedYesterday = async (): Promise<string[]> => {
  expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
  const { differences } = (await admin.get(`/v1/admin/reconciliations/${yesterday}`)).body;
  return differences
    .filter((one: { kind: string; action: string }) => one.kind === "unconfirmed" && one.action.includes(route))
    .flatMap((one: { processorIds: string[] }) => one.processorIds);
};

describe("the house's own money", () => {
  let topupTxn: string;

  test("that comes in is named by the proof and by its day's comparison", async () => {
    await provenBooks(admin);
    const topup = await processorDoes("POST", "/_topups", { amount: 20_000, ageSeconds: DAY_SECONDS });
    topupTxn = await movementOf(String(topup.id), "topup");
    expect(await brokenNow()).toEqual(["M10"]);
    expect(await unconfirmedYesterday()).toContain(topupTxn);
  }, 90_000);

  test("is rehearsed, and booked once, whoever asks again", async () => {
    const dry = await admin.post(`${route}?dryRun=true`, bodyOf(topupTxn));
    expect([dry.status, await brokenNow()]).toEqual([200, ["M10"]]);
    const booked = await admin.post(route, bodyOf(topupTxn), "first");
    expect(booked).toMatchObject({
      status: 201,
      body: {
        key: `house:${topupTxn}`,
        lines: [
          { account: "platform:stripe_balance", amount: -20_000 },
          { account: "platform:house_capital", amount: 20_000 },
        ],
      },
    });
    expect(dry.body).toMatchObject({ status: 201, reply: booked.body, entries: [booked.body] });
    const again = await admin.post(route, bodyOf(topupTxn), "first");
    expect([again.status, again.body, again.headers.get("idempotency-replayed")]).toEqual([201, booked.body, "true"]);
    expect(await admin.post(route, bodyOf(topupTxn), "second")).toMatchObject({
      status: 409,
      body: { code: "house_movement.booked" },
    });
    expect(await journalEntry(`house:${topupTxn}`)).toMatchObject({ actorId: admin.userId, processorIds: [topupTxn] });
    await provenBooks(admin);
    expect(await unconfirmedYesterday()).not.toContain(topupTxn);
  }, 90_000);

  test("that goes out and comes back is booked the same way", async () => {
    const payoutId = await asked("/payouts", { amount: "9000", currency: "usd" });
    await processorDoes("POST", `/_payouts/${payoutId}`, { status: "failed" });
    const moved = [await movementOf(payoutId, "payout"), await movementOf(payoutId, "payout_failure")];
    for (const id of moved) expect((await admin.post(route, bodyOf(id), id)).status).toBe(201);
    await provenBooks(admin);
  }, 90_000);

  test("is booked without anybody when Stripe takes a fee, but for one that somebody should look at", async () => {
    const { id: fee } = await processorDoes("POST", "/_fees", { amount: 1_290, tax: 85 });
    // Beyond the bound by itself: of one second, either may come first.
    const { id: bill } = await processorDoes("POST", "/_fees", { amount: 100_001 });
    expect((await runJob("book-processor-fees")).outcome).toBe("succeeded");
    expect(await journalEntry(`house:${fee}`)).toMatchObject({ actorId: expect.stringMatching(/^system:/) });
    expect(await brokenNow()).toEqual(["M10"]);
    expect(await admin.post(route, bodyOf(String(fee)), "fee")).toMatchObject({ status: 409 });
    expect((await admin.post(route, bodyOf(String(bill)), "bill")).status).toBe(201);
    // What others pay out of is as it was.
    const topup = await processorDoes("POST", "/_topups", { amount: 101_376 });
    const putBack = await movementOf(String(topup.id), "topup");
    expect((await admin.post(route, bodyOf(putBack), "put-back")).status).toBe(201);
    await provenBooks(admin);
  }, 90_000);

  test("is what somebody paid without any deposit, until it is given back", async () => {
    const methods = { "automatic_payment_methods[enabled]": "true" };
    const intentId = await asked("/payment_intents", { amount: OUTSTANDING, currency: "usd", ...methods });
    expect((await payIntent(intentId)).status).toBe(200);
    const { latest_charge: charge } = await processorSays(`/payment_intents/${intentId}`);
    expect(await brokenNow()).toEqual(["M10"]);
    const refundId = await asked("/refunds", { payment_intent: intentId, amount: OUTSTANDING });
    const [paid, refunded] = [await movementOf(String(charge), "charge"), await movementOf(refundId, "refund")];
    const early = await admin.post(route, bodyOf(refunded), "early");
    expect(early).toMatchObject({ status: 422, body: { code: "house_movement.not_the_houses" } });
    const booked = await admin.post(route, bodyOf(paid), "paid");
    expect(booked).toMatchObject({ status: 201, body: { key: `deposit:${intentId}` } });
    expect((await admin.post(route, bodyOf(refunded), "refunded")).status).toBe(201);
    await provenBooks(admin);
  }, 90_000);

  test("is not a brand's deposit, and nobody's but an admin's to book", async () => {
    const { body } = await deposit(brand, 5_000);
    const { latest_charge: charge } = await processorSays(`/payment_intents/${String(body.paymentIntentId)}`);
    const refused = await admin.post(route, bodyOf(await movementOf(String(charge), "charge")), "charge");
    expect(refused).toMatchObject({ status: 422, body: { code: "house_movement.not_the_houses" } });
    expect(refused.body.detail).toContain("sweep-deposits");
    expect(await admin.post(route, bodyOf("txn_none"), "none")).toMatchObject({
      status: 422,
      body: { code: "house_movement.unknown" },
    });
    expect((await brand.post(route, bodyOf(topupTxn), "brand")).status).toBe(403);
    await provenBooks(admin);
  }, 90_000);
});
