import fc from "fast-check";
import * as z from "zod";
import { agentClass, type HitClass, hitClasses } from "#shared/domain/tracking/classification";
import { deviceOf } from "#shared/domain/tracking/device";
import type { Hit } from "#shared/domain/tracking/hit";
import type { HitRecord } from "#shared/domain/tracking/hit-records";
import type { ClickSummary } from "#shared/domain/tracking/summary";

export const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
export const DAY = "2026-03-01";
const START = Date.parse(DAY);

/** A visitor of a test, 16 hex digits. Even ones begin alike and share deep buckets; odd ones are spread over all. */
export function visitor(number: number): string {
  const digits = (number * 0x9e3779b1).toString(16).padStart(16, "0");
  return number % 2 === 0 ? digits : [...digits].reverse().join("");
}
export const code = (number: number): string => `link${String(number).padStart(6, "0")}`;

/** A hit of the test's campaign; its id is made of `number`, so equal numbers are one hit. */
export const aHit = (number: number, over: Partial<Hit> = {}): Hit => ({
  id: `hit_01J${String(number).padStart(23, "0")}`,
  code: code(1),
  campaignId: "cmp_1",
  creatorId: "creator-1",
  at: START + number,
  day: DAY,
  visitor: visitor(1),
  agent: FIREFOX,
  method: "GET",
  ...over,
});

/** Records of one shard in the given order. */
export const inSequence = (hits: readonly Hit[], from = 1): readonly HitRecord[] =>
  hits.map((hit, place) => ({ sequenceNumber: String(from + place), hit }));

/** Hits of some visitors on some links of two creators, some by robots, on two days. */
export const someHits = (limits: { hits: number; visitors: number; links: number }): fc.Arbitrary<readonly Hit[]> =>
  fc
    .array(
      fc.record({
        visitor: fc.integer({ min: 1, max: limits.visitors }),
        link: fc.integer({ min: 1, max: limits.links }),
        isLate: fc.boolean(),
        sender: fc.constantFrom("person", "person", "person", "bot", "head", "server"),
        isScan: fc.constantFrom(false, false, true),
        hour: fc.constantFrom(0, 5, 23),
        shown: fc.record(
          {
            country: fc.constantFrom("DE", "KE", "d?"),
            referrerHost: fc.constantFrom(
              "www.blog.example",
              "blog.example",
              "l.instagram.com",
              "localhost",
              "x".repeat(61) + ".example",
            ),
            rule: fc.constantFrom(1, 1_000, 5_000),
            variant: fc.constantFrom(0, 9),
          },
          { requiredKeys: [] },
        ),
        kind: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, "view", "own"),
      }),
      { maxLength: limits.hits, size: "max" },
    )
    .map((drawn) =>
      drawn.map(({ visitor: who, link, isLate, sender, kind, isScan, hour, shown }, number) =>
        aHit(number, {
          visitor: visitor(who),
          code: code(link),
          creatorId: `creator-${link % 2}`,
          day: isLate ? "2026-03-02" : DAY,
          agent: sender === "bot" ? "curl/8" : FIREFOX,
          method: sender === "head" ? "HEAD" : "GET",
          ...(sender === "server" && { asn: 16_509 }),
          ...(kind && { kind }),
          ...(isScan && { scanned: true }),
          at: START + (isLate ? 24 + hour : hour) * 3_600_000 + number,
          ...shown,
        }),
      ),
    );

const sightingOf = ({ visitor: who, creatorId, day }: Hit): string => `${who} ${creatorId} ${day}`;

type Classed = ReturnType<typeof classed>;
const VISITS = ["valid", "repeat", "burst", "self"] as const;
const among = (all: Classed, classes: readonly HitClass[]): Classed =>
  all.filter(({ hitClass }) => classes.includes(hitClass));

