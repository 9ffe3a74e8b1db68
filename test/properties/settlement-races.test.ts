/**
 * Everything that can settle a unit, at the same moment: verdicts, cancellation, removal, silence, disputes and their decisions.
 * Exactly one settles it, now or when its date comes; whoever comes second hears how it ended.
 */
import { expect, test } from "@jest/globals";
import type { Actor } from "#shared/domain/kernel/actor";
import { Refusal } from "#shared/domain/kernel/refusal";
import {
  cancelled,
  clocked,
  decided,
  disputed,
  expectWholeBooks,
  journalOf,
  later,
  removed,
  toldOfRemoval,
} from "../actions/settlements/settling.ts";
import { reviewed, submitted, unitsOf, type Work, working } from "../actions/submissions/delivered.ts";
import { CREATOR_ID } from "../support/builders.ts";
import { advanced, chargedBack, peopled, toldOfStatus } from "../support/launched.ts";
import { randomOf } from "../support/random.ts";
import { admin, brand, creator, testStage, type TestStage } from "../support/stage.ts";

type Dispute = Parameters<typeof decided>[1];
interface Beginning {
  readonly name: string;
  readonly items: ReturnType<TestStage["table"]["all"]>;
  readonly now: string;
  readonly work: Work;
  readonly submissionId: string;
  readonly dispute?: Dispute;
}
interface World extends Omit<Beginning, "items" | "now" | "name"> {
  readonly stage: TestStage;
  readonly below: (bound: number) => number;
}
type Step = (world: World) => Promise<unknown>;

/** The states in which a unit's price is held and content was handed in, at a moment when its date has come. */
async function beginnings(): Promise<readonly Beginning[]> {
  const begun = async (
    name: string,
    days: number,
    act: (stage: TestStage, work: Work, id: string) => Promise<unknown>,
  ) => {
    const stage = await peopled();
    const work = await working(stage);
    const { id: submissionId } = await submitted(stage, work, { unit: 1 });
    const dispute = (await act(stage, work, submissionId)) as Dispute | undefined;
    later(stage, days);
    const { now } = stage.clock;
    return { name, items: stage.table.all(), now, work, submissionId, ...(dispute && { dispute }) };
  };
  return [
    await begun("submitted", 7, () => Promise.resolve()),
    await begun(
      "changes requested",
      14,
      async (stage, work, id) => void (await reviewed(stage, work, id, "changes_requested")),
    ),
    await begun("disputed", 30, disputed),
    await begun("disputed after changes", 30, async (stage, work, id) => {
      await reviewed(stage, work, id, "changes_requested");
      return disputed(stage, work, id, creator());
    }),
  ];
}

async function worldOf({ items, now, ...begun }: Beginning, below: World["below"]): Promise<World> {
  const stage = testStage(now);
  for (const item of items) await stage.table.write({ kind: "put", item: item as never, when: { any: true } });
  // Ids go on after those that are there.
  for (let taken = 0; taken < 100; taken += 1) stage.newId("commit");
  return { stage, below, ...begun };
}

const verdict =
  (decision: "approved" | "rejected" | "changes_requested", actor: Actor = brand()): Step =>
  ({ stage, work, submissionId }) =>
    reviewed(stage, work, submissionId, decision, { actor });
const steps: Readonly<Record<string, Step>> = {
  approve: verdict("approved"),
  "approve by an admin": verdict("approved", admin()),
  reject: verdict("rejected"),
  "ask for changes": verdict("changes_requested"),
  cancel: async ({ stage, work }) => {
    await cancelled(stage, work.campaignId);
    await toldOfStatus(stage, work.campaignId, "cancelled");
  },
  remove: async ({ stage, work }) => {
    await removed(stage, work.campaignId);
    if (stage.outbox().includes("participant.removed")) await toldOfRemoval(stage);
  },
  clock: async ({ stage }) => expect(await clocked(stage)).not.toMatchObject({ outcome: "partial" }),
  "another clock": async ({ stage }) => expect(await clocked(stage)).not.toMatchObject({ outcome: "partial" }),
  "dispute by the brand": ({ stage, work, submissionId }) => disputed(stage, work, submissionId),
  "dispute by the creator": ({ stage, work, submissionId }) => disputed(stage, work, submissionId, creator()),
  "next round": ({ stage, work }) => submitted(stage, work, { unit: 1 }),
  "charge back": ({ stage, below }) => chargedBack(stage, 1 + below(150_000)),
  decide: async ({ stage, work, submissionId, dispute, below }) => {
    const about = dispute ?? (await stage.ports.disputes.get(work.campaignId, submissionId));
    return about && decided(stage, about, below(10_001));
  },
};
const names = Object.keys(steps);

