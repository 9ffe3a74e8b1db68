import type { Page, PageKey } from "#shared/domain/tracking/day-page";
import type { TrackingPages } from "#shared/ports/tracking";

const nameOf = ({ campaignId, day, shard, page }: PageKey): string => JSON.stringify([campaignId, day, shard, page]);

/** Bytes can be written to, whatever the type says; the rest of a page is read-only. */
const copy = (page: Page): Page => ({ ...page, visitors: page.visitors.slice() });

interface Slice {
  readonly firsts: Set<string>;
  readonly retries: Set<string>;
}

/** Click counts in memory, for tests. One suite holds it to what DynamoDB does. */
export function memoryTrackingPages(): TrackingPages {
  const pages = new Map<string, Page>();
  const slices = new Map<string, Slice>();
  const counted = new Set<string>();
  return {
    load: (keys) => Promise.resolve(keys.flatMap((key) => pages.get(nameOf(key)) ?? []).map(copy)),
    save: (page, previousSequence, retriedHitIds) => {
      const name = nameOf(page);
      const isStale = (pages.get(name)?.sequence ?? "") !== previousSequence;
      if (isStale || retriedHitIds.some((id) => counted.has(id))) return Promise.resolve("stale");
      pages.set(name, copy(page));
      for (const id of retriedHitIds) counted.add(id);
      return Promise.resolve("saved");
    },
    noteHits: ({ shard, slice }, { firsts, retries }) => {
      const name = JSON.stringify([shard, slice]);
      const known = slices.get(name);
      const union: Slice = {
        firsts: new Set([...(known?.firsts ?? []), ...firsts]),
        retries: new Set([...(known?.retries ?? []), ...retries]),
      };
      slices.set(name, union);
      return Promise.resolve(union);
    },
    countedRetries: (hitIds) => Promise.resolve(new Set(hitIds.filter((id) => counted.has(id)))),
    ofCampaign: (campaignId, from, to) =>
      Promise.resolve(
        [...pages.values()]
          .filter((page) => page.campaignId === campaignId && page.day >= from && page.day <= to)
          .map(({ visitors: _visitors, ...counts }) => counts),
      ),
  };
}
