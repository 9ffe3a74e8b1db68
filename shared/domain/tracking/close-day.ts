import type { Instant } from "../kernel/time.ts";
import type { BucketCounts } from "./bucket.ts";
import { hitClasses } from "./classification.ts";
import { type ClickSummary, summarise } from "./summary.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const DAY_DIGITS = 10;
const HOUR_DIGITS = 13;

/** The last UTC day that is over. */
export const dayToClose = (now: Instant): string =>
  new Date(Date.parse(now) - DAY_MS).toISOString().slice(0, DAY_DIGITS);

interface ClosingTime {
  /** By the product's clock, which dates hits. */
  readonly now: Instant;
  /** By the machine's, which names hours of the archive. The product's is never behind it, and only moves forward. */
  readonly receivedAt: Instant;
}

/**
 * UTC hours (`2026-03-01T05`) by whose names hits of a day are archived: its own, and those since, for hits that took the
 * overflow queue. And the one before: an object is named by the oldest of what it holds, so the first hits of a day lie with
 * the last of the day before. Source: Firehose developer guide, "Understand custom prefixes for Amazon S3 objects".
 */
export function hoursOf(day: string, { now, receivedAt }: ClosingTime): readonly string[] {
  const last = Math.floor(Date.parse(receivedAt) / HOUR_MS);
  const movedMs = Date.parse(now) - Date.parse(receivedAt);
  const first = Math.floor((Date.parse(day) - movedMs) / HOUR_MS) - 1;
  return Array.from({ length: last - first + 1 }, (_, hour) =>
    new Date((first + hour) * HOUR_MS).toISOString().slice(0, HOUR_DIGITS),
  );
}

/** Links that one line of the log names. */
const NAMED_LINKS = 10;

/** What a campaign's day comes to, by the archive and by the rollup. */
export type DayVerdict =
  | { readonly is: "agrees" }
  | {
      readonly is: "differs";
      /** All hits, of whatever class. */
      readonly archivedHits: number;
      readonly countedHits: number;
      readonly archivedUniques: number;
      readonly countedUniques: number;
      /** Links whose hits differ, in number or class; the first of many. None: visitors differ, or what visits show. */
      readonly links: readonly string[];
    };

const hitsOf = ({ clicks: { byClass } }: ClickSummary): number =>
  hitClasses.reduce((sum, hitClass) => sum + byClass[hitClass], 0);

/** Hits of each link by class, over shards, spelled so that equal ones are equal. */
function byLink(counts: readonly BucketCounts[]): ReadonlyMap<string, string> {
  const links = new Map<string, Map<string, number>>();
  for (const [code, { byClass, views = {}, scans = 0 }] of counts.flatMap((one) => Object.entries(one.links))) {
    const sums = links.get(code) ?? new Map<string, number>();
    links.set(code, sums);
    const viewed = Object.entries(views).map(([hitClass, count]) => [`viewed ${hitClass}`, count] as const);
    for (const [name, count] of [...Object.entries(byClass), ...viewed, ["scanned", scans] as const])
      sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return new Map([...links].map(([code, sums]) => [code, JSON.stringify([...sums].sort())]));
}

/**
 * Whether raw hits, what the rollup counted, and the figures that people are shown are one: per link and class, and the
 * distinct visitors of the campaign and of each creator.
 */
export function verdictOn(archived: readonly BucketCounts[], counted: readonly BucketCounts[]): DayVerdict {
  const [raw, shown] = [summarise(archived), summarise(counted)];
  const [rawLinks, countedLinks] = [byLink(archived), byLink(counted)];
  const codes = [...new Set([...rawLinks.keys(), ...countedLinks.keys()])].sort();
  const links = codes.filter((code) => rawLinks.get(code) !== countedLinks.get(code));
  if (links.length === 0 && JSON.stringify(raw) === JSON.stringify(shown)) return { is: "agrees" };
  return {
    is: "differs",
    archivedHits: hitsOf(raw),
    countedHits: hitsOf(shown),
    archivedUniques: raw.clicks.unique,
    countedUniques: shown.clicks.unique,
    links: links.slice(0, NAMED_LINKS),
  };
}
