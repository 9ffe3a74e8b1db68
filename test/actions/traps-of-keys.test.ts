/** Traps of keys, and of what is held under them, that other systems fell into; the other ones are in traps.test.ts. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { SQSEvent } from "aws-lambda";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { handler as payOutCreators } from "#lambdas/payouts/pay-out-creators";
import { handler as requestPayout } from "#lambdas/payouts/request-payout";
import { handler as increaseBudget } from "#lambdas/settlements/increase-budget";
import { handler as processStripeEvent } from "#lambdas/webhooks/process-stripe-event";
import { memory } from "#shared/adapters/memory/index";
import { systemActor } from "#shared/domain/kernel/actor";
import { OutcomeUnknown } from "#shared/ports/outside";
import { implementQueue } from "#shared/runtime/implement-consumer";
import type { Operation } from "#shared/table/engine";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { lambdaContext } from "../support/gateway.ts";
import { expectRefused, launched, paidIn, peopled } from "../support/launched.ts";
import { moneyApi, type Reply } from "../support/money-api.ts";
import { aPayoutAccount } from "../support/money-builders.ts";
import { brand, creator, type TestStage } from "../support/stage.ts";
import { depositing } from "./deposits/depositing.ts";
import { earned } from "./payouts/earned.ts";
import { payingStage } from "./payouts/paying.ts";
import { increased } from "./settlements/settling.ts";

const usd = (amount: number) => ({ amount, currency: "USD" }) as const;

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const holds = (kind: "payout" | "deposit") => stage.stored(kind);
const entries = (type: string) => stage.stored("journalEntry").filter((entry) => entry["type"] === type);

describe("the only holder of the idempotency key is deleted before the call resolves (elizaOS #11844)", () => {
  const deleteKeys = async () => {
    for (const { pk, sk } of stage.table.all().filter((item) => isOf(items.idempotencyRecord, item)))
      await stage.table.write({ kind: "remove", key: { pk: String(pk), sk: String(sk) }, when: { any: true } });
  };
  /** The first transaction finds its key deleted. */
  const losingKeys = () => {
    let lost = false;
    return {
      ...stage.table,
      async transact(operations: readonly Operation[]) {
        if (!lost) await deleteKeys();
        lost = true;
        return stage.table.transact(operations);
      },
    };
  };

  test("the call that lost its key holds nothing, and the retry holds once", async () => {
    const campaignId = await launched(stage);
    await paidIn(stage, 10_000);
    const api = await moneyApi(stage, losingKeys());
    const request = { actor: brand(), path: { campaignId }, body: usd(2_000) };
    const first = await api.send(increaseBudget, request, "k");
    expect(first).toMatchObject({ status: 409, body: { code: "idempotency.in_progress" } });
    expect((await stage.ports.wallets.get(BRAND_ID))?.available).toBe(10_000);
    expect((await api.send(increaseBudget, request, "k")).status).toBe(200);
    expect((await stage.ports.wallets.get(BRAND_ID))?.available).toBe(8_000);
  });

  test("a hold whose key was deleted after it is known by its own name: it is not made again", async () => {
    const campaignId = await launched(stage);
    await paidIn(stage, 10_000);
    const again = () => increased(stage, campaignId, 2_000, { key: "digest of k" });
    await again();
    await expectRefused(stage, again, "request.contended");
    expect((await stage.ports.wallets.get(BRAND_ID))?.available).toBe(8_000);
  });

  test("a payment whose key was deleted before it was stored is the same payment at the processor", async () => {
    const api = await moneyApi(stage, losingKeys());
    const request = { actor: brand(), body: usd(5_000) };
    expect((await api.send(depositFunds, request, "k")).status).toBe(409);
    const retried = await api.send(depositFunds, request, "k");
    expect(retried).toMatchObject({ status: 201, body: { paymentIntentId: "pi_1" } });
    expect(holds("deposit")).toHaveLength(1);
  });
});

