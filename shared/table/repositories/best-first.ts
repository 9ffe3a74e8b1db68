/**
 * The index read best first, by the threshold algorithm (Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware",
 * 2003): of each list it is known what those who were not read yet can score at most, and whoever scores more than all of that is
 * next. Nothing is guessed, and no more is read than that takes.
 */
import type { Brief } from "#shared/domain/matching/brief";
import { ANY, type IndexEntry, type Lane, mayBeWithin } from "#shared/domain/matching/index-entry";
import { turnOf } from "#shared/domain/matching/match";
import { boundUnder, MOST_STANDING, standingOf } from "#shared/domain/matching/standing";
import { reachBound, tiersWithin } from "#shared/domain/matching/tiers";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { Position, TableEngine } from "#shared/table/engine";
import { listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** Entries of a list's first page, which answer most questions. Whoever has to go on gets twice as many each time, up to half a megabyte. */
const FIRST_PAGE = 25;
const LARGEST_PAGE = 1_600;
/** Countries that are asked for one by one. Of more, everybody is read and those elsewhere are left out. */
const MOST_COUNTRIES = 3;

interface Source {
  readonly lane: Lane;
  after: Position | undefined;
  /** Entries of its next page. */
  size: number;
  /** What those of it that were not read yet score at most; below everything once there are none. */
  bound: number;
}

interface Scored {
  readonly creatorId: string;
  readonly standing: number;
  readonly turn: string;
}

/** Ids in order of their scores, equal ones in their turn, each once. */
export async function* bestFirst(table: TableEngine, brief: Brief): AsyncIterable<string> {
  const sources = lanesOf(brief).map((lane): Source => ({
    lane,
    after: undefined,
    size: FIRST_PAGE,
    bound: boundOf(brief, lane, MOST_STANDING),
  }));
  const waiting: Scored[] = [];
  const given = new Set<string>();
  for (;;) {
    const next = mostPromising(sources);
    for (const { creatorId } of settled(waiting, next?.bound ?? NOBODY)) if (isNew(given, creatorId)) yield creatorId;
    if (next === undefined) return;
    const entries = await readOn(table, brief, next);
    waiting.push(...entries.filter((entry) => mayFit(brief, entry)).map((entry) => scored(brief, entry)));
    waiting.sort((one, other) => other.standing - one.standing || (one.turn < other.turn ? -1 : 1));
  }
}

/** The list that the best of those who were not read yet may be in; undefined when all are read. */
const mostPromising = (sources: readonly Source[]): Source | undefined =>
  sources
    .filter(({ bound }) => bound > NOBODY)
    .reduce<Source | undefined>((best, one) => (best && best.bound >= one.bound ? best : one), undefined);

const NOBODY = -1;

/** Whoever has two accounts that fit comes up by the better one first. */
const isNew = (given: Set<string>, creatorId: string): boolean =>
  !given.has(creatorId) && given.add(creatorId).size > 0;

/** Takes those out who are ahead of all that was not read: with one more of the same score, it might be another's turn. */
const settled = (waiting: Scored[], bound: number): Scored[] => {
  const first = waiting.findIndex(({ standing }) => standing <= bound);
  return waiting.splice(0, first === -1 ? waiting.length : first);
};

function lanesOf({ category, countries, platforms, minFollowers }: Brief): Lane[] {
  const named = countries.length > 0 && countries.length <= MOST_COUNTRIES ? countries : [ANY];
  const on = platforms.length > 0 ? platforms : SocialPlatform.options;
  return named.flatMap((country) =>
    on.flatMap((platform) => tiersWithin({ minFollowers }).map((tier) => ({ category, country, platform, tier }))),
  );
}

const boundOf = ({ weights }: Brief, { tier }: Lane, standing: number): number =>
  boundUnder(weights, standing, reachBound(tier));

/** What the index knows of the filters; the rest is asked of whoever is proposed. */
const mayFit = ({ countries, minFollowers }: Brief, { home, ...entry }: IndexEntry): boolean =>
  (countries.length === 0 || countries.includes(home ?? "")) && mayBeWithin(entry, { minFollowers });

const scored = (brief: Brief, { creatorId, steps }: IndexEntry): Scored => ({
  creatorId,
  standing: standingOf(steps, brief.weights),
  turn: turnOf(brief, creatorId),
});

async function readOn(table: TableEngine, brief: Brief, source: Source): Promise<readonly IndexEntry[]> {
  const { lane, after, size: limit } = source;
  const page = await table.query({
    ...listing(items.indexEntry, lane),
    descending: true,
    limit,
    ...(after && { after }),
  });
  const entries = page.items as unknown as readonly IndexEntry[];
  const last = entries.at(-1);
  source.after = page.next;
  source.size = Math.min(LARGEST_PAGE, 2 * limit);
  source.bound = page.next === undefined || last === undefined ? NOBODY : boundOf(brief, lane, last.standing);
  return entries;
}
