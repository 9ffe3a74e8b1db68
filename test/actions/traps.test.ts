/**
 * Traps of money that other systems fell into, each with where that was; those of keys are in traps-of-keys.test.ts.
 * elizaOS is github.com/elizaOS/eliza, an open influencer market with escrow; Formance is github.com/formancehq.
 */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { handler as removeParticipant } from "#lambdas/settlements/remove-participant";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { handler as openWallet } from "#lambdas/wallets/open-wallet";
import { changed } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { StaleState } from "#shared/ports/changes";
import { NewReview } from "#shared/domain/submissions/input";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { storedChanges } from "#shared/table/repositories/changes";
import type { Operation } from "#shared/table/engine";
import { aBudget, anAccount, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { brokenInvariants, expectRefused, interrupted, paidIn, peopled } from "../support/launched.ts";
import { moneyApi } from "../support/money-api.ts";
import { brand, testStage, type TestStage } from "../support/stage.ts";
import { depositing, ran } from "./deposits/depositing.ts";
import { expectWholeBooks } from "./settlements/settling.ts";
import { reviewed, settlements, submitted, type Work, working } from "./submissions/delivered.ts";

let stage: TestStage;
let work: Work;
let submissionId: string;
beforeEach(async () => {
  stage = await peopled();
});
async function delivered(): Promise<void> {
  work = await working(stage);
  submissionId = (await submitted(stage, work)).id;
}

describe("money before the status check, under different keys on the two branches (elizaOS #11116, second path #11167)", () => {
  beforeEach(delivered);
  const approve = NewReview.parse({ decision: "approved" });
  const reject = NewReview.parse({ decision: "rejected" });
  const review = (body: NewReview, meanwhile: () => Promise<unknown>) =>
    stage.run(interrupted(reviewSubmission, meanwhile), {
      actor: brand(),
      path: { campaignId: work.campaignId, submissionId },
      body,
    });
  const remove = () =>
    stage.run(removeParticipant, { actor: brand(), path: { campaignId: work.campaignId, creatorId: CREATOR_ID } });

  test.each([
    [
      "an approval that a rejection overtakes",
      approve,
      () => reviewed(stage, work, submissionId, "rejected"),
      0,
      "rejected",
    ],
    [
      "a rejection that an approval overtakes",
      reject,
      () => reviewed(stage, work, submissionId, "approved"),
      10_000,
      "approved",
    ],
    [
      "an approval that another overtakes",
      approve,
      () => reviewed(stage, work, submissionId, "approved"),
      10_000,
      "approved",
    ],
    ["an approval that the creator's removal overtakes", approve, remove, 0, "released"],
    ["a rejection that the creator's removal overtakes", reject, remove, 0, "released"],
  ])("%s moves nothing, and is told the winner", async (_, loser, winner, creatorGets, currentState) => {
    await expect(review(loser, winner)).rejects.toMatchObject({
      refusal: { kind: "conflict" },
      context: { currentState },
    });
    expect(settlements(stage)).toHaveLength(1);
    expect((await stage.ports.wallets.get(CREATOR_ID))?.pending).toBe(creatorGets);
    expectWholeBooks(stage);
  });

  test("both branches have the one key of the unit", async () => {
    const other = await peopled();
    const otherWork = await working(other);
    await reviewed(other, otherWork, (await submitted(other, otherWork)).id, "rejected");
    await reviewed(stage, work, submissionId, "approved");
    expect(settlements(stage)[0]?.key).toBe(settlements(other)[0]?.key);
  });
});

describe("an approval whose credit fails, which is only logged (elizaOS influencer-marketplace.ts at 2537698)", () => {
  beforeEach(delivered);
  const path = () => ({ campaignId: work.campaignId, submissionId });
  const approval = () => ({ actor: brand(), path: path(), body: { decision: "approved" } });
  const outcome = async () => [
    (await stage.ports.submissions.get(work.campaignId, submissionId))?.status,
    settlements(stage).length,
    (await stage.ports.wallets.get(CREATOR_ID))?.pending,
  ];

  test.each([
    ["is refused by the table", () => new Error("the credit failed"), 500],
    ["finds the table away", () => new Unavailable("the table"), 503],
    ["has no answer, and was not done", () => new OutcomeUnknown("the table"), 503],
  ])("an approval whose write %s approves nothing; tried again it pays", async (_, failure, status) => {
    let failed = false;
    const transact = (operations: readonly Operation[]) => {
      if (failed) return stage.table.transact(operations);
      failed = true;
      return Promise.reject(failure());
    };
    const api = await moneyApi(stage, { ...stage.table, transact });
    expect((await api.send(reviewSubmission, approval(), "k")).status).toBe(status);
    expect(await outcome()).toEqual(["pending_review", 0, 0]);
    stage.clock.now = new Date(Date.parse(stage.clock.now) + 31_000).toISOString();
    expect((await api.send(reviewSubmission, approval(), "k")).status).toBe(201);
    expect(await outcome()).toEqual(["approved", 1, 10_000]);
    expectWholeBooks(stage);
  });
});

describe("an escrow drained without release rows (tinyhumansai/tiny.place #274)", () => {
  beforeEach(delivered);

  test("what is secured leaves by entries alone: no rule can write another figure", async () => {
    const budget = await stage.ports.campaigns.budget(work.campaignId);
    if (budget === undefined) throw new Error("no budget");
    const drained = changed("budget", budget, { ...budget, secured: 0 });
    const occasion = { actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    await expect(
      storedChanges(stage.table).commit({ ...occasion, writes: new Set(["budget"] as const) }, { entities: [drained] }),
    ).rejects.toThrow("only journal entries move budget figures");
  });

  test("drained behind the rules' back it is named by the proof, and an approval does not pay from nothing", async () => {
    const budget = await stage.ports.campaigns.budget(work.campaignId);
    await stage.given("budget", aBudget({ ...budget, secured: 0 }));
    const named = (await brokenInvariants(stage)).map((invariant) => invariant.split(" ")[0]);
    expect(named).toEqual(expect.arrayContaining(["M4", "M6"]));
    await expectRefused(stage, () => reviewed(stage, work, submissionId, "approved"), "request.contended");
  });
});

describe("check-then-act on the creation of a balance (formancehq/wallets #110)", () => {
  test("a wallet that is opened twice at once is one, and keeps what came in between", async () => {
    stage = testStage();
    await stage.given("account", anAccount());
    const open = { actor: brand(), body: {} };
    await stage.run(
      interrupted(openWallet, async () => {
        await stage.run(openWallet, open);
        await paidIn(stage, 700);
      }),
      open,
    );
    expect(stage.stored("wallet")).toMatchObject([{ userId: BRAND_ID, available: 700, commits: 1 }]);
    expect(stage.stored("walletProfile")).toHaveLength(1);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("money for somebody without a wallet is refused, and makes none", async () => {
    stage = testStage();
    await expect(paidIn(stage, 700)).rejects.toThrow(StaleState);
    expect(stage.table.all()).toEqual([]);
  });
});

describe("a transient error marks a paid deposit as failed (elizaOS #11154)", () => {
  test("a processor that does not answer leaves it pending, whoever asks; then it is credited once", async () => {
    const { stage: funded, begin, confirm, deliver, available, credits } = await depositing();
    const { id, paymentIntentId } = await begin();
    funded.payments.pay(paymentIntentId);
    const { retrievePayment, recordOf } = funded.payments;
    const away = () => Promise.reject(new Unavailable("the processor"));
    Object.assign(funded.payments, { retrievePayment: away, recordOf: away });
    const status = async () => (await funded.ports.deposits.get(id))?.status;

    await expect(confirm(id)).rejects.toMatchObject({ refusal: { code: "request.unavailable" } });
    await expect(deliver(funded.payments.webhook(paymentIntentId))).rejects.toMatchObject({
      refusal: { code: "request.unavailable" },
    });
    funded.clock.now = "2026-11-25T12:10:00.000Z";
    expect(await ran(funded, sweepDeposits)).toEqual({ failed: 1 });
    expect([await status(), await available()]).toEqual(["pending", 0]);

    Object.assign(funded.payments, { retrievePayment, recordOf });
    expect(await ran(funded, sweepDeposits)).toEqual({ completed: 1 });
    await confirm(id);
    expect([await status(), await available(), credits().length]).toEqual(["completed", 5_000, 1]);
  });

  test("a payment that is not paid yet has not failed", async () => {
    const { stage: funded, begin, confirm } = await depositing();
    const { id } = await begin();
    await confirm(id);
    expect((await funded.ports.deposits.get(id))?.status).toBe("pending");
  });
});
