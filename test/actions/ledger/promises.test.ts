/** What wallets stand for, as it is read from the table: found at night, beside writers, and at a cost that history does not raise. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { isOver, lookedAt, newAudit } from "#shared/domain/ledger/audit/auditor";
import { walletAccount } from "#shared/domain/ledger/account";
import { move } from "#shared/domain/ledger/posting";
import { plusHours } from "#shared/domain/kernel/time";
import { Payout } from "#shared/domain/payouts/payout";
import { entityItem, entityKey } from "#shared/table/entity";
import type { Query, TableEngine } from "#shared/table/engine";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { headOf, HELD, nightly, ON_HOLD_ID, posted, sealed, twoDays } from "../../support/ledger-days.ts";
import { anEarning, aPayout } from "../../support/money-builders.ts";
import type { TestStage } from "../../support/stage.ts";
import { brokenOf, openOf } from "../../domain/ledger/audit/broken-books.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await twoDays();
});

const usd = (amount: number) => ({ amount, currency: "USD" as const });
const put = (table: TableEngine, kind: "earning" | "payout", thing: object) =>
  table.write({ kind: "put", item: entityItem(kind, thing as never), when: { any: true } });

/** Another payout is asked for, of so much. */
async function requested(amount: number): Promise<void> {
  const id = `pay_${"8".repeat(26)}`;
  const [earning] = stage.stored("earning").filter((one) => one["status"] === "available");
  const free = Number(earning?.["allocatedMinor"]) + amount;
  await put(stage.table, "earning", { ...earning, allocatedMinor: free });
  await put(stage.table, "payout", aPayout({ id, amount: usd(amount), createdAt: stage.clock.now }));
  const [from, to] = [walletAccount(CREATOR_ID, "payable"), walletAccount(CREATOR_ID, "inFlight")];
  await posted(stage, (now) => [move(headOf("payout:8", "withdrawal"), amount, from, to, now)]);
}

/** The books as they are read an hour later, with something done before the first query of a list. */
async function auditedBeside(list: string, act: () => Promise<void>) {
  let isDone = false;
  const engine: TableEngine = {
    ...stage.table,
    query: async (query: Query) => {
      if (!isDone && query.partition.startsWith(list)) {
        isDone = true;
        await act();
      }
      return stage.table.query(query);
    },
  };
  const ledger = memory(engine).ledger({});
  const firstLook: string[][] = [];
  let audit = newAudit;
  while (!isOver(audit)) {
    audit = lookedAt(audit, { books: await ledger.books(plusHours(stage.clock.now, 1)), held: HELD });
    if (audit.looks === 1) firstLook.push(brokenOf(audit), openOf(audit));
    await sealed(stage);
  }
  return { firstLook, broken: brokenOf(audit), open: openOf(audit) };
}

describe("the night", () => {
  const night = async () => {
    stage.clock.now = "2026-11-27T00:45:00.000Z";
    return (await nightly(stage)).counts;
  };

  test("proves what those who moved on the closed day stand for", async () => {
    expect(await night()).toMatchObject({ closed: 1, proven: 1 });
  });

  test("finds an earning of theirs that was deleted", async () => {
    const key = entityKey("earning", anEarning({ id: ON_HOLD_ID }));
    await stage.table.write({ kind: "remove", key, when: { any: true } });
    expect(await night()).toMatchObject({ closed: 1, unbalanced: 1 });
  });
});

test("a payout that nobody asked for is found in every night, though its creator rests", async () => {
  await put(
    stage.table,
    "payout",
    aPayout({ id: `pay_${"9".repeat(26)}`, amount: usd(500), createdAt: stage.clock.now }),
  );
  for (const night of ["2026-11-29", "2026-11-30"]) {
    stage.clock.now = `${night}T00:45:00.000Z`;
    expect((await nightly(stage)).counts).toMatchObject({ unbalanced: 1 });
  }
});

