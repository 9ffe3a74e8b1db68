/** Which days a run compares, and what it reads for them. */
import { describe, expect, test } from "@jest/globals";
import { plusDays } from "#shared/domain/kernel/time";
import {
  daysAround,
  daysToCompare,
  daysToLookAt,
  MOST_MADE_UP,
  slidingDays,
} from "#shared/domain/reconciliations/days";
import type { DifferenceKind, Reconciliation } from "#shared/domain/reconciliations/reconciliation";

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
    expect(daysToCompare([], now)).toEqual(latest);
    expect(daysToCompare([record("2026-02-25"), ...latest.map((date) => record(date))], now)).toEqual(latest);
    const around = daysAround("2026-03-01");
    expect([around[0], around.at(-1), around.length]).toEqual(["2026-02-26", "2026-03-04", 7]);
  });

  test("go on from the last compared one, and fill a gap, once what is new was compared", () => {
    expect(daysToCompare([record("2026-02-23")], now)).toEqual([...latest, "2026-02-24", "2026-02-25"]);
    expect(daysToCompare([record("2026-02-22"), record("2026-02-25")], now)).toEqual([
      ...latest,
      ...["2026-02-23", "2026-02-24"],
    ]);
  });

  test("are bounded, and the runs after make up the rest", () => {
    const recorded = [record(dayBack(40))];
    const first = daysToCompare(recorded, now);
    expect([first.length, first[3], first.at(-1)]).toEqual([MOST_MADE_UP + 3, dayBack(39), dayBack(40 - MOST_MADE_UP)]);
    const compared = new Set<string>();
    for (let run = 1; run <= 3; run += 1) {
      const days = daysToCompare([...recorded, ...[...compared].map((date) => record(date))], now);
      for (const day of days) compared.add(day);
    }
    expect([...compared].sort()).toEqual(Array.from({ length: 39 }, (_, at) => dayBack(39 - at)));
  });

  test("are those again on which the house's own money waits for a person, first what was looked at longest ago", () => {
    const waiting = [
      record("2026-02-20", ["unconfirmed"]),
      record("2026-02-21", ["not_booked"]),
      record("2026-02-22", ["amount_differs", "unconfirmed"]),
      ...["2026-02-23", "2026-02-24", "2026-02-25"].map((date) => record(date)),
    ];
    expect(daysToCompare(waiting, now)).toEqual([...latest, "2026-02-20", "2026-02-22"]);
    const many = Array.from({ length: 30 }, (_, at) => record(dayBack(40 - at), ["unconfirmed"], dayBack(at + 1)));
    const between = Array.from({ length: 10 }, (_, at) => record(dayBack(10 - at)));
    const again = daysToCompare([...many, ...between], now);
    expect(again).toEqual([...latest, ...many.slice(-MOST_MADE_UP).map(({ date }) => date)]);
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
