import { hitClasses, RULES_VERSION } from "./classification.ts";
import type { HitClass } from "./classification.ts";
import type { BucketCounts, LinkCounts } from "./bucket.ts";
import { OTHER_HOSTS } from "./referrers.ts";
import { type Dimension, dimensions, type VisitCounts, visitsIn } from "./visits.ts";

export type ByClass = Record<HitClass, number>;

export interface ClickCounts {
  /** `valid` + `repeat`. */
  readonly total: number;
  /** Distinct visitors with a valid hit, per UTC day, summed over days. */
  readonly unique: number;
  /** All hits, each in one class. */
  readonly byClass: Readonly<ByClass>;
}

/** Of one day, or of one creator's links; of one link, without visitors. */
export interface Figures {
  readonly clicks: number;
  readonly uniqueClicks: number;
  readonly views: number;
  /** Hits that came by a link's QR code and are no robot's; each is in its class as well. */
  readonly scans: number;
}

/** Of one link. Visits that a rule led, by its priority; and that went to one of its split's shares, by its place. */
export interface LinkFigures extends Omit<Figures, "uniqueClicks"> {
  readonly code: string;
  readonly byRule: readonly { readonly priority: number; readonly visits: number }[];
  readonly byVariant: readonly { readonly variant: number; readonly visits: number }[];
}

export type VisitsByValue = Readonly<Record<Dimension, readonly { readonly value: string; readonly visits: number }[]>>;

export interface ClickSummary {
  readonly clicks: ClickCounts;
  /** Of the pixel, by what is no robot; a view is never a click. */
  readonly views: number;
  /** By a link's QR code, by what is no robot; each is a hit of some class as well. */
  readonly scans: number;
  /** Days with hits or views, oldest first. */
  readonly byDay: readonly ({ readonly date: string } & Figures)[];
  /** Creators with hits; a visitor who clicked two of a creator's links is one, and counts once for each creator. */
  readonly byCreator: readonly ({ readonly creatorId: string } & Figures)[];
  /** Links with hits. */
  readonly byLink: readonly LinkFigures[];
  /** Visits of the campaign: clicks of what is no robot, of whatever other class. Of a slice none: buckets tell them of the campaign alone. */
  readonly visits: VisitsByValue | null;
  readonly rulesVersion: string;
}

type Tally = { -readonly [Figure in keyof Figures]: Figures[Figure] };

const noHits = (): ByClass => ({
  valid: 0,
  repeat: 0,
  bot: 0,
  preview: 0,
  prefetch: 0,
  head: 0,
  self: 0,
  burst: 0,
  datacentre: 0,
});

const clicksOf = ({ byClass }: LinkCounts): number => (byClass.valid ?? 0) + (byClass.repeat ?? 0);

/** Of one link, over all of the buckets. */
export const clicksOfLink = (buckets: readonly BucketCounts[], code: string): number =>
  buckets.reduce((sum, { links: { [code]: link } }) => sum + (link === undefined ? 0 : clicksOf(link)), 0);

function add(tally: Tally, link: LinkCounts): void {
  tally.clicks += clicksOf(link);
  tally.views += link.views?.valid ?? 0;
  tally.scans += link.scans ?? 0;
}

function tallyAt(tallies: Map<string, Tally>, key: string): Tally {
  const tally = tallies.get(key) ?? { clicks: 0, uniqueClicks: 0, views: 0, scans: 0 };
  tallies.set(key, tally);
  return tally;
}

const byKey = ([one]: readonly [string, Tally], [other]: readonly [string, Tally]) => (one < other ? -1 : 1);
const sorted = (tallies: Map<string, Tally>) => [...tallies].sort(byKey);

/** A bucket's distinct visitors: a visitor is new in one bucket only, so these add up over buckets and shards. */
const uniqueOf = (bucket: BucketCounts, creatorId: string | undefined): number =>
  creatorId === undefined ? bucket.unique : (bucket.uniqueByCreator[creatorId] ?? 0);

/** What led visits, of one link, over its buckets. */
type Led = Record<"byRule" | "byVariant", Map<number, number>>;

