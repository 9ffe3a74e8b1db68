/** The night: yesterday is closed once, however often it is tried and wherever a try ends, and then the books are proven. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { auditLedger } from "#shared/domain/ledger/audit/auditor";
import { sink } from "#shared/runtime/log";
import type { TableEngine } from "#shared/table/engine";
import { booksOf, firstDay, nightly, paysIn, sealed, secondDay, twoDays } from "../../support/ledger-days.ts";
import type { TestStage } from "../../support/stage.ts";

let lines: string[];
beforeEach(() => {
  lines = [];
  sink.write = (line) => void lines.push(line);
});
const said = () =>
  lines.map((line) => (JSON.parse(line) as { code: string }).code).filter((code) => code.startsWith("ledger."));

const NIGHT = "2026-11-26T00:45:00.000Z";
const held = (stage: TestStage, amount: number) => {
  stage.payments.balance = () => Promise.resolve([{ amount, currency: "USD" }]);
};
async function evening(): Promise<TestStage> {
  const stage = await firstDay();
  await sealed(stage);
  stage.clock.now = NIGHT;
  held(stage, 970);
  return stage;
}
/** What a close leaves, but for when it was. */
const left = (stage: TestStage) => [
  stage.stored("closing"),
  stage.stored("ledgerClose").map(({ closedAt: _, ...close }) => close),
];
const broken = async (stage: TestStage) =>
  auditLedger(await booksOf(stage)).flatMap(({ id, passed }) => (passed ? [] : [id]));

describe("a night", () => {
  test("closes the day that is over, and proves the books", async () => {
    const stage = await evening();
    expect(await nightly(stage)).toMatchObject({ outcome: "succeeded", counts: { moved: 2, closed: 1, proven: 1 } });
    expect(said()).toEqual(["ledger.proven"]);
    const [close] = stage.stored("ledgerClose");
    expect(close).toMatchObject({ day: "2026-11-25", entries: 4, commits: 4, unsealed: [], closedAt: NIGHT });
    expect(close?.["currencies"]).toMatchObject([
      {
        currency: "USD",
        opening: { liability: 0 },
        closing: { liability: 1_000, asset: 970, expense: 30, revenue: 0 },
      },
    ]);
  });

  test("that is not yet over for half an hour closes the day before", async () => {
    const stage = await evening();
    stage.clock.now = "2026-11-26T00:29:00.000Z";
    await nightly(stage);
    expect(stage.stored("ledgerClose").map(({ day }) => day)).toEqual(["2026-11-24"]);
  });

  test("a second time changes nothing", async () => {
    const stage = await evening();
    await nightly(stage);
    const before = left(stage);
    expect(await nightly(stage)).toMatchObject({ outcome: "succeeded", counts: { proven: 1 } });
    expect(left(stage)).toEqual(before);
  });

  test("goes on from the last close, a day after the other", async () => {
    const stage = await twoDays();
    stage.clock.now = "2026-11-28T00:45:00.000Z";
    expect(await nightly(stage)).toMatchObject({ outcome: "succeeded", counts: { moved: 3, closed: 2, proven: 1 } });
    const [, second, third] = stage.stored("ledgerClose");
    expect([second, third]).toMatchObject([
      { day: "2026-11-26", entries: 6, commits: 5 },
      { day: "2026-11-27", entries: 0, commits: 0 },
    ]);
    const currencies = (close?: object) =>
      (close as { currencies: { opening: object; closing: object }[] }).currencies[0];
    expect(currencies(second)?.closing).toEqual(currencies(third)?.opening);
    expect(await broken(stage)).toEqual([]);
  });

  test("whose books do not balance is an error line", async () => {
    const stage = await evening();
    held(stage, 0);
    expect(await nightly(stage)).toMatchObject({ counts: { moved: 2, closed: 1, unbalanced: 1 } });
    expect(said()).toEqual(["ledger.unbalanced"]);
    expect(JSON.parse(lines.find((line) => line.includes("ledger.unbalanced")) ?? "{}")).toMatchObject({
      level: "error",
      broken: ["M10"],
      notJudged: [],
    });
  });

  test("judges a brand that is written to while it looks, as soon as it rests for one look", async () => {
    const stage = await evening();
    let busy = 12;
    const engine: TableEngine = {
      ...stage.table,
      query: async (query) => {
        const reply = await stage.table.query(query);
        if (query.partition.startsWith("JOURNAL_ENTRIES_OF_DAY#2026-11-26#7") && busy > 0) {
          busy -= 1;
          await paysIn(stage, 1, `deposit:pi_busy_${busy}`);
          await sealed(stage);
        }
        return reply;
      },
    };
    held(stage, 970 + busy);
    expect(await nightly(stage, engine)).toMatchObject({ counts: { proven: 1 } });
    expect([busy, said()]).toEqual([0, ["ledger.proven"]]);
  });

  test("waits with the close while sealing is late, and says what was not sealed when it was closed", async () => {
    const stage = await firstDay();
    stage.clock.now = NIGHT;
    held(stage, 970);
    await nightly(stage);
    expect(stage.stored("ledgerClose")[0]?.["unsealed"]).toHaveLength(4);
    // They are sealed after the close, and have not come late.
    stage.clock.now = "2026-11-26T01:00:00.000Z";
    await sealed(stage);
    expect(await broken(stage)).toEqual([]);
  });

  test("finds what is posted into a day after its close", async () => {
    const stage = await evening();
    await nightly(stage);
    stage.clock.now = "2026-11-25T23:00:00.000Z";
    await paysIn(stage, 7);
    stage.clock.now = "2026-11-26T03:00:00.000Z";
    await sealed(stage);
    expect(await broken(stage)).toEqual(["M2", "M4", "M13"]);
  });
});

