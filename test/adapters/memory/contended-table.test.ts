/** Conflicts as DynamoDB has them. Source: its developer guide, "Transaction conflict handling in DynamoDB". */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { Contended } from "#shared/ports/changes";
import { OutcomeUnknown } from "#shared/ports/outside";
import type { Operation, Write } from "#shared/table/engine";
import { callByCall, calling, simulated, type Simulated } from "../../support/simulated-table.ts";
import { changesSuite } from "../suites/changes.ts";
import { idempotencySuite } from "../suites/idempotency.ts";
import { moneySuite } from "../suites/money.ts";
import { tableSuite } from "../suites/table.ts";

const engine = () => Promise.resolve(callByCall(simulated()));
tableSuite("memory with conflicts", engine);
idempotencySuite("memory with conflicts", engine);
changesSuite("memory with conflicts", engine);
moneySuite("memory with conflicts", engine);

const key = (sk: string) => ({ pk: "p", sk });
const put = (sk: string, when: Operation["when"] = { any: true }, fields = {}): Write => ({
  kind: "put",
  item: { ...key(sk), ...fields },
  when,
});
const check = (sk: string, when: Operation["when"] = {}): Operation => ({ kind: "check", key: key(sk), when });
const add = (sk: string): Operation => ({ kind: "add", key: key(sk), add: { n: 1 }, when: { any: true } });

describe("one try each", () => {
  let world: Simulated;
  let token = 0;
  beforeEach(async () => {
    world = simulated();
    await world.table.driver.transact([put("a"), put("b"), put("c")], "before");
  });
  /** What the others are told who come while the first is under way. */
  async function told(first: readonly Operation[] | Write, ...others: readonly (readonly Operation[] | Write)[]) {
    const { driver } = world.table;
    const sent = [first, ...others].map((one) =>
      ("kind" in one ? driver.write(one) : driver.transact(one, `t-${(token += 1)}`)).then(
        () => "done",
        (error: Error & { CancellationReasons?: readonly { Code: string }[] }) =>
          error.CancellationReasons?.length ? error.CancellationReasons.map(({ Code }) => Code) : error.name,
      ),
    );
    const [one, ...rest] = await Promise.all(sent);
    expect(one).toBe("done");
    return rest;
  }
  const conflict = "TransactionConflict";

  test("a transaction is told which of its items are another's, and what else it would have been told", async () => {
    const later = [put("new"), add("b"), check("none"), check("c")];
    expect(await told([add("a"), add("b")], later)).toEqual([["None", conflict, "ConditionalCheckFailed", "None"]]);
    expect(await world.table.get(key("new"))).toBeUndefined();
  });

  test("an item that is only checked is held like any other, on either side", async () => {
    expect(await told([check("a")], [add("a")], [check("a")])).toEqual([[conflict], [conflict]]);
    expect(await told([add("a")], [check("a")])).toEqual([[conflict]]);
  });

  test("a single write that meets a transaction is refused; two single writes come one after the other", async () => {
    expect(await told([add("a")], put("a"), put("b"))).toEqual(["TransactionConflictException", "done"]);
    expect(await told(put("a"), put("a"), put("a", { absent: true }))).toEqual([
      "done",
      "ConditionalCheckFailedException",
    ]);
  });

  test("who is cancelled has been in others' way until then, and not longer", async () => {
    expect(await told([add("a")], [add("a"), add("b")], [add("b")])).toEqual([[conflict, "None"], [conflict]]);
    expect(await told([add("a"), add("b")])).toEqual([]);
  });

  test("reads meet nobody, and see all of a transaction or nothing of it", async () => {
    const { driver } = world.table;
    const [before] = await Promise.all([driver.get(key("a")), driver.transact([add("a"), add("b")], "x")]);
    expect(before).toEqual(key("a"));
    expect((await driver.getBatch([key("a"), key("b")])).items).toMatchObject([{ n: 1 }, { n: 1 }]);
  });

  test("a token is one transaction: under way, and for ten minutes after", async () => {
    const { driver } = world.table;
    const first = driver.transact([add("a")], "same");
    await expect(driver.transact([add("a")], "same")).rejects.toMatchObject({ name: "TransactionInProgressException" });
    await first;
    await driver.transact([add("a")], "same");
    expect(await driver.get(key("a"))).toMatchObject({ n: 1 });
    await new Promise<void>((resolve) => void world.clock.after(600_001, resolve));
    await driver.transact([add("a")], "same");
    expect(await driver.get(key("a"))).toMatchObject({ n: 2 });
  });

  test("a partition that is written to beyond its units is throttled until the next second", async () => {
    world = simulated(1, { unitsPerSecond: 3 });
    const writes = ["a", "b", "c", "d"].map((sk) => world.table.driver.write(put(sk)));
    const statuses = (await Promise.allSettled(writes)).map(({ status }) => status);
    expect(statuses).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    await calling(world, () => world.table.write(put("d")));
    expect(world.clock.nowMs()).toBeGreaterThanOrEqual(1_000);
  });
});

describe("asked until it is decided", () => {
  test("a crowd on one item gets through, all of it, within seconds", async () => {
    const world = simulated();
    await Promise.all(Array.from({ length: 100 }, () => calling(world, () => world.table.transact([add("hot")]))));
    expect(await world.table.get(key("hot"))).toMatchObject({ n: 100 });
    expect(world.clock.nowMs()).toBeLessThan(9_000);
  });

  test("what stays contended is given up before the call's time is up, with nothing written", async () => {
    const world = simulated(1, { transactionMs: 400 });
    const slow = world.table.driver.transact([add("hot")], "slow");
    const mine = calling(world, () => world.table.transact([add("hot"), put("mine")]), 350);
    await expect(mine).rejects.toBeInstanceOf(Contended);
    // What is under way at the end may take its own time: outside of a simulation, its request has a limit.
    expect(world.clock.nowMs()).toBeLessThan(350 + 200);
    await slow;
    expect(await world.table.get(key("mine"))).toBeUndefined();
    expect(world.table.tally.conflicts).toBeGreaterThan(0);
  });

  test("no answer at all: nobody says that nothing was done", async () => {
    const world = simulated(1, { faults: { lost: 1, throttled: 0 } });
    await expect(calling(world, () => world.table.transact([add("a")]))).rejects.toBeInstanceOf(OutcomeUnknown);
    await expect(calling(world, () => world.table.write(put("b", { absent: true })))).rejects.toBeInstanceOf(
      OutcomeUnknown,
    );
  });
});
