import type { BucketCounts } from "./bucket.ts";
import { hitClasses } from "./classification.ts";
import { type ClickSummary, summarise } from "./summary.ts";

/** Links that one line of the log names. */
const NAMED_LINKS = 10;

/** What a campaign's day comes to, by the archive and by the rollup. */
export type DayVerdict =
  | { readonly is: "agrees" }
  | {
      /**
       * Restated: all that was counted is in the archive, and more, or other than was counted, by the same rules. Recounted: by other
       * rules. In both cases the archive is right. It differs where it is the archive that has less: nobody knows what is right.
       */
      readonly is: "restated" | "recounted" | "differs";
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

type Sums = ReadonlyMap<string, number>;

/** Hits of each link by kind and class, over shards. */
function byLink(counts: readonly BucketCounts[]): ReadonlyMap<string, Sums> {
  const links = new Map<string, Map<string, number>>();
  for (const [code, { byClass, views = {}, scans = 0 }] of counts.flatMap((one) => Object.entries(one.links))) {
    const sums = links.get(code) ?? new Map<string, number>();
    links.set(code, sums);
    const viewed = Object.entries(views).map(([hitClass, count]) => [`viewed ${hitClass}`, count] as const);
    for (const [name, count] of [...Object.entries(byClass), ...viewed, ["scanned", scans] as const])
      sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return links;
}

const spelled = (sums: Sums = new Map()): string => JSON.stringify([...sums].sort());

/** Whether nothing that was counted is missing. Rules may put a hit into another class; of a creator's own, that is not told. */
function hasAll(archived: Sums = new Map(), counted: Sums, isSameRules: boolean): boolean {
  const sum = (sums: Sums, fits: (name: string) => boolean): number =>
    [...sums].reduce((all, [name, count]) => all + (fits(name) ? count : 0), 0);
  const parts = [isClick, isView, isScan, ...(isSameRules ? [isOwn] : [])];
  return parts.every((fits) => sum(archived, fits) >= sum(counted, fits));
}
const isView = (name: string): boolean => name.startsWith("viewed ");
const isScan = (name: string): boolean => name === "scanned";
const isOwn = (name: string): boolean => name === "self";
const isClick = (name: string): boolean => !isView(name) && !isScan(name);

/**
 * Whether raw hits, what the rollup counted, and the figures that people are shown are one: per link and class, and the
 * distinct visitors of the campaign and of each creator.
 */
export function verdictOn(archived: readonly BucketCounts[], counted: readonly BucketCounts[]): DayVerdict {
  const [raw, shown] = [summarise(archived), summarise(counted)];
  const [rawLinks, countedLinks] = [byLink(archived), byLink(counted)];
  const codes = [...new Set([...rawLinks.keys(), ...countedLinks.keys()])].sort();
  const links = codes.filter((code) => spelled(rawLinks.get(code)) !== spelled(countedLinks.get(code)));
  // Links and figures alone: what was counted by other rules and came to the same is right.
  const figures = ({ rulesVersion: _rules, ...all }: ClickSummary): string => JSON.stringify(all);
  if (links.length === 0 && figures(raw) === figures(shown)) return { is: "agrees" };
  const isSameRules = shown.rulesVersion === raw.rulesVersion;
  const isWhole = [...countedLinks].every(([code, sums]) => hasAll(rawLinks.get(code), sums, isSameRules));
  return {
    is: isWhole ? (isSameRules ? "restated" : "recounted") : "differs",
    archivedHits: hitsOf(raw),
    countedHits: hitsOf(shown),
    archivedUniques: raw.clicks.unique,
    countedUniques: shown.clicks.unique,
    links: links.slice(0, NAMED_LINKS),
  };
}

/** Whether the archive is right about a day. */
export const isRestatable = ({ is }: DayVerdict): boolean => is === "restated" || is === "recounted";
