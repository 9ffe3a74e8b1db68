/** Which days a run compares, and what it reads for them. */
import { describe, expect, test } from "@jest/globals";
import { plusDays } from "#shared/domain/kernel/time";
import {
  daysAround,
  daysToCompare,
  daysToLookAt,
  MOST_MADE_UP,
  slidingDays,
  whileTime,
} from "#shared/domain/reconciliations/days";
import { DifferenceKind, type Reconciliation } from "#shared/domain/reconciliations/reconciliation";

const now = "2026-03-01T03:30:00.000Z";
const latest = ["2026-02-26", "2026-02-27", "2026-02-28"];
const dayBack = (days: number) => plusDays(now, -days).slice(0, "YYYY-MM-DD".length);

const record = (date: string, kinds: DifferenceKind[] = [], reconciledAt = now): Reconciliation => ({
  ...{ date, status: kinds.length > 0 ? "differs" : "matched", totals: [], differenceCount: kinds.length },
  ...{ reconciledAt, version: 1 },
  differences: kinds.map((kind) => ({
    ...{ kind, currency: "USD", processorIds: [], entryKeys: [], reason: "r", action: "a" },
    ...{ processorMinor: 1, booksMinor: 0 },
  })),
});

describe("the days of a run", () => {
  test("are the last three, each with three days around it", () => {
    expect(daysToCompare([], now)).toEqual({ latest, madeUp: [] });
    const recorded = [record("2026-02-25"), ...latest.map((date) => record(date))];
    expect(daysToCompare(recorded, now)).toEqual({ latest, madeUp: [] });
    const around = daysAround("2026-03-01");
    expect([around[0], around.at(-1), around.length]).toEqual(["2026-02-26", "2026-03-04", 7]);
  });

  test("go on from the last compared one, and fill a gap", () => {
    expect(daysToCompare([record("2026-02-23")], now).madeUp).toEqual(["2026-02-24", "2026-02-25"]);
    const gap = [record("2026-02-22"), record("2026-02-25")];
    expect(daysToCompare(gap, now).madeUp).toEqual(["2026-02-23", "2026-02-24"]);
  });

  test("are bounded, and the runs after make up the rest", () => {
    const recorded = [record(dayBack(40))];
    const first = daysToCompare(recorded, now);
    const { madeUp } = first;
    expect([madeUp.length, madeUp[0], madeUp.at(-1)]).toEqual([MOST_MADE_UP, dayBack(39), dayBack(40 - MOST_MADE_UP)]);
    const compared = new Set(first.latest);
    for (let run = 1; run <= 3; run += 1) {
      const days = daysToCompare([...recorded, ...[...compared].map((date) => record(date))], now);
      for (const day of days.madeUp) compared.add(day);
    }
    expect([...compared].sort()).toEqual(Array.from({ length: 39 }, (_, at) => dayBack(39 - at)));
  });

  test.each(DifferenceKind.options)("are those again that differ by %s, until they match", (kind) => {
    const between = ["2026-02-21", "2026-02-22", "2026-02-23", "2026-02-24", "2026-02-25"].map((date) => record(date));
    expect(daysToCompare([record("2026-02-20", [kind]), ...between], now).madeUp).toEqual(["2026-02-20"]);
    expect(daysToCompare([record("2026-02-20"), ...between], now).madeUp).toEqual([]);
  });

  test("are those again that could not be judged", () => {
    const waiting: Reconciliation = { ...record("2026-02-25"), status: "not_judged", notJudgedCount: 1 };
    expect(daysToCompare([waiting], now).madeUp).toEqual(["2026-02-25"]);
  });

  test("are first those that were looked at longest ago, whichever days they are: each has its turn", () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      record(dayBack(40 - at), ["not_booked"], plusDays(now, -(at + 1))),
    );
    const between = Array.from({ length: 10 }, (_, at) => record(dayBack(10 - at)));
    const again = daysToCompare([...many, ...between], now).madeUp;
    expect(again).toEqual(
      many
        .slice(-MOST_MADE_UP)
        .map(({ date }) => date)
        .reverse(),
    );
    // Of one run, the oldest first: neighbours are read together.
    const alike = [...many.slice(0, 5)].reverse().map((one) => ({ ...one, reconciledAt: now }));
    expect(daysToCompare([...alike, ...many.slice(5).map(({ date }) => record(date)), ...between], now).madeUp).toEqual(
      many.slice(0, 5).map(({ date }) => date),
    );
  });

  test("are begun while half of the time is left, and else left for the next run", async () => {
    let share = 1;
    const compare = whileTime(
      (date) => {
        share -= 0.3;
        return Promise.resolve(`compared ${date}`);
      },
      () => share,
    );
    const outcomes = [await compare("a"), await compare("b"), await compare("c"), await compare("d")];
    expect(outcomes).toEqual(["compared a", "compared b", "left", "left"]);
  });

  test("are looked for a hundred days back, the oldest first", () => {
    const days = daysToLookAt(now);
    expect([days.length, days[0], days.at(-1)]).toEqual([100, dayBack(100), dayBack(1)]);
  });
});

describe("days that are read", () => {
  test("are read once for neighbours, and forgotten when they are behind", async () => {
    const read: string[] = [];
    const around = slidingDays((date) => {
      read.push(date);
      return Promise.resolve([date]);
    });
    for (const day of latest) expect(await around(daysAround(day))).toEqual(daysAround(day));
    expect(read).toEqual(Array.from({ length: 9 }, (_, at) => dayBack(6 - at)));
    await around(daysAround(latest[0] ?? ""));
    expect(read.length).toBe(11);
  });

  test("are read again when they could not be", async () => {
    let fails = true;
    const around = slidingDays((date) => (fails ? Promise.reject(new Error(date)) : Promise.resolve([date])));
    await expect(around(["2026-02-26"])).rejects.toThrow("2026-02-26");
    fails = false;
    expect(await around(["2026-02-26"])).toEqual(["2026-02-26"]);
  });
});
