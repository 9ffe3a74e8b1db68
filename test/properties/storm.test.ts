/** A storm over the table: many at once on few items, with lost replies and refused ones. Nothing twice, nothing lost. */
import { expect, test } from "@jest/globals";
import { ConditionsFailed, type Operation } from "#shared/table/engine";
import { randomOf } from "../support/simulated-clock.ts";
import { calling, simulated } from "../support/simulated-table.ts";

const SEEDS = [1, 2, 3, 4, 5];
const PURSES = 10;
const TRANSFERS = 300;
const OPENING = 1_000;
const key = (sk: string) => ({ pk: "storm", sk });
const purse = (number: number) => key(`purse-${number}`);

test.each(SEEDS)(
  "seed %i: every transfer is there once or not at all, as it was told, and no cent is lost",
  async (seed) => {
    const world = simulated(seed, { faults: { lost: 0.05, throttled: 0.05 } });
    const random = randomOf(seed + 1_000);
    const below = (bound: number): number => Math.floor(random() * bound);
    const opened = Array.from({ length: PURSES }, (_, at): Operation => {
      return { kind: "put", item: { ...purse(at), amount: OPENING }, when: { absent: true } };
    });
    // All of them may find their purse too empty, so that some are refused.
    await calling(world, () => world.table.transact(opened), 60_000);

    const told = new Map<string, string>();
    const transfer = async (name: string): Promise<void> => {
      const [from, step, amount] = [below(PURSES), 1 + below(PURSES - 1), 1 + below(500)];
      const to = (from + step) % PURSES;
      const operations: Operation[] = [
        { kind: "put", item: { ...key(name), from, to, amount }, when: { absent: true } },
        { kind: "add", key: purse(from), add: { amount: -amount }, when: { atLeast: { amount } } },
        { kind: "add", key: purse(to), add: { amount }, when: {} },
      ];
      await new Promise<void>((resolve) => void world.clock.after(random() * 5_000, resolve));
      const outcome = calling(world, () => world.table.transact(operations)).then(
        () => "done",
        (error: unknown) => (error instanceof ConditionsFailed ? "refused" : (error as Error).name),
      );
      told.set(name, await outcome);
    };
    await Promise.all(Array.from({ length: TRANSFERS }, (_, at) => transfer(`transfer-${at}`)));

    const stored = new Map(world.table.all().map((item) => [String(item["sk"]), item]));
    const expected = Array.from({ length: PURSES }, () => OPENING);
    for (const [name, outcome] of told) {
      const item = stored.get(name);
      if (outcome === "done") expect([name, item]).toEqual([name, expect.anything()]);
      if (outcome === "refused" || outcome === "Contended") expect([name, item]).toEqual([name, undefined]);
      if (item === undefined) continue;
      expected[Number(item["from"])]! -= Number(item["amount"]);
      expected[Number(item["to"])]! += Number(item["amount"]);
    }
    const held = expected.map((_, at) => Number(stored.get(`purse-${at}`)?.["amount"]));
    expect(held).toEqual(expected);
    expect(held.every((amount) => amount >= 0)).toBe(true);
    const outcomes = [...told.values()];
    expect(outcomes.filter((one) => one === "done").length).toBeGreaterThan(TRANSFERS / 2);
    // The storm was one: it lost replies, refused for lack of capacity, and set them against each other.
    expect(Math.min(world.table.tally.lost, world.table.tally.throttled, world.table.tally.conflicts)).toBeGreaterThan(
      0,
    );
  },
);
