/**
 * Content of several creators, handed in and decided in every order and at the same moment, also while the campaign ends. After
 * every moment the books are added up from the entries themselves, without the ledger's own rules.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Refusal } from "#shared/domain/kernel/refusal";
import { Submission } from "#shared/domain/submissions/submission";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { isUnsettled } from "#shared/domain/invitations/participant";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import { joined, reviewed, settlements, submitted } from "../actions/submissions/delivered.ts";
import {
  advanced,
  asked,
  drafted,
  END,
  OTHER_CREATOR_ID,
  paidIn,
  peopled,
  published,
  toldOfStatus,
} from "../support/launched.ts";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { admin, creator, type TestStage } from "../support/stage.ts";

const CREATORS = [CREATOR_ID, OTHER_CREATOR_ID];
const PAID_IN = 200_000;

interface World {
  readonly stage: TestStage;
  readonly campaignId: string;
  readonly deliverableIds: readonly string[];
}
type Step = (world: World) => Promise<unknown>;
const named = (name: string, step: Step) => Object.assign(step, { toString: () => name });
const who = fc.constantFrom(...CREATORS);

const submissionsOf = ({ stage }: World) => stage.stored("submission").map((row) => Submission.parse(row));

const submit = fc
  .tuple(who, fc.nat({ max: 1 }), fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }))
  .map(([who, at, unit]) =>
    named(`submit ${who} ${at} ${unit ?? "first"}`, ({ stage, campaignId, deliverableIds }) =>
      submitted(
        stage,
        { campaignId, deliverableId: deliverableIds[at] ?? "" },
        unit === undefined ? {} : { unit },
        creator(who),
      ),
    ),
  );

/** Decides any submission there is, also one decided before. The most recent ones are the likeliest. */
const review = fc
  .tuple(fc.nat({ max: 9 }), fc.constantFrom("approved", "rejected", "changes_requested"), fc.boolean())
  .map(([back, decision, byAdmin]) =>
    named(`${decision} ${back}`, async (world) => {
      const submission = submissionsOf(world).at(-1 - back);
      if (!submission) return undefined;
      return reviewed(
        world.stage,
        { ...world, deliverableId: "" },
        submission.id,
        decision,
        byAdmin ? { actor: admin() } : {},
      );
    }),
  );

const end = fc.constant(
  named("end", async ({ stage, campaignId }) => {
    stage.clock.now = END;
    await advanced(stage);
    await toldOfStatus(stage, campaignId, "completed");
  }),
);
const moment = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(fc.oneof({ weight: 3, arbitrary: submit }, review), { minLength: 1, maxLength: 3 }),
  },
  // Several minds about the same content.
  { weight: 6, arbitrary: fc.array(review, { minLength: 2, maxLength: 6 }) },
  { weight: 1, arbitrary: fc.tuple(end, review) },
);

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** What all lines ever written come to in an account: credits less debits. */
function balanceOf(entries: readonly JournalEntry[], of: string, owner: string, account: string): number {
  const own = entries
    .flatMap(({ lines }) => lines)
    .filter(({ account: one }) => {
      const name = one.of === "wallet" ? one.userId : one.of === "campaign" ? one.campaignId : "";
      return one.of === of && name === owner && one.account === account;
    });
  return sum(own.map(({ amount }) => amount));
}