describe("a creator who rests for nights", () => {
  const rested = async (): Promise<void> => {
    for (const night of ["2026-11-27", "2026-11-28"]) {
      stage.clock.now = `${night}T00:45:00.000Z`;
      await nightly(stage);
    }
  };
  const provenOn = async (day: string) => {
    stage.clock.now = `${day}T00:45:00.000Z`;
    return (await nightly(stage)).counts;
  };

  /** Nothing of theirs is under way any more. */
  const payoutReturned = async (): Promise<void> => {
    const { step: _step, dueAt: _due, ...payout } = Payout.parse(stage.stored("payout")[0]);
    const [from, to] = [walletAccount(CREATOR_ID, "inFlight"), walletAccount(CREATOR_ID, "payable")];
    const head = headOf("payout:1:returned", "reversal");
    await posted(stage, (now) => [move(head, payout.amount.amount, from, to, now)]);
    await put(stage.table, "payout", { ...payout, status: "failed" });
    for (const earning of stage.stored("earning").filter((one) => Number(one["allocatedMinor"]) > 0))
      await put(stage.table, "earning", { ...earning, allocatedMinor: 0 });
    await sealed(stage);
  };

  test("and whose payout is gone, with their money still in flight, is found", async () => {
    await rested();
    const [payout] = stage.stored("payout");
    const key = entityKey("payout", aPayout({ id: String(payout?.["id"]) }));
    await stage.table.write({ kind: "remove", key, when: { any: true } });
    for (const day of ["2026-11-29", "2026-12-10"]) expect(await provenOn(day)).toMatchObject({ unbalanced: 1 });
  });

  test("and whose payout says that it is paid, without its entry, is found", async () => {
    await rested();
    const { step: _step, dueAt: _due, ...payout } = Payout.parse(stage.stored("payout")[0]);
    await put(stage.table, "payout", { ...payout, status: "paid" });
    expect(await provenOn("2026-11-29")).toMatchObject({ unbalanced: 1 });
  });

  test("and whose earning that can be paid out is gone is found within four weeks", async () => {
    await rested();
    await payoutReturned();
    expect(await provenOn("2026-11-29")).toMatchObject({ proven: 1 });
    const gone = stage.stored("earning").find((one) => one["status"] === "available");
    const key = entityKey("earning", anEarning({ id: String(gone?.["id"]) }));
    await stage.table.write({ kind: "remove", key, when: { any: true } });
    const nights = Array.from({ length: 28 }, (_, at) => plusHours("2026-12-05T00:00:00.000Z", at * 24).slice(0, 10));
    const counts = [];
    for (const night of nights) counts.push(await provenOn(night));
    expect(counts.filter(({ unbalanced }) => unbalanced === 1)).toHaveLength(1);
  });

  test("and whose earning on hold is gone is found when its hold must be over", async () => {
    await rested();
    const key = entityKey("earning", anEarning({ id: ON_HOLD_ID }));
    await stage.table.write({ kind: "remove", key, when: { any: true } });
    // Nothing else of theirs is under way.
    await payoutReturned();
    await provenOn("2026-11-29");
    expect(await provenOn("2026-12-20")).toMatchObject({ proven: 1 });
    expect(await provenOn("2027-03-20")).toMatchObject({ unbalanced: 1 });
  });
});

describe("beside writers", () => {
  test("a creator whose payout is asked for meanwhile is not judged, and is in the next look", async () => {
    const { firstLook, broken, open } = await auditedBeside("PAYABLE_EARNINGS", () => requested(5));
    expect(firstLook[0]).toEqual([]);
    expect(firstLook[1]).toContain("M11");
    expect([broken, open]).toEqual([[], []]);
  });

  test("a payout that moves within the list while it is read is found all the same", async () => {
    const [payout] = stage.stored("payout");
    const engine = lagging(stage.table, "PAYOUTS_DUE", () =>
      put(stage.table, "payout", { ...payout, dueAt: "2026-11-30T00:00:00.000Z" }),
    );
    const books = await memory(engine).ledger({}).books(plusHours(stage.clock.now, 1));
    expect(books.promised.payouts).toMatchObject([{ id: payout?.["id"], dueAt: "2026-11-30T00:00:00.000Z" }]);
    const audit = lookedAt(newAudit, { books, held: HELD });
    expect([brokenOf(audit), openOf(audit)]).toEqual([[], []]);
  });
});

/** What a list's index says is as it was before something was done. */
function lagging(table: TableEngine, list: string, act: () => Promise<void>): TableEngine {
  return {
    ...table,
    query: async (query: Query) => {
      const reply = await table.query(query);
      if (query.partition.startsWith(list) && reply.items.length > 0) await act();
      return reply;
    },
  };
}

/** Items that a look reads, with so many earnings and payouts of the creator's that are over. */
async function readsWith(over: number): Promise<number> {
  const table = memoryTable(stage.table.all().map((item) => item as never));
  for (let number = 1; number <= over; number += 1) {
    const digits = `7${String(number).padStart(25, "0")}`;
    const ended = { amount: usd(1), allocatedMinor: 1, paidMinor: 1, status: "paid" as const };
    await put(table, "earning", anEarning({ ...ended, id: `ern_${digits}` }));
    const { step: _step, dueAt: _due, ...final } = aPayout({ id: `pay_${digits}`, status: "paid" });
    await put(table, "payout", final);
  }
  let read = 0;
  const engine: TableEngine = {
    ...table,
    getMany: async (keys) => {
      read += keys.length;
      return table.getMany(keys);
    },
    query: async (query) => {
      const reply = await table.query(query);
      read += Math.max(reply.items.length, 1);
      return reply;
    },
  };
  const books = await memory(engine).ledger({}).books(stage.clock.now);
  expect(books.promised.wallets.map(({ userId }) => userId)).toEqual([CREATOR_ID]);
  expect(books.promised.wallets).not.toContainEqual(expect.objectContaining({ userId: BRAND_ID }));
  return read;
}

test("costs the same after 10 and after 5,000 earnings and payouts that are over", async () => {
  const [few, many] = [await readsWith(10), await readsWith(5_000)];
  console.log(`items read with 10 earnings and payouts that are over: ${few}; with 5,000: ${many}`);
  expect(many).toBe(few);
});
