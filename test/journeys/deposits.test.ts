/** Money comes in on the payment processor's word alone, however it arrives. */
import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { call, eventually, payIntent, type Person, signUp, stack } from "../support/local-stage.ts";

let brand: Person;
let other: Person;
beforeAll(async () => {
  [brand, other] = await Promise.all([signUp("brand"), signUp("brand")]);
}, 60_000);

const available = async (person: Person): Promise<number> => Number((await person.get("/v1/wallet")).body.available);
const begin = async (amount = 5_000) => (await brand.post("/v1/wallet/deposits", { amount, currency: "USD" })).body;

/** A webhook as Stripe would send it, signed with a secret at a time. */
function webhook(payload: object, secret: string, at = Math.floor(Date.now() / 1000)) {
  const body = JSON.stringify(payload);
  const signature = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  return fetch(`${stack.apiUrl}/v1/webhooks/stripe`, {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": `t=${at},v1=${signature}` },
    body,
  });
}
const succeeded = (intent: string, depositId: string) => ({
  id: "evt_forged",
  object: "event",
  type: "payment_intent.succeeded",
  api_version: "2026-10-28.endive",
  data: {
    object: {
      id: intent,
      object: "payment_intent",
      status: "succeeded",
      amount: 5_000,
      amount_received: 5_000,
      currency: "usd",
      metadata: { depositId },
    },
  },
});

describe("deposits", () => {
  test("are credited by the webhook alone, once, and the brand is told", async () => {
    const before = await available(brand);
    const begun = await begin();
    await payIntent(String(begun.paymentIntentId));
    await eventually("the credit", async () => (await available(brand)) === before + 5_000);
    const again = await brand.post(`/v1/wallet/deposits/${begun.id}/confirmation`);
    expect(again.body).toMatchObject({ status: "completed", amount: { amount: 5_000, currency: "USD" } });
    expect(await available(brand)).toBe(before + 5_000);
    await eventually("the notification", async () =>
      ((await brand.get("/v1/notifications")).body.data as { type: string }[]).some(
        ({ type }) => type === "deposit.completed",
      ),
    );
  }, 60_000);

  test("are not credited for a webhook that Stripe did not sign, or signed long ago", async () => {
    const begun = await begin();
    const before = await available(brand);
    const event = succeeded(String(begun.paymentIntentId), String(begun.id));
    const replies = [
      await webhook(event, "whsec_wrong"),
      await webhook(event, stack.stripeWebhookSecret, Math.floor(Date.now() / 1000) - 301),
      await call("POST", "/v1/webhooks/stripe", { body: event }).then(({ status }) => ({ status })),
      await call("POST", "/v1/webhooks/stripe", { body: event, headers: { "stripe-signature": "t=1,v1=abc" } }).then(
        ({ status }) => ({ status }),
      ),
    ];
    expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    // Even a signed event is only a reason to ask: the intent is not paid.
    expect((await webhook(event, stack.stripeWebhookSecret)).status).toBe(200);
    expect(await available(brand)).toBe(before);
  }, 60_000);

  test("stay pending when the card is declined, and complete when another pays", async () => {
    const begun = await begin(700);
    const before = await available(brand);
    expect((await payIntent(String(begun.paymentIntentId), "pm_card_chargeDeclined")).status).toBe(402);
    expect((await brand.post(`/v1/wallet/deposits/${begun.id}/confirmation`)).body.status).toBe("pending");
    await payIntent(String(begun.paymentIntentId));
    expect((await brand.post(`/v1/wallet/deposits/${begun.id}/confirmation`)).body.status).toBe("completed");
    expect(await available(brand)).toBe(before + 700);
  }, 60_000);

  test("are refused below the minimum, in another currency, with a broken amount, and to strangers", async () => {
    const post = (body: unknown) => brand.post("/v1/wallet/deposits", body);
    expect(await post({ amount: 1, currency: "USD" })).toMatchObject({
      status: 422,
      body: { code: "deposit.below_minimum" },
    });
    expect(await post({ amount: 5_000, currency: "EUR" })).toMatchObject({
      status: 422,
      body: { code: "wallet.currency_mismatch" },
    });
    for (const amount of [0, -1, 1.5, "100", null, 1e21, 2 ** 53])
      expect({ amount, status: (await post({ amount, currency: "USD" })).status }).toEqual({ amount, status: 400 });
    const begun = await begin();
    expect((await other.post(`/v1/wallet/deposits/${begun.id}/confirmation`)).status).toBe(404);
  }, 60_000);

  test("a wallet keeps its currency once it was used, and changes it before", async () => {
    expect(await other.post("/v1/wallet", { currency: "JPY" })).toMatchObject({
      status: 200,
      body: { currency: "JPY" },
    });
    expect(await brand.post("/v1/wallet", { currency: "JPY" })).toMatchObject({
      status: 422,
      body: { code: "wallet.currency_mismatch" },
    });
    expect(await brand.post("/v1/wallet", {})).toMatchObject({ status: 200, body: { currency: "USD" } });
  }, 60_000);
});
