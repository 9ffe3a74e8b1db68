/**
 * Random histories of the main job, through the real actions on the table in memory. After every step the whole ledger is
 * audited, and every lifecycle only ever took transitions of its table.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { handler as accept } from "#lambdas/invitations/accept-invitation";
import { handler as addDeliverable } from "#lambdas/campaigns/create-deliverable";
import { handler as confirm } from "#lambdas/deposits/confirm-deposit";
import { handler as create } from "#lambdas/campaigns/create-campaign";
import { handler as deposit } from "#lambdas/deposits/deposit-funds";
import { handler as invite } from "#lambdas/invitations/send-invitation";
import { handler as publish } from "#lambdas/campaigns/publish-campaign";
import { handler as review } from "#lambdas/submissions/review-submission";
import { handler as submit } from "#lambdas/submissions/submit-content";
import { NewCampaign } from "#shared/domain/campaigns/input";
import { Refusal } from "#shared/domain/kernel/refusal";
import { anAccount, BRAND_ID } from "../support/builders.ts";
import { aWallet, aWalletProfile } from "../support/money-builders.ts";
import { brokenInvariants } from "../support/launched.ts";
import { brand, creator, testStage, type TestStage } from "../support/stage.ts";

const creators = ["c1", "c2", "c3"].map((_, at) => `00000000-0000-4000-8000-0000000000c${at}`);
const who = fc.nat({ max: creators.length - 1 }).map((at) => creators[at] ?? "");

type Step =
  | { readonly do: "deposit"; readonly amount: number; readonly again: boolean }
  | {
      readonly do: "campaign";
      readonly budget: number;
      readonly price: number;
      readonly quantity: number;
      readonly hold: number;
    }
  | { readonly do: "publish" }
  | { readonly do: "invite" | "accept" | "submit"; readonly creatorId: string }
  | {
      readonly do: "review";
      readonly creatorId: string;
      readonly decisions: readonly ("approved" | "changes_requested" | "rejected")[];
    };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("deposit" as const),
      amount: fc.integer({ min: 50, max: 2_000 }),
      again: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("campaign" as const),
      budget: fc.integer({ min: 100, max: 2_000 }),
      price: fc.integer({ min: 1, max: 300 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      hold: fc.constantFrom(0, 7),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("publish" as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom("invite" as const, "accept" as const, "submit" as const),
      creatorId: who,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("review" as const),
      creatorId: who,
      decisions: fc.array(fc.constantFrom("approved" as const, "changes_requested" as const, "rejected" as const), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
);

/** What a history works on: the latest campaign, its deliverable, and each creator's latest submission. */
interface State {
  campaignId: string;
  deliverableId: string;
  readonly submissions: Map<string, string>;
  deposits: number;
}

async function take(stage: TestStage, state: State, one: Step): Promise<void> {
  const path = { campaignId: state.campaignId };
  switch (one.do) {
    case "deposit": {
      const begun = await stage.run(deposit, {
        actor: brand(),
        body: { amount: one.amount, currency: "USD" },
        idempotencyDigest: `d${(state.deposits += 1)}`,
      });
      stage.payments.pay(begun.paymentIntentId);
      const calls = Array.from({ length: one.again ? 5 : 1 }, () =>
        stage.run(confirm, { actor: brand(), path: { depositId: begun.id } }),
      );
      await Promise.all(calls);
      return;
    }
    case "campaign": {
      const timeline = { start: "2026-11-20T00:00:00.000Z", end: "2026-12-20T00:00:00.000Z" };
      const body = NewCampaign.parse({
        name: "N",
        category: "art",
        budget: { amount: one.budget, currency: "USD" },
        timeline,
        creatorHoldDays: one.hold,
      });
      state.campaignId = (await stage.run(create, { actor: brand(), body })).id;
      const deliverable = {
        type: "instagram_post" as const,
        quantity: one.quantity,
        compensation: { amount: one.price, currency: "USD" as const },
      };
      state.deliverableId = (
        await stage.run(addDeliverable, { actor: brand(), path: { campaignId: state.campaignId }, body: deliverable })
      ).id;
      state.submissions.clear();
      return;
    }
    case "publish":
      return void (await stage.run(publish, { actor: brand(), path }));
    case "invite":
      return void (await stage.run(invite, { actor: brand(), path, body: { creatorId: one.creatorId } }));
    case "accept": {
      const call = { actor: creator(one.creatorId), path: { ...path, creatorId: one.creatorId } };
      await race([stage.run(accept, call), stage.run(accept, call)]);
      return;
    }
    case "submit": {
      const body = { type: "text" as const, deliverableId: state.deliverableId, text: "content" };
      state.submissions.set(one.creatorId, (await stage.run(submit, { actor: creator(one.creatorId), path, body })).id);
      return;
    }
    case "review": {
      const submissionId = state.submissions.get(one.creatorId);
      if (submissionId === undefined) return;
      const calls = one.decisions.map((decision) =>
        stage.run(review, { actor: brand(), path: { ...path, submissionId }, body: { decision, reasons: [] } }),
      );
      await race(calls);
    }
  }
}

/** Things done at once: at most one succeeds, and the others are refused. */
async function race(calls: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(calls);
  for (const outcome of outcomes) if (outcome.status === "rejected") expectRefusal(outcome.reason);
}

const refusals = new Map<string, number>();
function expectRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
  refusals.set(error.refusal.code, (refusals.get(error.refusal.code) ?? 0) + 1);
}

test("whatever happens, in whatever order and however often, the ledger holds", async () => {
  let steps = 0;
  const seed = Number(process.env["SEED"] ?? 20_261_125);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (history) => {
      const stage = testStage();
      await stage.given("account", anAccount());
      await stage.given("wallet", aWallet());
      await stage.given("walletProfile", aWalletProfile());
      for (const id of creators) {
        await stage.given("account", anAccount({ id, roles: ["creator"], email: `${id}@example.com` }));
        await stage.given("wallet", aWallet({ userId: id }));
        await stage.given("walletProfile", aWalletProfile({ userId: id }));
      }
      const state: State = { campaignId: "cmp_0", deliverableId: "dlv_0", submissions: new Map(), deposits: 0 };
      const opening: Step[] = [
        { do: "deposit", amount: 1_500, again: true },
        { do: "campaign", budget: 900, price: 200, quantity: 2, hold: 7 },
        { do: "publish" },
        ...creators.map((creatorId) => ({ do: "invite" as const, creatorId })),
        ...creators.map((creatorId) => ({ do: "accept" as const, creatorId })),
      ];
      for (const one of [...opening, ...history]) {
        steps += 1;
        await take(stage, state, one).catch(expectRefusal);
        expect(await brokenInvariants(stage)).toEqual([]);
      }
      expect((await stage.ports.wallets.get(BRAND_ID))?.available).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 60, seed },
  );
  console.log(`seed ${seed}: ${steps} steps; refused: ${JSON.stringify(Object.fromEntries([...refusals].sort()))}`);
  expect([...refusals.keys()]).toEqual(
    expect.arrayContaining(["campaign.insufficient_funds", "campaign.unfunded", "submission.already_settled"]),
  );
}, 120_000);
