/** Lists that a report of exposure is of. */
import type { Exposure, Exposed } from "#shared/domain/matching/exposure";
import type { Exposures } from "#shared/ports/matching";

/** Lists that a report reads at most: 20 MB, where each names a hundred creators. */
const MOST_LISTS = 5_000;

/**
 * Those of the days, latest first, as long as whole days are within what is read; of the latest, the part that is.
 * @param days oldest first
 */
export async function exposedLately(days: readonly string[], exposures: Pick<Exposures, "ofDay">): Promise<Exposed> {
  const [read, lists]: [string[], Exposure[]] = [[], []];
  for (const day of days.toReversed()) {
    const found = await exposures.ofDay(day, MOST_LISTS - lists.length);
    if (!found.isWhole && read.length > 0) return { days: read, lists, isExact: false };
    read.unshift(day);
    lists.push(...found.lists);
    if (!found.isWhole) return { days: read, lists, isExact: false };
  }
  return { days: read, lists, isExact: true };
}
