/** People who pay in: what the tests of deposits and of webhooks start from. */
import { expect } from "@jest/globals";
import { handler as confirmDeposit } from "#lambdas/deposits/confirm-deposit";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { handler as processStripeEvent } from "#lambdas/webhooks/process-stripe-event";
import { handler as receiveWebhook } from "#lambdas/webhooks/receive-stripe-webhook";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Money } from "#shared/domain/kernel/money";
import { ADMIN_ID, anAccount, BRAND_ID } from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";
import type { Capability, Granted, Ports } from "#shared/ports/catalogue";
import type { JobInvocation } from "#shared/runtime/call";
import { type Each, eachOf } from "#shared/runtime/implement-job";
import { untilDecided } from "#shared/runtime/until-decided";
import { brand, type TestStage, testStage } from "../../support/stage.ts";

export const OTHER_ID = "00000000-0000-4000-8000-0000000000b2";
export const usd = (amount: number): Money => ({ amount, currency: "USD" });
export const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

export interface Webhook {
  readonly rawBody: string;
  readonly signature: string | undefined;
}

const receiveOn =
  (stage: TestStage) =>
  ({ rawBody, signature }: Webhook) =>
    stage.run(receiveWebhook, {
      actor: systemActor("webhook"),
      rawBody,
      headers: { ...(signature !== undefined && { "stripe-signature": signature }) },
    });

const occasionOf = (stage: TestStage, name: string) => ({
  actor: systemActor(name),
  now: stage.clock.now,
  requestId: stage.newId("event"),
  newId: stage.newId,
});

/** One message of the queue, worked off as the runtime does. */
export function processed(stage: TestStage, message: unknown, instead: Partial<Ports> = {}): Promise<void> {
  const occasion = occasionOf(stage, "stripe-events");
  const ports = { ...stage.granted(processStripeEvent.contract.uses, occasion), ...instead };
  return untilDecided(() => processStripeEvent.run(occasion, message, ports));
}

/** Everything that the queue holds. */
export async function processAll(stage: TestStage): Promise<void> {
  for (const message of stage.eventQueue.sent.splice(0)) await processed(stage, message);
}

/** One run of a job: what it did, in counts. */
export async function ran<U extends Capability>(
  stage: TestStage,
  {
    contract,
    run,
  }: {
    readonly contract: { readonly job: string; readonly uses: readonly U[] };
    readonly run: (invocation: JobInvocation, ports: Granted<U>, each: Each) => Promise<void>;
  },
): Promise<Record<string, number>> {
  const occasion = { ...occasionOf(stage, contract.job), receivedAt: stage.clock.now };
  const counts: Record<string, number> = {};
  await run(occasion, stage.granted(contract.uses, occasion), eachOf(contract.job, { counts }));
  return counts;
}

/** A stage with two brands and an admin, and what they and Stripe do there. */
export async function depositing() {
  const stage = testStage();
  for (const [id, role] of [
    [BRAND_ID, "brand"],
    [OTHER_ID, "brand"],
    [ADMIN_ID, "admin"],
  ] as const) {
    await stage.given("account", anAccount({ id, roles: [role], email: `${id}@example.com` }));
    await stage.given("wallet", aWallet({ userId: id }));
    await stage.given("walletProfile", aWalletProfile({ userId: id }));
  }
  return {
    stage,
    begin: (amount = usd(5_000), idempotencyDigest = "key-1", actor = brand()) =>
      stage.run(depositFunds, { actor, body: amount, idempotencyDigest }),
    confirm: (depositId: string, actor = brand()) => stage.run(confirmDeposit, { actor, path: { depositId } }),
    receive: receiveOn(stage),
    /** A webhook, and its event processed. */
    deliver: async (webhook: Webhook) => {
      const reply = await receiveOn(stage)(webhook);
      await processAll(stage);
      return reply;
    },
    available: async (userId = BRAND_ID) => (await stage.ports.wallets.get(userId))?.available,
    credits: () => stage.stored("journalEntry").filter((item) => item["type"] === "deposit"),
    /** Refused, with the code, and the table as it was. */
    async expectNothingSaved(code: string, act: () => Promise<unknown>): Promise<void> {
      const before = stage.table.all();
      await expect(act()).rejects.toEqual(refused(code));
      expect(stage.table.all()).toEqual(before);
    },
  };
}
export type Depositing = Awaited<ReturnType<typeof depositing>>;
