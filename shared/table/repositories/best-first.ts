/**
 * The index read best first, by the threshold algorithm (Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware",
 * 2003): of each list it is known how those who were not read yet can rank at most, and whoever ranks before all of that is
 * next. Nothing is guessed, and no more is read than that takes, or than the limit of one question.
 */
import type { Brief } from "#shared/domain/matching/brief";
import { type IndexEntry, type Lane, mayFit } from "#shared/domain/matching/index-entry";
import { byRank, type Rank, rankBy } from "#shared/domain/matching/rank";
import { boundUnder, MOST_STANDING } from "#shared/domain/matching/standing";
import { ANY, reachBound, tiersWithin } from "#shared/domain/matching/tiers";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { Ahead } from "#shared/ports/matching";
import type { Position, TableEngine } from "#shared/table/engine";
import { listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** Entries of a list's first page, which answer most questions. Whoever has to go on gets four times as many each time, up to most of a megabyte. */
const FIRST_PAGE = 50;
const MORE = 4;
const LARGEST_PAGE = 3_200;
/** What one question reads at most. */
export const READING = { pages: 24, entries: 10_000 };
/** Countries that are asked for one by one at first. Of more, everybody is read and those elsewhere are left out. */
const FEW_COUNTRIES = 3;
/** Pages of a list of everybody before its narrower ones are read. */
const WIDE_PAGES = 3;

/** How somebody can rank at most. */
type Bound = Omit<Rank, "turn">;
const NOBODY: Bound = { standing: -1, house: -1 };

interface Source {
  readonly lane: Lane;
  after: Position | undefined;
  /** Entries of its next page. */
  size: number;
  /** How those of it that were not read yet rank at most; below everybody once there are none. */
  bound: Bound;
}

/** Lists that have everybody who is looked for; how many pages of them are read before those of the next way are. */
interface Way {
  readonly sources: readonly Source[];
  pages: number;
}

interface Scored {
  readonly creatorId: string;
  readonly rank: Rank;
}

export async function* bestFirst(table: TableEngine, brief: Brief): AsyncIterable<Ahead> {
  const ways = waysOf(brief);
  const left = { ...READING };
  const waiting: Scored[] = [];
  const given = new Set<string>();
  // Whoever has two accounts that fit comes up by the better one first.
  const isNew = ({ creatorId }: Scored): boolean => !given.has(creatorId) && given.add(creatorId).size > 0;
  for (;;) {
    const bound = ways.map(boundOf).reduce((one, other) => (compare(one, other) < 0 ? other : one));
    yield { creators: settled(waiting, bound).filter(isNew), isProven: true };
    if (bound === NOBODY) return;
    if (left.pages === 0 || left.entries === 0) {
      yield { creators: waiting.filter(isNew), isProven: false };
      return;
    }
    const entries = await readOn(table, brief, nextSource(ways), left);
    waiting.push(...entries.filter((entry) => mayFit(brief, entry)).map((entry) => scored(brief, entry)));
    waiting.sort((one, other) => byRank(one.rank, other.rank));
  }
}

const compare = (one: Bound, other: Bound): number => byRank({ ...one, turn: "" }, { ...other, turn: "" });

/** Whoever was read by none of a way's lists is in one of them still. */
const boundOf = ({ sources }: Way): Bound => sources.reduce((most, { bound }) => highest(most, bound), NOBODY);
const highest = (one: Bound, other: Bound): Bound => (compare(other, one) < 0 ? other : one);

/** The list that the best of those who were not read yet may be in. */
function nextSource(ways: readonly Way[]): Source {
  const way = ways.find(({ pages }) => pages > 0) as Way;
  way.pages -= 1;
  return way.sources.reduce((best, one) => (compare(one.bound, best.bound) < 0 ? one : best));
}

/** Takes those out who are ahead of all that was not read: with one more that ranks the same, it might be another's turn. */
const settled = (waiting: Scored[], bound: Bound): Scored[] => {
  const first = waiting.findIndex(({ rank }) => compare(rank, bound) >= 0);
  return waiting.splice(0, first === -1 ? waiting.length : first);
};

function waysOf(brief: Brief): Way[] {
  const { countries, minFollowers } = brief;
  const isFew = countries.length <= FEW_COUNTRIES;
  const wide = sourcesOf(brief, isFew ? countries : [], [ANY]);
  if (isFew && minFollowers === 0) return [{ sources: wide, pages: Infinity }];
  const narrow = sourcesOf(brief, countries, minFollowers === 0 ? [ANY] : tiersWithin(brief));
  return [
    { sources: wide, pages: WIDE_PAGES * wide.length },
    { sources: narrow, pages: Infinity },
  ];
}

function sourcesOf(
  { category, platforms, weights }: Brief,
  countries: readonly string[],
  tiers: readonly Lane["tier"][],
): Source[] {
  const on = platforms.length > 0 ? platforms : SocialPlatform.options;
  const lanes = (countries.length > 0 ? countries : [ANY]).flatMap((country) =>
    on.flatMap((platform) => tiers.map((tier) => ({ category, country, platform, tier }))),
  );
  return lanes.map((lane) => ({
    lane,
    after: undefined,
    size: FIRST_PAGE,
    bound: { standing: boundUnder(weights, MOST_STANDING, reachBound(lane.tier)), house: MOST_STANDING },
  }));
}

const scored = (brief: Brief, entry: IndexEntry): Scored => ({
  creatorId: entry.creatorId,
  rank: rankBy(brief, entry),
});

async function readOn(
  table: TableEngine,
  { weights }: Brief,
  source: Source,
  left: typeof READING,
): Promise<readonly IndexEntry[]> {
  const { lane, after, size } = source;
  const limit = Math.min(size, left.entries);
  const page = await table.query({
    ...listing(items.indexEntry, lane),
    descending: true,
    limit,
    ...(after && { after }),
  });
  const entries = page.items as unknown as readonly IndexEntry[];
  left.pages -= 1;
  left.entries -= entries.length;
  const house = entries.at(-1)?.standing;
  source.after = page.next;
  source.size = Math.min(LARGEST_PAGE, MORE * size);
  source.bound =
    page.next === undefined || house === undefined
      ? NOBODY
      : { standing: boundUnder(weights, house, reachBound(lane.tier)), house };
  return entries;
}
