/** History is kept by the day, shown since the account is connected, and forgotten with it. */
import { expect, test } from "@jest/globals";
import { analyticsDays, pageOfDays, spanOf } from "#shared/domain/social/analytics";
import { dayChange, daysShown, forgotten } from "#shared/domain/social/days";
import { CREATOR_ID } from "../../support/builders.ts";
import { aSocialAccount, aSocialDay, someFigures } from "../../support/social-builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const name = { userId: CREATOR_ID, platform: "instagram", connectedAt: "2026-11-01T00:00:00.000Z" } as const;
const dayOn = (day: string, platform: "instagram" | "youtube" = "instagram") =>
  aSocialDay({ platform, day, syncedAt: `${day}T08:00:00.000Z` });

test("a day has one row, of its last figures", () => {
  const [made] = dayChange(undefined, name, someFigures(), NOW);
  expect(made?.next).toMatchObject({ day: "2026-11-25", syncedAt: NOW, version: 1 });
  const day = aSocialDay({ day: "2026-11-25", version: 1 });
  expect(dayChange(day, name, someFigures(), NOW)).toEqual([]);
  expect(dayChange(day, { ...name, connectedAt: NOW }, someFigures(), NOW)).toMatchObject([
    { next: { syncedAt: NOW } },
  ]);
  const [moved] = dayChange(day, name, someFigures({ postCount: 421 }), NOW);
  expect(moved).toMatchObject({ was: day, next: { version: 2, figures: { postCount: 421 } } });
});

test("what was before an account was connected is not shown, nor what is of none", () => {
  const account = aSocialAccount({ connectedAt: "2026-11-02T08:00:00.000Z" });
  const days = [dayOn("2026-11-01"), dayOn("2026-11-02"), dayOn("2026-11-03"), dayOn("2026-11-03", "youtube")];
  expect(daysShown([account], days).map(({ day, platform }) => `${platform} ${day}`)).toEqual([
    "instagram 2026-11-02",
    "instagram 2026-11-03",
  ]);
});

test("days are forgotten by the moment of the disconnection, ninety at a time; what came since stays", () => {
  const days = Array.from({ length: 200 }, (_, at) => aSocialDay({ day: `day ${at}`, syncedAt: NOW }));
  const changes = forgotten([...days, aSocialDay({ syncedAt: "2026-11-25T12:00:00.001Z" })], undefined, NOW);
  expect(changes.map(({ entities }) => entities.length)).toEqual([90, 90, 20]);
  expect(changes.flatMap(({ entities }) => entities).every(({ next }) => next === undefined)).toBe(true);
});

const accounts = [aSocialAccount(), aSocialAccount({ platform: "youtube" })];
const history = [dayOn("2026-11-02"), dayOn("2026-11-03"), dayOn("2026-11-02", "youtube")];
const asked = (given: object) => ({ ...given, ...spanOf(given, NOW) });
const shown = (given: object) =>
  analyticsDays(accounts, history, asked(given)).map(({ platform, date }) => `${platform} ${date}`);

test("a history is shown by network and day, as far as it was asked for", () => {
  expect(shown({})).toEqual(["instagram 2026-11-02", "instagram 2026-11-03", "youtube 2026-11-02"]);
  expect(shown({ platform: "youtube" })).toEqual(["youtube 2026-11-02"]);
  expect(shown({ from: "2026-11-03", to: "2026-11-03" })).toEqual(["instagram 2026-11-03"]);
  expect(spanOf({}, NOW)).toEqual({ from: "2025-10-21", to: "2026-11-25" });
});

test("flags go with the day they are of, also where what they follow from was not asked for", () => {
  const jump = aSocialDay({ day: "2026-11-03", syncedAt: NOW, figures: someFigures({ followerCount: 99_000 }) });
  const shownDays = analyticsDays(accounts, [dayOn("2026-11-02"), jump], asked({ from: "2026-11-03" }));
  expect(shownDays.map(({ flags }) => flags.map(({ flag }) => flag))).toEqual([["follower_jump"]]);
});

test.each([1, 2, 3, 4])("pages of %i have every day once", (limit) => {
  const all = analyticsDays(accounts, history, asked({}));
  const seen: string[] = [];
  let after: Readonly<Record<string, string>> | undefined;
  let pages = 0;
  do {
    const page = pageOfDays(all, { limit, ...(after && { after }) });
    seen.push(...page.items.map(({ platform, date }) => `${platform} ${date}`));
    after = page.next;
    pages += 1;
  } while (after);
  expect(seen).toEqual(shown({}));
  expect(pages).toBe(Math.ceil(3 / limit));
});

test("a page goes on where it ended, also where that day is gone", () => {
  const all = analyticsDays(accounts, history.slice(1), asked({}));
  expect(pageOfDays(all, { limit: 1, after: { place: "0 2026-11-02" } }).items[0]).toMatchObject({
    date: "2026-11-03",
  });
  expect(pageOfDays(all, { limit: 1, after: { place: "9" } })).toEqual({ items: [] });
});