/** A table whose process dies at its nth write: before it is done, or after. */
function dying(table: TableEngine, at: number, when: "before" | "after") {
  const deaths = { writes: 0 };
  const dyingAt = async (act: () => Promise<void>): Promise<void> => {
    deaths.writes += 1;
    if (deaths.writes > at || (deaths.writes === at && when === "before")) throw new Error("the process died");
    await act();
    if (deaths.writes === at) throw new Error("the process died");
  };
  const engine: TableEngine = {
    get: (key) => table.get(key),
    getMany: (keys) => table.getMany(keys),
    query: (query) => table.query(query),
    transact: (operations) => dyingAt(() => table.transact(operations)),
    write: (operation) => dyingAt(() => table.write(operation)),
  };
  return { engine, deaths };
}

describe("a close", () => {
  test("that dies at any of its writes is finished by the next run", async () => {
    const whole = await evening();
    const { engine, deaths } = dying(whole.table, Infinity, "before");
    await nightly(whole, engine);
    const expected = left(whole);
    expect(deaths.writes).toBe(5);
    for (let at = 1; at <= deaths.writes; at += 1) {
      for (const when of ["before", "after"] as const) {
        const stage = await evening();
        await nightly(stage, dying(stage.table, at, when).engine).catch(() => undefined);
        // The lease of the run that died is over.
        stage.clock.now = "2026-11-26T01:15:00.000Z";
        await nightly(stage);
        expect([at, when, left(stage)]).toEqual([at, when, expected]);
        expect(await broken(stage)).toEqual([]);
      }
    }
  });

  test("that died is finished a day later, when its accounts have moved on", async () => {
    for (let at = 2; at <= 3; at += 1) {
      const stage = await evening();
      stage.clock.now = "2026-11-25T00:45:00.000Z";
      await nightly(stage);
      await sealed(stage);
      stage.clock.now = NIGHT;
      await nightly(stage, dying(stage.table, at, "after").engine).catch(() => undefined);
      await secondDay(stage);
      await sealed(stage);
      // What was moved forward alone is no break.
      expect(await broken(stage)).toEqual([]);
      stage.clock.now = "2026-11-27T00:45:00.000Z";
      held(stage, 915);
      expect(await nightly(stage)).toMatchObject({ counts: { proven: 1, closed: 2 } });
      expect(stage.stored("ledgerClose").map(({ day }) => day)).toEqual(["2026-11-24", "2026-11-25", "2026-11-26"]);
    }
  });

  test("of two at once is made once", async () => {
    const alone = await evening();
    await nightly(alone);
    const stage = await evening();
    const open: TableEngine = {
      ...stage.table,
      // Neither sees the other's lease.
      get: (key) => (key.pk.startsWith("JOB_LEASE") ? Promise.resolve(undefined) : stage.table.get(key)),
      transact: (operations) =>
        stage.table.transact(
          operations.filter(
            (one) => one.kind !== "remove" && !(one.kind === "put" && one.item.pk.startsWith("JOB_LEASE")),
          ),
        ),
    };
    const runs = await Promise.all([nightly(stage, open), nightly(stage, open), nightly(stage, open)]);
    expect(runs.map(({ outcome }) => outcome)).toEqual(["succeeded", "succeeded", "succeeded"]);
    const done = (name: string) => runs.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0);
    expect([done("moved"), done("closed"), done("proven")]).toEqual([2, 1, 3]);
    expect(left(stage)).toEqual(left(alone));
  });
});
