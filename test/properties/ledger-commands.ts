/** What people and time can do to money, in arbitrary order, for the ledger's model. */
import { expect } from "@jest/globals";
import fc from "fast-check";
import { handler as publish } from "#lambdas/campaigns/publish-campaign";
import { handler as accept } from "#lambdas/invitations/accept-invitation";
import { handler as review } from "#lambdas/submissions/review-submission";
import { handler as submit } from "#lambdas/submissions/submit-content";
import { handler as confirm } from "#lambdas/deposits/confirm-deposit";
import { handler as deposit } from "#lambdas/deposits/deposit-funds";
import { handler as receive } from "#lambdas/webhooks/receive-stripe-webhook";
import { processAll } from "../actions/deposits/depositing.ts";
import { advanced, asked, drafted, END, interrupted, invited, toldOfStatus } from "../support/launched.ts";
import { brand, creator } from "../support/stage.ts";
import {
  add,
  attempt,
  brands,
  creators,
  cuts,
  Died,
  expected,
  type Model,
  named,
  type Project,
  webhookOf,
  type Work,
} from "./ledger-model.ts";

const cut = fc.constantFrom(...cuts);
const someBrand = fc.constantFrom(...brands);
const someCreator = fc.constantFrom(...creators);
const at = fc.nat({ max: 5 });
const pick = <T>(all: readonly T[], index: number): T | undefined => all[index % Math.max(all.length, 1)];

const paying = fc
  .record({
    userId: someBrand,
    amount: fc.integer({ min: 50, max: 12_000 }),
    share: fc.constantFrom(1, 1, 1, 0.5, 1.1),
    cut,
    webhooks: fc.nat({ max: 2 }),
  })
  .map(({ userId, amount, share, cut, webhooks }) =>
    named(
      `pay ${amount} x ${share} (${cut}, ${webhooks} webhooks)`,
      () => true,
      async (model, real) => {
        const { stage } = real;
        const call = {
          actor: brand(userId),
          body: { amount, currency: "USD" as const },
          idempotencyDigest: `k${model.deposits.length}`,
        };
        const crashing = interrupted(deposit, () => (cut === "none" ? Promise.resolve() : Promise.reject(new Died())));
        const first = await stage.run(crashing, call).catch(expected);
        const { id, paymentIntentId: intent } = first ?? (await stage.run(deposit, call));
        const received = Math.ceil(amount * share);
        stage.payments.pay(intent, received);
        const telling = Array.from({ length: webhooks }, () => attempt(real, receive, webhookOf(stage, intent), cut));
        const said = await Promise.all([
          attempt(real, confirm, { actor: brand(userId), path: { depositId: id } }, cut),
          ...telling,
        ]);
        await processAll(stage);
        model.deposits.push({ userId, id, intent });
        // Another amount is credited to nobody: a person decides.
        if (received !== amount) return;
        expect(said).toContain(true);
        add(model.available, userId, received);
      },
    ),
  );

const tellingAgain = fc.record({ at, times: fc.integer({ min: 1, max: 5 }) }).map(({ at, times }) =>
  named(
    `tell of deposit ${at} ${times} times again`,
    ({ deposits }) => deposits.length > 0,
    async ({ deposits }, real) => {
      const one = pick(deposits, at);
      if (one === undefined) return;
      const { stage } = real;
      const calls = Array.from({ length: times }, () => [
        stage.run(receive, webhookOf(stage, one.intent)),
        stage.run(confirm, { actor: brand(one.userId), path: { depositId: one.id } }),
      ]);
      await Promise.all(calls.flat());
      await processAll(stage);
    },
  ),
);

const publishing = fc
  .record({
    brandId: someBrand,
    budget: fc.integer({ min: 1, max: 2_500 }),
    price: fc.integer({ min: 1, max: 500 }),
    quantity: fc.integer({ min: 1, max: 3 }),
    hold: fc.boolean(),
    cut,
  })
  .map(({ brandId, budget, price, quantity, hold, cut }) =>
    named(
      `publish ${budget} for ${quantity} x ${price} (${cut})`,
      ({ ended }) => !ended,
      async (model, real) => {
        const { stage } = real;
        const actor = brand(brandId);
        const { id } = await drafted(
          stage,
          { budget: { amount: budget, currency: "USD" }, creatorHoldDays: hold ? 7 : 0 },
          actor,
        );
        const deliverable = await asked(
          stage,
          id,
          { quantity, compensation: { amount: price, currency: "USD" } },
          actor,
        );
        const happened = await attempt(real, publish, { actor, path: { campaignId: id } }, cut);
        expect(happened).toBe((model.available.get(brandId) ?? 0) >= budget);
        if (!happened) return;
        add(model.available, brandId, -budget);
        model.projects.push({
          id,
          brandId,
          deliverableId: deliverable.id,
          price,
          quantity,
          hold,
          unassigned: budget,
          work: new Map(),
        });
      },
    ),
  );

