/** Whoever is on call hears of it: something breaks, a client is told 500, and the mail says who is hurt. */
import { beforeAll, expect, test } from "@jest/globals";
import { confirmDeposit } from "#shared/contracts/deposits";
import { eventually, mailsTo, type Person, signUp, stack } from "../support/local-stage.ts";
import { heard } from "../support/stage-seals.ts";

const ON_CALL = "alarms@example.com";

let brand: Person;
beforeAll(async () => {
  brand = await signUp("brand");
}, 60_000);

test("a payment processor that fails rings the alarm of the action that needs it", async () => {
  const begun = (await brand.post("/v1/wallet/deposits", { amount: 5_000, currency: "USD" })).body;
  const confirm = () => brand.post(`/v1/wallet/deposits/${begun.id}/confirmation`);
  expect((await confirm()).body).toMatchObject({ status: "pending" });

  // The notice that it was begun asks as well, and would wait in its queue for minutes.
  await heard();
  // Of this one payment, as often as the library asks again.
  const fault = { route: `GET /v1/payment_intents/${begun.paymentIntentId}`, kind: "error_500", times: 3 };
  expect((await fetch(`${stack.stripeUrl}/_faults`, { method: "POST", body: JSON.stringify(fault) })).status).toBe(200);
  expect(await confirm()).toMatchObject({ status: 503, body: { code: "request.unavailable" } });
  // It asked less often where time was short: the rest would meet whoever asks next.
  expect((await fetch(`${stack.stripeUrl}/_faults`, { method: "DELETE" })).ok).toBe(true);

  const alarms = async () =>
    (await mailsTo(ON_CALL)).filter(({ subject }) => subject.includes("confirm-deposit-failures"));
  await eventually("the alarm's mail", async () => (await alarms()).length > 0);
  const [mail] = await alarms();
  expect(mail?.subject).toMatch(/^ALARM: /);
  expect(mail?.text).toContain(confirmDeposit.ifItFails);
  expect(mail?.text).not.toContain(brand.email);
}, 60_000);