async function expectWholeBooks({ stage, campaignId }: World): Promise<void> {
  const entries = stage.stored("journalEntry").map((row) => JournalEntry.parse(row));
  for (const { lines } of entries) expect(sum(lines.map(({ amount }) => amount))).toBe(0);

  const budget = await stage.ports.campaigns.budget(campaignId);
  if (!budget) throw new Error("the campaign has no budget");
  for (const account of ["unassigned", "secured", "spent"] as const)
    expect(budget[account]).toBe(balanceOf(entries, "campaign", campaignId, account));
  expect(balanceOf(entries, "platform", "", "creator_compensation") + budget.spent).toBe(0);

  const participants = await Promise.all(CREATORS.map((id) => stage.ports.participants.get(campaignId, id)));
  const units = participants.flatMap((one) => one?.units ?? []);
  const unsettled = units.filter(isUnsettled);
  expect(budget.secured).toBe(sum(unsettled.map(({ priceMinor }) => priceMinor)));
  const approved = units.filter(({ state }) => state === "approved");
  expect(budget.spent).toBe(sum(approved.map(({ priceMinor }) => priceMinor)));
  // Of what is secured, everything has a date on which time settles it.
  for (const unit of units) expect(unit.dueAt !== undefined).toBe(isUnsettled(unit));

  let held = 0;
  for (const userId of [BRAND_ID, ...CREATORS]) {
    const wallet = await stage.walletOf(userId);
    const transactions = stage
      .stored("walletTransaction")
      .map((row) => WalletTransaction.parse(row))
      .filter((one) => one.userId === userId);
    for (const figure of ["available", "reserved", "pending"] as const)
      expect(sum(transactions.map(({ effects }) => effects[figure]))).toBe(wallet[figure]);
    held += wallet.available + wallet.reserved + wallet.pending;
  }
  expect(held).toBe(PAID_IN);

  // Each unit that is settled is settled by one entry, and no other is.
  const settled = participants.flatMap((one) =>
    (one?.units ?? [])
      .filter((unit) => !isUnsettled(unit))
      .map(({ deliverableId, unit }) => `${one?.id} ${deliverableId} ${unit}`),
  );
  const said = settlements(stage).flatMap(({ settles = [] }) =>
    settles.map(({ participationId, deliverableId, unit }) => `${participationId} ${deliverableId} ${unit}`),
  );
  expect(said.sort()).toEqual(settled.sort());
  expect(stage.stored("earning")).toHaveLength(approved.length);
  const campaign = await stage.ports.campaigns.get(campaignId);
  if (campaign?.status === "completed") expect(budget.unassigned).toBe(0);
}

/** Everybody at work: each creator owes three units of one price and two of another. */
async function begun(): Promise<World> {
  const stage = await peopled();
  const { id: campaignId } = await drafted(stage, { maxRounds: 2 });
  const first = await asked(stage, campaignId, { quantity: 3, compensation: { amount: 7_001, currency: "USD" } });
  const second = await asked(stage, campaignId, { quantity: 2, compensation: { amount: 333, currency: "USD" } });
  await paidIn(stage, PAID_IN);
  await published(stage, campaignId);
  for (const creatorId of CREATORS) await joined(stage, campaignId, creatorId);
  return { stage, campaignId, deliverableIds: [first.id, second.id] };
}

test("no history of content and decisions settles a unit twice, or loses or makes a cent", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_125);
  const seen = { steps: 0, refused: new Map<string, number>(), settled: new Map<string, number>() };
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { minLength: 12, maxLength: 30, size: "max" }), async (moments) => {
      const world = await begun();
      for (const steps of moments) {
        seen.steps += steps.length;
        for (const attempt of await Promise.allSettled(steps.map((step) => step(world)))) {
          if (attempt.status === "fulfilled") continue;
          if (!(attempt.reason instanceof Refusal)) throw attempt.reason;
          count(seen.refused, attempt.reason.refusal.code);
        }
        await expectWholeBooks(world);
      }
      for (const { type } of settlements(world.stage)) count(seen.settled, type);
    }),
    { numRuns: 60, seed },
  );
  const shown = [seen.settled, seen.refused].map((counts) => JSON.stringify(Object.fromEntries([...counts].sort())));
  console.log(`seed ${seed}: ${seen.steps} steps; settled: ${shown[0]}; refused: ${shown[1]}`);
  // The histories reached what they are meant to try.
  expect([...seen.settled.keys()].sort()).toEqual(["release", "transfer", "unsecuring"]);
  expect([...seen.refused.keys()]).toEqual(
    expect.arrayContaining([
      "submission.already_settled",
      "submission.unit_taken",
      "submission.no_such_unit",
      "submission.campaign_not_open",
      "submission.rounds_exhausted",
    ]),
  );
}, 120_000);
