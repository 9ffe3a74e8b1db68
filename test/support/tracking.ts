import fc from "fast-check";
import { agentClass, hitClasses } from "#shared/domain/tracking/classification";
import type { Hit } from "#shared/domain/tracking/hit";
import type { HitRecord } from "#shared/domain/tracking/roll-up-batch";
import type { ClickSummary } from "#shared/domain/tracking/summary";

export const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
export const DAY = "2026-03-01";
const START = Date.parse(DAY);

/** A visitor of a test, 16 hex digits. Even ones begin alike and share deep pages; odd ones are spread over all. */
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
        sender: fc.constantFrom("person", "person", "person", "bot", "head"),
      }),
      { maxLength: limits.hits, size: "max" },
    )
    .map((drawn) =>
      drawn.map(({ visitor: who, link, isLate, sender }, number) =>
        aHit(number, {
          visitor: visitor(who),
          code: code(link),
          creatorId: `creator-${link % 2}`,
          day: isLate ? "2026-03-02" : DAY,
          agent: sender === "bot" ? "curl/8" : FIREFOX,
          method: sender === "head" ? "HEAD" : "GET",
        }),
      ),
    );

/** Clicks as the contract words them, counted with sets over distinct hits: what every summary must equal. */
export function exactly(hits: readonly Hit[]): Omit<ClickSummary, "rulesVersion"> {
  const byClass = { valid: 0, repeat: 0, bot: 0, preview: 0, prefetch: 0, head: 0, self: 0, burst: 0, datacentre: 0 };
  const seen = new Map<string, number>();
  const days = new Map<string, { clicks: number; visitors: Set<string> }>();
  const creators = new Map<string, { clicks: number; visitors: Set<string> }>();
  const at = (map: typeof days, key: string) => {
    const entry = map.get(key) ?? { clicks: 0, visitors: new Set() };
    map.set(key, entry);
    return entry;
  };
  for (const hit of new Map(hits.map((one) => [one.id, one])).values()) {
    const key = `${hit.visitor} ${hit.code} ${hit.day}`;
    const fixed = agentClass(hit);
    const before = seen.get(key) ?? 0;
    if (fixed === undefined) seen.set(key, before + 1);
    const hitClass = fixed ?? (before === 0 ? "valid" : before < 100 ? "repeat" : "burst");
    byClass[hitClass] += 1;
    for (const tally of [at(days, hit.day), at(creators, hit.creatorId)]) {
      if (hitClass === "valid" || hitClass === "repeat") tally.clicks += 1;
      if (hitClass === "valid") tally.visitors.add(`${hit.day} ${hit.visitor}`);
    }
  }
  const sorted = (map: typeof days) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));
  const byDay = sorted(days).map(([date, { clicks, visitors }]) => ({ date, clicks, uniqueClicks: visitors.size }));
  return {
    clicks: {
      total: byClass.valid + byClass.repeat,
      unique: byDay.reduce((sum, { uniqueClicks }) => sum + uniqueClicks, 0),
      byClass,
    },
    byDay,
    byCreator: sorted(creators).map(([creatorId, { clicks, visitors }]) => ({
      creatorId,
      clicks,
      uniqueClicks: visitors.size,
    })),
  };
}

export const sumOf = (summary: Pick<ClickSummary, "clicks">): number =>
  hitClasses.reduce((sum, hitClass) => sum + summary.clicks.byClass[hitClass], 0);
