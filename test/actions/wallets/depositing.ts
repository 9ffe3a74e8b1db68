/** People who pay in: what the tests of deposits and of webhooks start from. */
import { expect } from "@jest/globals";
import { handler as confirmDeposit } from "#lambdas/wallets/confirm-deposit";
import { handler as depositFunds } from "#lambdas/wallets/deposit-funds";
import { handler as receiveWebhook } from "#lambdas/wallets/receive-stripe-webhook";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Money } from "#shared/domain/kernel/money";
import { ADMIN_ID, anAccount, aWallet, aWalletProfile, BRAND_ID } from "../../support/builders.ts";
import { brand, testStage } from "../../support/stage.ts";

export const OTHER_ID = "00000000-0000-4000-8000-0000000000b2";
export const usd = (amount: number): Money => ({ amount, currency: "USD" });
export const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

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
    deliver: ({ rawBody, signature }: { readonly rawBody: string; readonly signature: string | undefined }) =>
      stage.run(receiveWebhook, {
        actor: systemActor("webhook"),
        rawBody,
        headers: { ...(signature !== undefined && { "stripe-signature": signature }) },
      }),
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