function addLed(led: Map<string, Led>, code: string, link: LinkCounts): void {
  const sums = led.get(code) ?? { byRule: new Map<number, number>(), byVariant: new Map<number, number>() };
  led.set(code, sums);
  for (const by of ["byRule", "byVariant"] as const)
    for (const [number, visits] of Object.entries(link[by] ?? {}))
      sums[by].set(Number(number), (sums[by].get(Number(number)) ?? 0) + visits);
}

const inOrder = (sums: Map<number, number> = new Map()) => [...sums].sort(([one], [other]) => one - other);
const ledOf = (led: Led | undefined): Pick<LinkFigures, "byRule" | "byVariant"> => ({
  byRule: inOrder(led?.byRule).map(([priority, visits]) => ({ priority, visits })),
  byVariant: inOrder(led?.byVariant).map(([variant, visits]) => ({ variant, visits })),
});

/** Of figures that were counted by several, the oldest. */
const oldestRules = (buckets: readonly BucketCounts[]): string =>
  buckets.reduce<string>((oldest, { rules }) => (Number(rules) < Number(oldest) ? rules : oldest), RULES_VERSION);

/** Hours in their order, all else the most first, and what is left over last. */
export function visitsByValue(all: readonly { readonly visits: VisitCounts }[]): VisitsByValue {
  const counts = visitsIn(all.map(({ visits }) => visits));
  const listed = dimensions.map((dimension) => {
    const values = Object.entries(counts[dimension]).map(([value, visits]) => ({ value, visits }));
    const rank = ({ value, visits }: (typeof values)[number]) =>
      dimension === "hour" ? -Number(value) : value === OTHER_HOSTS ? 0 : visits;
    return [dimension, values.sort((one, two) => rank(two) - rank(one) || (one.value < two.value ? -1 : 1))] as const;
  });
  return Object.fromEntries(listed) as Record<Dimension, (typeof listed)[number][1]>;
}

/**
 * Adds up what the buckets of one campaign count.
 *
 * @param creatorId only this creator's slice: hits on the creator's links, visitors distinct on those
 */
export function summarise(buckets: readonly BucketCounts[], creatorId?: string): ClickSummary {
  const byClass = noHits();
  const days = new Map<string, Tally>();
  const creators = new Map<string, Tally>();
  const codes = new Map<string, Tally>();
  const led = new Map<string, Led>();
  const shown: BucketCounts[] = [];
  for (const bucket of buckets) {
    const links = Object.entries(bucket.links).filter(
      ([, link]) => creatorId === undefined || link.creatorId === creatorId,
    );
    if (links.length === 0) continue;
    shown.push(bucket);
    const day = tallyAt(days, bucket.day);
    day.uniqueClicks += uniqueOf(bucket, creatorId);
    for (const [code, link] of links) {
      for (const hitClass of hitClasses) byClass[hitClass] += link.byClass[hitClass] ?? 0;
      add(day, link);
      add(tallyAt(creators, link.creatorId), link);
      add(tallyAt(codes, code), link);
      addLed(led, code, link);
    }
    for (const id of new Set(links.map(([, link]) => link.creatorId)))
      tallyAt(creators, id).uniqueClicks += uniqueOf(bucket, id);
  }
  const unique = [...days.values()].reduce((sum, day) => sum + day.uniqueClicks, 0);
  return {
    clicks: { total: byClass.valid + byClass.repeat, unique, byClass },
    views: [...days.values()].reduce((sum, day) => sum + day.views, 0),
    scans: [...days.values()].reduce((sum, day) => sum + day.scans, 0),
    byDay: sorted(days).map(([date, tally]) => ({ date, ...tally })),
    byCreator: sorted(creators).map(([id, tally]) => ({ creatorId: id, ...tally })),
    byLink: sorted(codes).map(([code, { clicks, views, scans }]) => ({
      ...{ code, clicks, views, scans },
      ...ledOf(led.get(code)),
    })),
    visits: creatorId === undefined ? visitsByValue(buckets) : null,
    rulesVersion: oldestRules(shown),
  };
}