/** Puts every distinct hit into its class: the first of a visitor, link and day is valid, and so on. */
function classed(all: readonly Hit[]): readonly { readonly hit: Hit; readonly hitClass: HitClass }[] {
  const own = new Set(all.filter(({ kind }) => kind === "own").map(sightingOf));
  const hits = all.filter(({ kind }) => kind === undefined);
  const seen = new Map<string, number>();
  return [...new Map(hits.map((one) => [one.id, one])).values()].map((hit) => {
    const shown = agentClass(hit);
    if (shown !== undefined) return { hit, hitClass: shown };
    const key = `${hit.visitor} ${hit.code} ${hit.day}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    if (own.has(sightingOf(hit)) && nth <= 100) return { hit, hitClass: "self" };
    return { hit, hitClass: nth === 1 ? "valid" : nth <= 100 ? "repeat" : "burst" };
  });
}

/** Clicks as the contract words them, counted with sets over distinct hits: what every summary must equal. */
export function exactly(hits: readonly Hit[]): Omit<ClickSummary, "rulesVersion"> {
  const all = classed(hits);
  const views = hits.filter((hit) => hit.kind === "view" && agentClass(hit) === undefined);
  const of = (...classes: readonly HitClass[]) => among(all, classes);
  const grouped = (keyOf: (hit: Hit) => string) => {
    const [clicksBy, viewsBy] = [Map.groupBy(all, ({ hit }) => keyOf(hit)), Map.groupBy(views, keyOf)];
    return [...new Set(hits.filter(({ kind }) => kind !== "own").map(keyOf))].sort().map((key) => {
      const own = clicksBy.get(key) ?? [];
      const visitors = new Set(among(own, ["valid"]).map(({ hit }) => `${hit.day} ${hit.visitor}`));
      return {
        key,
        clicks: among(own, ["valid", "repeat"]).length,
        uniqueClicks: visitors.size,
        views: new Set((viewsBy.get(key) ?? []).map(({ id }) => id)).size,
        scans: among(own, VISITS).filter(({ hit }) => hit.scanned).length,
      };
    });
  };
  const days = grouped(({ day }) => day);
  const visits = of(...VISITS).map(({ hit }) => hit);
  const visitsOf = Map.groupBy(visits, (hit) => hit.code);
  const led = (key: string, by: "rule" | "variant") =>
    tallied((visitsOf.get(key) ?? []).filter((hit) => (hit[by] ?? Infinity) <= 1_000).map((hit) => String(hit[by])))
      .map(({ value, visits: count }) => ({ number: Number(value), visits: count }))
      .sort((one, other) => one.number - other.number);
  const byClass = Object.fromEntries(hitClasses.map((one) => [one, of(one).length]));
  return {
    clicks: {
      total: of("valid", "repeat").length,
      unique: days.reduce((sum, { uniqueClicks }) => sum + uniqueClicks, 0),
      byClass: byClassShape.parse(byClass),
    },
    views: days.reduce((sum, day) => sum + day.views, 0),
    scans: days.reduce((sum, day) => sum + day.scans, 0),
    byDay: days.map(({ key, ...tally }) => ({ date: key, ...tally })),
    byCreator: grouped(({ creatorId }) => creatorId).map(({ key, ...tally }) => ({ creatorId: key, ...tally })),
    byLink: grouped((hit) => hit.code).map(({ key, clicks, views, scans }) => ({
      ...{ code: key, clicks, views, scans },
      byRule: led(key, "rule").map(({ number, visits: count }) => ({ priority: number, visits: count })),
      byVariant: led(key, "variant").map(({ number, visits: count }) => ({ variant: number, visits: count })),
    })),
    visits: {
      hour: tallied(visits.map(({ at }) => String(new Date(at).getUTCHours()))).sort(
        (one, other) => Number(one.value) - Number(other.value),
      ),
      country: tallied(visits.map(({ country = "" }) => (/^[A-Z]{2}$/.test(country) ? country : "unknown"))),
      device: tallied(visits.map(({ agent }) => deviceOf(agent))),
      referrer: tallied(visits.map(({ referrerHost = "" }) => hostShown(referrerHost))).sort(
        (one, other) => Number(one.value === "other") - Number(other.value === "other"),
      ),
    },
  };
}

/** How often each is among them, the most first. */
function tallied(values: readonly string[]) {
  const sums = Map.groupBy(values, (value) => value);
  return [...sums]
    .map(([value, all]) => ({ value, visits: all.length }))
    .sort((one, other) => other.visits - one.visits || (one.value < other.value ? -1 : 1));
}

const hostShown = (host: string): string =>
  !host.includes(".") ? "unknown" : host.length > 60 ? "other" : host.replace(/^www\./, "");

const byClassShape = z.record(z.enum(hitClasses), z.number());

export const sumOf = (summary: Pick<ClickSummary, "clicks">): number =>
  hitClasses.reduce((sum, hitClass) => sum + summary.clicks.byClass[hitClass], 0);