const ENDS = ["approved", "rejected", "released"];

/** What settled the unit, by the journal; an entry that was taken back settles nothing. */
const settlementsOf = (stage: TestStage) =>
  journalOf(stage).filter(({ settles = [] }) => settles.some(({ unit }) => unit === 1));

test("of everything that may settle a unit at once exactly one does, and the others hear how it ended", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_126);
  const races = Number(process.env["RACES"] ?? 80);
  const random = randomOf(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const from = await beginnings();
  const seen = { won: new Map<string, number>(), lost: new Map<string, number>() };
  const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (let race = 0; race < races; race += 1) {
    const beginning = from[race % from.length] as Beginning;
    const world = await worldOf(beginning, below);
    const { stage, work, submissionId } = world;
    const runners = Array.from({ length: 2 + below(4) }, () => names[below(names.length)] as string);
    const attempts = await Promise.allSettled(
      runners.map(async (name) => {
        for (let ticks = below(60); ticks > 0; ticks -= 1) await Promise.resolve();
        return steps[name]?.(world);
      }),
    );
    expectWholeBooks(stage);
    const [unit] = await unitsOf(stage, work);
    const settled = settlementsOf(stage);
    expect([race, runners, settled.length]).toEqual([race, runners, ENDS.includes(unit?.state ?? "") ? 1 : 0]);
    for (const [at, attempt] of attempts.entries()) {
      if (attempt.status === "fulfilled") continue;
      if (!(attempt.reason instanceof Refusal)) throw attempt.reason;
      const { refusal, context } = attempt.reason;
      count(seen.lost, `${refusal.code} ${context.currentState}`);
      expect([runners[at], refusal.kind]).toEqual([runners[at], "conflict"]);
      // Whoever asked for changes has decided as well, where somebody did.
      const asked =
        beginning.name.includes("changes") || runners.includes("ask for changes") ? ["changes_requested"] : [];
      if (refusal.code === "submission.already_settled")
        expect([unit?.state, ...asked]).toContain(context.currentState);
    }
    if (settled[0]) count(seen.won, unit?.state ?? "");
    // Whatever is left, time settles.
    later(stage, 60);
    await advanced(stage);
    await toldOfStatus(stage, work.campaignId, "completed");
    await clocked(stage);
    // Also what a dispute that nobody decided had stopped, and goes on.
    later(stage, 60);
    await clocked(stage);
    expect(settlementsOf(stage)).toHaveLength(1);
    expect(await stage.ports.campaigns.budget(work.campaignId)).toMatchObject({ secured: 0, unassigned: 0 });
    expect(ENDS).toContain(
      (await stage.ports.submissions.get(work.campaignId, submissionId))?.status.replace(
        "changes_requested",
        "released",
      ),
    );
    expect(stage.stored("earning").filter(({ creatorId }) => creatorId === CREATOR_ID).length).toBeLessThanOrEqual(2);
    expectWholeBooks(stage);
  }
  const shown = [seen.won, seen.lost].map((counts) => JSON.stringify(Object.fromEntries([...counts].sort())));
  console.log(`seed ${seed}: ${races} races; settled at once: ${shown[0]}; refused: ${shown[1]}`);
  expect([...seen.won.keys()].sort()).toEqual(ENDS.toSorted());
  const codes = new Set([...seen.lost.keys()].map((name) => name.split(" ")[0]));
  for (const code of ["submission.already_settled", "submission.disputed", "campaign.ended"])
    expect(codes).toContain(code);
}, 600_000);
