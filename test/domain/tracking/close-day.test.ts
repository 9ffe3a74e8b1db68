import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { verdictOn } from "#shared/domain/tracking/close-day";
import { dayToClose, hoursOf, hoursToRead } from "#shared/domain/tracking/closing-time";
import { Recount } from "#shared/domain/tracking/recount";
import { visitsPendingOn } from "#shared/domain/tracking/creator-visits";
import { summarise, visitsByValue } from "#shared/domain/tracking/summary";
import type { Hit } from "#shared/domain/tracking/hit";
import { aHit, code, DAY, exactly, someHits, visitor } from "#test/support/tracking";

const lines = (hits: readonly Hit[]): string => hits.map((hit) => `${JSON.stringify(hit)}\n`).join("");
const recounted = (...texts: readonly string[]): Recount => {
  const recount = new Recount(DAY);
  for (const text of texts) recount.add(text, `${DAY}T05`);
  return recount;
};

describe("a day", () => {
  test.each([
    ["2026-03-02T00:00:00.000Z", "2026-03-01"],
    ["2026-03-01T23:59:59.999Z", "2026-02-28"],
    ["2028-03-01T02:00:00.000Z", "2028-02-29"],
  ])("that is over at %s is %s", (now, day) => {
    expect(dayToClose(now)).toBe(day);
  });

  test("has the hour before, its own and those since, in UTC, whatever clocks people turn", () => {
    const hours = hoursOf("2026-03-29", { now: "2026-03-30T02:00:07.000Z", receivedAt: "2026-03-30T02:00:07.000Z" });
    expect([hours.length, hours[0], hours[24], hours.at(-1)]).toEqual([
      28,
      "2026-03-28T23",
      "2026-03-29T23",
      "2026-03-30T02",
    ]);
  });

  test("is archived by the machine's hours, however far the product's clock was moved meanwhile", () => {
    const hours = hoursOf("2026-03-29", { now: "2026-03-30T02:10:00.000Z", receivedAt: "2026-03-10T09:20:00.000Z" });
    expect([hours[0], hours.at(-1)]).toEqual(["2026-03-09T06", "2026-03-10T09"]);
  });
});

describe("raw hits, counted anew", () => {
  const hits = Array.from({ length: 600 }, (_, number) =>
    aHit(number, {
      visitor: visitor(number % 90),
      code: code(number % 7),
      creatorId: `creator-${(number % 7) % 3}`,
      agent: number % 5 === 0 ? "curl/8" : aHit(0).agent,
    }),
  );

  test("are one for each id, in whatever parts and order they come, and however often", () => {
    const again = hits.filter((_, at) => at % 20 === 0).map((hit): Hit => ({ ...hit, retried: true }));
    const parts = [hits.slice(300), again, hits.slice(0, 300), hits.slice(100, 140)].map(lines);
    const { rulesVersion: _version, ...summary } = summarise(recounted(...parts).of("cmp_1"));
    expect(summary).toEqual(exactly(hits));
  });

  test("tell each creator's visits by what they show as a count of that creator's hits alone does", () => {
    const told = fc.property(
      someHits({ hits: 200, visitors: 5, links: 4 }),
      fc.integer({ min: 0, max: 200 }),
      (all, cut) => {
        const recount = recounted(lines(all.slice(cut)), lines(all.slice(0, cut + 3)));
        const ofDay = all.filter(({ day }) => day === DAY);
        const visits = recount.visitsOf("cmp_1");
        for (const creatorId of ["creator-0", "creator-1"]) {
          const own = visits.filter((one) => one.creatorId === creatorId);
          expect(visitsByValue(own)).toEqual(exactly(ofDay.filter((hit) => hit.creatorId === creatorId)).visits);
          expect(visitsPendingOn(own, recount.of("cmp_1"), creatorId)).toEqual([]);
        }
      },
    );
    fc.assert(told, { numRuns: 50 });
  });

  test("are of the day they say, each with its campaign; what is no hit is told", () => {
    const other = aHit(900, { campaignId: "cmp_2" });
    const recount = recounted(lines([aHit(901, { day: "2026-03-02" }), other, aHit(902)]), "{}\nno hit\n\n");
    expect([[...recount.campaigns].sort(), recount.unreadable]).toEqual([["cmp_1", "cmp_2"], 2]);
    expect(summarise(recount.of("cmp_2")).clicks.total).toBe(1);
    expect(recount.of("cmp_3")).toEqual([]);
  });
});

