import { type agentClass, agentClassifier, countClass } from "./classification.ts";
import type { HitClass } from "./classification.ts";
import { levelOf, LINKS_PER_PAGE, pageName, pairsPerPage } from "./day-page.ts";
import type { LinkCounts, Page, PageFamily, PageKey } from "./day-page.ts";
import type { Hit } from "./hit.ts";
import { type VisitorHash, visitorHash, VisitorTable } from "./visitor-table.ts";

/** A hit and its place in the stream, zero-padded (`paddedSequence`). */
export interface SequencedHit {
  readonly sequence: string;
  readonly hit: Hit;
}

export interface PageUpdate {
  readonly page: Page;
  /** What the stored page must still say for the update to be right; empty: it must not exist. */
  readonly previousSequence: string;
  readonly retriedHitIds: readonly string[];
}

export interface RollUp {
  /** By level, first level first. */
  readonly updates: readonly PageUpdate[];
  /** Pages that must be loaded first; when there are any, `updates` mean nothing. */
  readonly missing: readonly PageKey[];
}

interface OpenPage {
  readonly stored: Page;
  readonly level: number;
  readonly links: Map<string, LinkCounts>;
  readonly uniqueByCreator: Map<string, number>;
  readonly visitors: VisitorTable;
  unique: number;
  sequence: string;
  retriedHitIds: string[];
}

const copied = ([code, { creatorId, byClass }]: [string, LinkCounts]): [string, LinkCounts] => [
  code,
  { creatorId, byClass: { ...byClass } },
];

const open = (stored: Page): OpenPage => ({
  stored,
  level: levelOf(stored.page),
  links: new Map(Object.entries(stored.links).map(copied)),
  uniqueByCreator: new Map(Object.entries(stored.uniqueByCreator)),
  visitors: new VisitorTable(stored.visitors),
  unique: stored.unique,
  sequence: stored.sequence,
  retriedHitIds: [],
});

/** A hit, and the class it shows by itself; without one, its visitor tells. */
interface Classed {
  readonly hit: Hit;
  readonly visitor: VisitorHash;
  readonly shown: HitClass | undefined;
}

/** Closed to new pairs of visitor and link, for ever: neither number ever falls. */
const isClosed = ({ visitors, links, level }: OpenPage): boolean =>
  visitors.pairs >= pairsPerPage(level) || links.size >= LINKS_PER_PAGE;

const clickedFor = (page: OpenPage, { hit, visitor }: Classed): boolean =>
  page.visitors.codesOf(visitor).some((code) => page.links.get(code)?.creatorId === hit.creatorId);

function bump(page: OpenPage, hit: Hit, hitClass: HitClass): void {
  let link = page.links.get(hit.code);
  if (link === undefined) page.links.set(hit.code, (link = { creatorId: hit.creatorId, byClass: {} }));
  link.byClass[hitClass] = (link.byClass[hitClass] ?? 0) + 1;
}

/** `path` are the pages from the first level to the one the pair lives on: a visitor's pairs are nowhere else. */
function countVisitor(path: readonly OpenPage[], page: OpenPage, classed: Classed): void {
  const { hit, visitor } = classed;
  const before = page.visitors.hits(visitor, hit.code);
  if (before === 0) {
    if (!path.some((above) => above.visitors.has(visitor))) page.unique += 1;
    if (!path.some((above) => clickedFor(above, classed)))
      page.uniqueByCreator.set(hit.creatorId, (page.uniqueByCreator.get(hit.creatorId) ?? 0) + 1);
  }
  page.visitors.raise(visitor, hit.code);
  bump(page, hit, countClass(before));
}

const livesHere = (page: OpenPage, { hit, visitor, shown }: Classed): boolean =>
  shown === undefined
    ? !isClosed(page) || page.visitors.hits(visitor, hit.code) > 0
    : page.links.has(hit.code) || page.links.size < LINKS_PER_PAGE;

const updateOf = (page: OpenPage): PageUpdate => ({
  page: {
    ...page.stored,
    sequence: page.sequence,
    unique: page.unique,
    uniqueByCreator: Object.fromEntries(page.uniqueByCreator),
    links: Object.fromEntries(page.links),
    visitors: page.visitors.bytes(),
  },
  previousSequence: page.stored.sequence,
  retriedHitIds: page.retriedHitIds,
});

type PageAt = (name: string) => OpenPage | undefined;
type Home = { readonly path: readonly OpenPage[]; readonly page: OpenPage } | { readonly missing: string };

/** The first page on the visitor's path that a hit lives on, or the name of the page that must be seen to tell. */
function homeOf(pageAt: PageAt, classed: Classed): Home {
  const path: OpenPage[] = [];
  for (let level = 0; ; level += 1) {
    const name = pageName(level, classed.hit.visitor);
    const page = pageAt(name);
    if (page === undefined) return { missing: name };
    path.push(page);
    if (livesHere(page, classed)) return { path, page };
  }
}

/** Opens each page once, and only when a hit asks for it: decoding is most of the work. */
function opener(pages: ReadonlyMap<string, Page>, opened: Map<string, OpenPage>): PageAt {
  return (name) => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const stored = pages.get(name);
    if (stored === undefined) return undefined;
    const page = open(stored);
    opened.set(name, page);
    return page;
  };
}

const inOrder = (hits: readonly SequencedHit[]): readonly SequencedHit[] =>
  hits.every((hit, place) => place === 0 || (hits[place - 1]?.sequence ?? "") < hit.sequence)
    ? hits
    : [...hits].sort((one, other) => (one.sequence < other.sequence ? -1 : 1));

/**
 * Counts hits into the pages of one campaign, day and shard.
 *
 * A hit's home is the first page on its visitor's path (`0`, `1-a`, `2-a7`, …) that holds its pair of visitor and link,
 * or is still open when the pair is first seen; a hit without visitor state (bot, head, …) needs only its link there.
 * A page skips hits up to its own sequence number, so each page may be saved, or fail, by itself.
 *
 * Retries find the same homes. A closed page stays closed and gains no pair, so what it told a deeper page ("not here")
 * stays true; and as updates are saved from the first level down, it was already stored when the deeper page was. So a
 * hit that a stored page has counted is led to that page again, and skipped there.
 *
 * @param pages by name; a page that was looked for and not found is given as `emptyPage`
 * @param hits of this family, each at most once per id (`distinctHits`), in any order
 * @param classOf remembers agents; given by who rolls up more than once
 */
export function rollUp(
  family: PageFamily,
  pages: ReadonlyMap<string, Page>,
  hits: readonly SequencedHit[],
  classOf: typeof agentClass = agentClassifier(),
): RollUp {
  const opened = new Map<string, OpenPage>();
  const pageAt = opener(pages, opened);
  const missing = new Set<string>();
  for (const { sequence, hit } of inOrder(hits)) {
    const classed = { hit, visitor: visitorHash(hit.visitor), shown: classOf(hit) };
    const home = homeOf(pageAt, classed);
    if ("missing" in home) {
      missing.add(home.missing);
    } else if (sequence > home.page.sequence) {
      if (classed.shown === undefined) countVisitor(home.path, home.page, classed);
      else bump(home.page, hit, classed.shown);
      home.page.sequence = sequence;
      if (hit.retried) home.page.retriedHitIds.push(hit.id);
    }
  }
  const updates = [...opened.values()].filter((page) => page.sequence !== page.stored.sequence);
  return {
    updates: updates.sort((one, other) => one.level - other.level).map(updateOf),
    missing: [...missing].map((page) => ({ ...family, page })),
  };
}
