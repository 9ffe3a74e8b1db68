import { agentClassifier, COUNT_CAP, countClass } from "./classification.ts";
import type { HitClass } from "./classification.ts";
import { levelOf, LINKS_PER_PAGE, pageName, pairsPerPage } from "./day-page.ts";
import type { LinkCounts, Page, PageFamily, PageKey } from "./day-page.ts";
import type { Hit } from "./hit.ts";
import { decodeVisitors, encodeVisitors, pairsOf } from "./visitor-table.ts";
import type { VisitorTable } from "./visitor-table.ts";

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
  readonly table: VisitorTable;
  readonly places: Map<string, number>;
  pairs: number;
  unique: number;
  sequence: string;
  retriedHitIds: string[];
}

const open = (stored: Page): OpenPage => {
  const table = decodeVisitors(stored.visitors);
  return {
    stored,
    level: levelOf(stored.page),
    links: new Map(
      Object.entries(stored.links).map(([code, { creatorId, byClass }]) => [
        code,
        { creatorId, byClass: { ...byClass } },
      ]),
    ),
    uniqueByCreator: new Map(Object.entries(stored.uniqueByCreator)),
    table,
    places: new Map(table.codes.map((code, place) => [code, place])),
    pairs: pairsOf(table),
    unique: stored.unique,
    sequence: stored.sequence,
    retriedHitIds: [],
  };
};

/** Closed to new pairs of visitor and link, for ever: neither number ever falls. */
const isClosed = (page: OpenPage): boolean =>
  page.pairs >= pairsPerPage(page.level) || page.links.size >= LINKS_PER_PAGE;

function countOf(page: OpenPage, { visitor, code }: Hit): number {
  const links = page.table.visitors.get(visitor);
  const place = links && page.places.get(code);
  if (links === undefined || place === undefined) return 0;
  for (let at = 0; at < links.length; at += 2) if (links[at] === place) return links[at + 1] ?? 0;
  return 0;
}

function setCount(page: OpenPage, { visitor, code }: Hit, hits: number): void {
  let place = page.places.get(code);
  if (place === undefined) page.places.set(code, (place = page.table.codes.push(code) - 1));
  const links = page.table.visitors.get(visitor);
  if (links === undefined) return void page.table.visitors.set(visitor, [place, hits]);
  for (let at = 0; at < links.length; at += 2) if (links[at] === place) return void (links[at + 1] = hits);
  links.push(place, hits);
}

const clickedFor = (page: OpenPage, { visitor, creatorId }: Hit): boolean =>
  (page.table.visitors.get(visitor) ?? []).some(
    (place, at) => at % 2 === 0 && page.links.get(page.table.codes[place] ?? "")?.creatorId === creatorId,
  );

function bump(page: OpenPage, hit: Hit, hitClass: HitClass): void {
  let link = page.links.get(hit.code);
  if (link === undefined) page.links.set(hit.code, (link = { creatorId: hit.creatorId, byClass: {} }));
  link.byClass[hitClass] = (link.byClass[hitClass] ?? 0) + 1;
}

/** `path` are the pages from the first level to the one the pair lives on: a visitor's pairs are nowhere else. */
function countVisitor(path: readonly OpenPage[], page: OpenPage, hit: Hit): void {
  const before = countOf(page, hit);
  if (before === 0) {
    page.pairs += 1;
    if (!path.some((above) => above.table.visitors.has(hit.visitor))) page.unique += 1;
    if (!path.some((above) => clickedFor(above, hit)))
      page.uniqueByCreator.set(hit.creatorId, (page.uniqueByCreator.get(hit.creatorId) ?? 0) + 1);
  }
  if (before < COUNT_CAP) setCount(page, hit, before + 1);
  bump(page, hit, countClass(before));
}

const livesHere = (page: OpenPage, hit: Hit, hasState: boolean): boolean =>
  hasState ? countOf(page, hit) > 0 || !isClosed(page) : page.links.has(hit.code) || page.links.size < LINKS_PER_PAGE;

const updateOf = (page: OpenPage): PageUpdate => ({
  page: {
    ...page.stored,
    sequence: page.sequence,
    unique: page.unique,
    uniqueByCreator: Object.fromEntries(page.uniqueByCreator),
    links: Object.fromEntries(page.links),
    visitors: encodeVisitors(page.table),
  },
  previousSequence: page.stored.sequence,
  retriedHitIds: page.retriedHitIds,
});

type PageAt = (name: string) => OpenPage | undefined;
type Home = { readonly path: readonly OpenPage[]; readonly page: OpenPage } | { readonly missing: string };

/** The first page on the visitor's path that a hit lives on, or the name of the page that must be seen to tell. */
function homeOf(pageAt: PageAt, hit: Hit, hasState: boolean): Home {
  const path: OpenPage[] = [];
  for (let level = 0; ; level += 1) {
    const name = pageName(level, hit.visitor);
    const page = pageAt(name);
    if (page === undefined) return { missing: name };
    path.push(page);
    if (livesHere(page, hit, hasState)) return { path, page };
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
 */
export function rollUp(family: PageFamily, pages: ReadonlyMap<string, Page>, hits: readonly SequencedHit[]): RollUp {
  const classOf = agentClassifier();
  const opened = new Map<string, OpenPage>();
  const pageAt = opener(pages, opened);
  const missing = new Set<string>();
  for (const { sequence, hit } of inOrder(hits)) {
    const hitClass = classOf(hit);
    const home = homeOf(pageAt, hit, hitClass === undefined);
    if ("missing" in home) {
      missing.add(home.missing);
    } else if (sequence > home.page.sequence) {
      if (hitClass === undefined) countVisitor(home.path, home.page, hit);
      else bump(home.page, hit, hitClass);
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