describe("the verdict", () => {
  const of = (...hits: readonly Hit[]) => recounted(lines(hits)).of("cmp_1");
  const both = [aHit(1), aHit(2, { visitor: visitor(2), code: code(2) })];

  test("agrees, whichever shards counted what", () => {
    expect(verdictOn(of(...both), [...of(...both.slice(0, 1)), ...of(...both.slice(1))])).toEqual({ is: "agrees" });
    expect(verdictOn([], [])).toEqual({ is: "agrees" });
  });

  test("names what differs: hits, visitors, and links", () => {
    expect(verdictOn(of(...both), of(...both.slice(0, 1)))).toEqual({
      ...{ is: "restated", archivedHits: 2, countedHits: 1, archivedUniques: 2, countedUniques: 1 },
      links: [code(2)],
    });
    expect(verdictOn([], of(...both))).toMatchObject({ archivedHits: 0, countedHits: 2, links: [code(1), code(2)] });
  });

  test.each<Partial<Hit>>([
    { at: aHit(1).at + 3_600_000 },
    { country: "KE" },
    { agent: `${aHit(1).agent} Mobile` },
    { referrerHost: "blog.example" },
    { rule: 3 },
    { variant: 0 },
  ])("tells a visit that shows something else: %p", (over) => {
    expect(verdictOn(of(aHit(1)), of(aHit(1, over)))).toMatchObject({
      is: "restated",
      archivedHits: 1,
      countedHits: 1,
    });
  });

  test("tells a hit that was put into another class, and visitors who alone differ", () => {
    const bot = aHit(1, { agent: "curl/8" });
    expect(verdictOn(of(aHit(1)), of(bot))).toMatchObject({ is: "restated", archivedHits: 1, countedHits: 1 });
    const twice = of(...both).map((one) => ({ ...one, unique: one.unique + 1 }));
    expect(verdictOn(of(...both), twice)).toMatchObject({
      is: "restated",
      archivedUniques: 2,
      countedUniques: 3,
      links: [],
    });
  });

  test("is for the archive where it has all that was counted, of each link, and for nobody where it has not", () => {
    const [one, two] = [aHit(1), aHit(2, { visitor: visitor(2), code: code(2) })];
    const more = aHit(3, { visitor: visitor(3) });
    expect(verdictOn(of(one, more), of(one, two))).toMatchObject({ is: "differs", archivedHits: 2, countedHits: 2 });
    const view = aHit(4, { kind: "view" });
    expect(verdictOn(of(one, more), of(one, view))).toMatchObject({ is: "differs" });
    const own = aHit(5, { kind: "own" });
    expect(verdictOn(of(one, two), of(one, two, own))).toMatchObject({ is: "differs" });
    expect(verdictOn(of(one, two, own), of(one, two))).toMatchObject({ is: "restated" });
  });

  test("says when it was other rules that counted", () => {
    const byOthers = of(aHit(1, { agent: "curl/8" })).map((counts) => ({ ...counts, rules: "1" }));
    expect(verdictOn(of(aHit(1)), byOthers)).toMatchObject({ is: "recounted" });
    expect(verdictOn([], byOthers)).toMatchObject({ is: "differs" });
    expect(
      verdictOn(
        of(aHit(1)),
        of(aHit(1)).map((counts) => ({ ...counts, rules: "1" })),
      ),
    ).toEqual({ is: "agrees" });
    expect(summarise(byOthers).rulesVersion).toBe("1");
  });
});

describe("hours to read", () => {
  const night = { now: "2026-03-05T02:00:07.000Z", receivedAt: "2026-03-05T02:00:07.000Z" };

  test("of yesterday are all there are; of a day before, its own, and those in which more is known to have come", () => {
    expect(hoursToRead("2026-03-04", undefined, night)).toEqual(hoursOf("2026-03-04", night));
    const hours = hoursToRead("2026-03-01", { lateHours: ["2026-03-02T02", "2026-03-04T17"] }, night);
    expect([hours.length, hours[0], hours.at(-2), hours.at(-1)]).toEqual([
      29,
      "2026-02-28T23",
      "2026-03-02T02",
      "2026-03-04T17",
    ]);
  });

  test("are all there are where the product's clock was moved", () => {
    const moved = { ...night, receivedAt: "2026-03-01T01:00:00.000Z" };
    expect(hoursToRead("2026-03-01", undefined, moved)).toEqual(hoursOf("2026-03-01", moved));
  });
});
