/**
 * No money stays locked: whatever people and the clock do, in whatever order, every secured unit has a date; and when people
 * fall silent, the clock alone leaves nothing secured.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Refusal } from "#shared/domain/kernel/refusal";
import { Submission } from "#shared/domain/submissions/submission";
import {
  appealed,
  cancelled,
  clocked,
  decided,
  disputed,
  everybody,
  expectWholeBooks,
  increased,
  later,
  removed,
  toldOfRemoval,
} from "../actions/settlements/settling.ts";
import { joined, reviewed, submitted } from "../actions/submissions/delivered.ts";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import {
  accepted,
  advanced,
  asked,
  drafted,
  invited,
  OTHER_CREATOR_ID,
  paidIn,
  paused,
  peopled,
  published,
  resumed,
  toldOfStatus,
} from "../support/launched.ts";
import { brand, creator, type TestStage } from "../support/stage.ts";

const CREATORS = [CREATOR_ID, OTHER_CREATOR_ID];
const PAID_IN = 120_000;

interface World {
  readonly stage: TestStage;
  readonly campaignId: string;
  readonly deliverableId: string;
}
type Step = (world: World) => Promise<unknown>;
const named = (name: string, step: Step) => Object.assign(step, { toString: () => name });
const who = fc.constantFrom(...CREATORS);
const back = fc.nat({ max: 5 });

const latest = ({ stage }: World, at: number) =>
  stage
    .stored("submission")
    .map((row) => Submission.parse(row))
    .at(-1 - at);
const disputeOf = ({ stage }: World, at: number) => stage.stored("dispute").at(-1 - at) as never;

const about = (name: string, act: (world: World, submission: Submission) => Promise<unknown>) =>
  back.map((at) =>
    named(`${name} ${at}`, async (world) => {
      const submission = latest(world, at);
      return submission && act(world, submission);
    }),
  );
const alone = (name: string, act: Step) => fc.constant(named(name, act));

const people = fc.oneof(
  {
    weight: 6,
    arbitrary: who.map((id) => named(`submit ${id}`, ({ stage, ...work }) => submitted(stage, work, {}, creator(id)))),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom("approved", "rejected", "changes_requested", "changes_requested")
      .chain((decision) => about(decision, ({ stage, ...work }, { id }) => reviewed(stage, work, id, decision))),
  },
  {
    weight: 4,
    arbitrary: fc
      .boolean()
      .chain((byBrand) =>
        about("dispute", ({ stage, ...work }, { id, creatorId }) =>
          disputed(stage, work, id, byBrand ? brand() : creator(creatorId)),
        ),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 7_001 })).map(([at, share]) =>
      named(`decide ${share}`, async (world) => {
        const dispute = disputeOf(world, at);
        return dispute && decided(world.stage, dispute, share);
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat({ max: 1 }).map((at) =>
      named("appeal", async (world) => {
        const dispute = disputeOf(world, at);
        return dispute && appealed(world.stage, dispute, brand());
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: who.map((creatorId) =>
      named(`remove ${creatorId}`, async ({ stage, campaignId }) => {
        await removed(stage, campaignId, { creatorId });
        await toldOfRemoval(stage);
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: who.map((creatorId) =>
      named(`come back ${creatorId}`, async ({ stage, campaignId }) => {
        await invited(stage, campaignId, { creatorId });
        await accepted(stage, campaignId, creatorId);
      }),
    ),
  },
  { weight: 1, arbitrary: alone("increase", ({ stage, campaignId }) => increased(stage, campaignId, 5_000)) },
  { weight: 1, arbitrary: alone("pause", ({ stage, campaignId }) => paused(stage, campaignId)) },
  { weight: 1, arbitrary: alone("resume", ({ stage, campaignId }) => resumed(stage, campaignId)) },
);
const cancel = alone("cancel", async ({ stage, campaignId }) => {
  await cancelled(stage, campaignId);
  await toldOfStatus(stage, campaignId, "cancelled");
});
const silentCancel = alone("cancel, with the event lost", ({ stage, campaignId }) => cancelled(stage, campaignId));
const time = fc.integer({ min: 1, max: 9 }).map((days) =>
  named(`${days} days`, async ({ stage }) => {
    later(stage, days);
    await advanced(stage);
    expect(await clocked(stage)).toMatchObject({ outcome: "succeeded" });
  }),
);
const step = fc.oneof(
  { weight: 20, arbitrary: people },
  { weight: 4, arbitrary: time },
  { weight: 1, arbitrary: fc.oneof(cancel, silentCancel) },
);

async function begun(): Promise<World> {
  const stage = await peopled();
  const { id: campaignId } = await drafted(stage, { maxRounds: 3 });
  const { id: deliverableId } = await asked(stage, campaignId, {
    quantity: 3,
    compensation: { amount: 7_001, currency: "USD" },
  });
  await paidIn(stage, PAID_IN);
  await published(stage, campaignId);
  for (const creatorId of CREATORS) await joined(stage, campaignId, creatorId);
  return { stage, campaignId, deliverableId };
}

/** Nobody does anything any more, but the jobs. */
async function silence({ stage, campaignId }: World): Promise<void> {
  for (let month = 0; month < 4; month += 1) {
    later(stage, 45);
    await advanced(stage);
    expect(await clocked(stage)).toMatchObject({ outcome: "succeeded" });
    expectWholeBooks(stage);
  }
  const { secured, unassigned, spent } = (await stage.ports.campaigns.budget(campaignId)) ?? {};
  expect([secured, unassigned]).toEqual([0, 0]);
  expect(stage.stored("funding")).toEqual([]);
  expect(stage.stored("participant").filter(({ duePk }) => duePk !== undefined)).toEqual([]);
  expect(everybody(stage).filter(({ status }) => status === "active")).toEqual([]);
  expect(stage.stored("dispute").filter(({ status }) => status === "open" || status === "appealed")).toEqual([]);
  const { available } = (await stage.ports.wallets.get(BRAND_ID)) ?? {};
  expect(Number(available) + Number(spent)).toBe(PAID_IN);
}

test("every secured unit has a date in every state that people and the clock reach, and silence frees all of it", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_127);
  const runs = Number(process.env["RUNS"] ?? 25);
  const seen = { steps: 0, refused: new Map<string, number>(), units: new Map<string, number>() };
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30, size: "max" }), async (taken) => {
      const world = await begun();
      for (const one of taken) {
        seen.steps += 1;
        await one(world).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
          count(seen.refused, error.refusal.code);
        });
        expectWholeBooks(world.stage);
        for (const { state } of everybody(world.stage).flatMap(({ units }) => units)) count(seen.units, state);
      }
      await silence(world);
    }),
    { numRuns: runs, seed },
  );
  const shown = [seen.units, seen.refused].map((counts) => JSON.stringify(Object.fromEntries([...counts].sort())));
  console.log(`seed ${seed}: ${runs} histories, ${seen.steps} steps; units seen: ${shown[0]}; refused: ${shown[1]}`);
  expect([...seen.units.keys()].sort()).toEqual(["approved", "disputed", "open", "rejected", "released", "submitted"]);
}, 1_800_000);