const securing = fc.record({ at, creatorId: someCreator, cut }).map(({ at, creatorId, cut }) =>
  named(
    `secure ${at} for ${creatorId.slice(-2)} (${cut})`,
    ({ projects }) => projects.length > 0,
    async (model, real) => {
      const project = pick(model.projects, at);
      if (project === undefined || project.work.has(creatorId)) return;
      await invited(real.stage, project.id, { creatorId }, brand(project.brandId)).catch(expected);
      const happened = await attempt(
        real,
        accept,
        { actor: creator(creatorId), path: { campaignId: project.id, creatorId } },
        cut,
      );
      const price = project.price * project.quantity;
      expect(happened).toBe(!model.ended && project.unassigned >= price);
      if (!happened) return;
      project.unassigned -= price;
      project.work.set(creatorId, { price: project.price, open: project.quantity, reopened: 0, waiting: [] });
    },
  ),
);

const submitting = fc.record({ at, creatorId: someCreator }).map(({ at, creatorId }) =>
  named(
    `hand in ${at} by ${creatorId.slice(-2)}`,
    ({ projects }) => projects.length > 0,
    async (model, { stage }) => {
      const project = pick(model.projects, at);
      const work = project?.work.get(creatorId);
      if (project === undefined || work === undefined) return;
      const body = { type: "text" as const, deliverableId: project.deliverableId, text: "content" };
      const made = await stage
        .run(submit, { actor: creator(creatorId), path: { campaignId: project.id }, body })
        .catch(expected);
      if (!made) return;
      work[made.round > 1 ? "reopened" : "open"] -= 1;
      work.waiting.push(made.id);
    },
  ),
);

const decision = fc.constantFrom("approved", "approved", "rejected", "changes_requested");
const settling = fc
  .record({ at, creatorId: someCreator, decisions: fc.array(decision, { minLength: 1, maxLength: 4 }) })
  .map(({ at, creatorId, decisions }) =>
    named(
      `settle ${at} of ${creatorId.slice(-2)}: ${decisions.join(" | ")}`,
      ({ projects }) => projects.length > 0,
      async (model, { stage }) => {
        const project = pick(model.projects, at);
        const work = project?.work.get(creatorId);
        const submissionId = work?.waiting[0];
        if (project === undefined || work === undefined || submissionId === undefined) return;
        const path = { campaignId: project.id, submissionId };
        const calls = decisions.map((one) =>
          stage.run(review, {
            actor: brand(project.brandId),
            path,
            body: { decision: one as "approved", reasons: [] },
          }),
        );
        const outcomes = await Promise.allSettled(calls);
        for (const one of outcomes) if (one.status === "rejected") expected(one.reason);
        const won = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value.decision as string] : []));
        expect(won.length).toBeLessThanOrEqual(1);
        if (won[0] === undefined) return;
        work.waiting.shift();
        settledInModel(model, project, work, creatorId, won[0]);
      },
    ),
  );

function settledInModel(model: Model, project: Project, work: Work, creatorId: string, outcome: string): void {
  if (outcome === "changes_requested") work.reopened += 1;
  else if (outcome === "approved") add(project.hold ? model.pending : model.payable, creatorId, project.price);
  else if (model.ended) add(model.available, project.brandId, project.price);
  else project.unassigned += project.price;
}

const ending = cut.map(() =>
  named(
    "everything ends",
    ({ ended, projects }) => !ended && projects.length > 2,
    async (model, { stage }) => {
      stage.clock.now = END;
      await Promise.all([advanced(stage), advanced(stage)].map((job) => job.catch(expected)));
      for (const { id } of model.projects)
        await Promise.all([toldOfStatus(stage, id, "completed"), toldOfStatus(stage, id, "completed")]);
      for (const project of model.projects) {
        const released = [...project.work.values()].reduce((sum, { open, price }) => sum + open * price, 0);
        add(model.available, project.brandId, project.unassigned + released);
        project.unassigned = 0;
        for (const work of project.work.values()) work.open = 0;
      }
      model.ended = true;
    },
  ),
);

/** Work on campaigns is likelier than new ones, so that histories get somewhere. */
export const anyCommand = [
  paying,
  tellingAgain,
  publishing,
  securing,
  securing,
  submitting,
  submitting,
  settling,
  settling,
  ending,
];