describe("a retried request mints a new hold id (formancehq/wallets #109)", () => {
  /** The first transaction has no answer; it was carried out, or not. */
  const silent = (isDone: boolean) => {
    let asked = false;
    return {
      ...stage.table,
      async transact(operations: readonly Operation[]) {
        const isFirst = !asked;
        asked = true;
        if (!isFirst || isDone) await stage.table.transact(operations);
        if (isFirst) throw new OutcomeUnknown("the table");
      },
    };
  };
  const inFlight = async () => (await stage.ports.wallets.get(CREATOR_ID))?.inFlight;

  test.each([
    ["was carried out", true],
    ["was not carried out", false],
  ])("of a payout whose reply was lost and that %s: one hold under one id", async (_, isDone) => {
    await earned(stage, 10_000);
    await stage.given("payoutAccount", aPayoutAccount());
    const api = await moneyApi(stage, silent(isDone));
    const request = { actor: creator(), body: { amount: usd(4_000) } };
    const ask = (): Promise<Reply> => api.send(requestPayout, request, "k");
    expect(await ask()).toMatchObject({ status: 503, body: { code: "request.timed_out" } });
    stage.clock.now = new Date(Date.parse(stage.clock.now) + 31_000).toISOString();
    const [second, third] = [await ask(), await ask()];
    expect(second.status).toBe(202);
    expect(third.text).toBe(second.text);
    expect([holds("payout").map(({ id }) => id), await inFlight()]).toEqual([[second.body["id"]], 4_000]);
  });

  test("of a deposit whose reply was lost: the same deposit and the same payment", async () => {
    const api = await moneyApi(stage, silent(false));
    const ask = () => api.send(depositFunds, { actor: brand(), body: usd(5_000) }, "k");
    expect((await ask()).status).toBe(503);
    stage.clock.now = new Date(Date.parse(stage.clock.now) + 31_000).toISOString();
    expect((await ask()).body).toMatchObject({ paymentIntentId: "pi_1" });
    expect(holds("deposit")).toHaveLength(1);
  });
});

describe("the same idempotency key twice in one batch (formancehq/stack #1633)", () => {
  test("an event that is in one batch three times fails nothing, and credits once", async () => {
    const { stage: funded, begin, receive, available, credits } = await depositing();
    const { paymentIntentId } = await begin();
    funded.payments.pay(paymentIntentId);
    await receive(funded.payments.webhook(paymentIntentId));
    const [body] = funded.eventQueue.sent.map((message) => JSON.stringify(message));
    const Records = [1, 2, 3].map((nth) => ({ messageId: `m-${nth}`, body }));
    process.env["TABLE_NAME"] = "t";
    Object.assign(process.env, { STRIPE_API_BASE: "https://api.stripe.com", STRIPE_SECRET_ARN: "arn" });
    const adapters = { ...memory(funded.table), payments: () => funded.payments };
    const handler = implementQueue(processStripeEvent.contract, adapters, processStripeEvent.run);
    const reply = await handler({ Records } as SQSEvent, lambdaContext());
    expect(reply).toEqual({ batchItemFailures: [] });
    expect([await available(), credits().length]).toEqual([5_000, 1]);
  });

  test("a creator who is named twice in one event of a run is paid once", async () => {
    const paying = await payingStage();
    ({ stage } = paying);
    await earned(stage, 10_000);
    await paying.onboarded();
    const occasion = { actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    const detail = { runId: `run_${"1".repeat(26)}`, creatorIds: [CREATOR_ID, CREATOR_ID] };
    const event = { id: "evt", type: "payout.run_due", at: stage.clock.now, requestId: "r", detail } as const;
    await payOutCreators.run(occasion, event, stage.granted(payOutCreators.contract.uses, occasion));
    expect([holds("payout").length, entries("withdrawal").length]).toEqual([1, 1]);
    await paying.expectWholeBooks();
  });
});
