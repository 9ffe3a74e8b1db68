import type { Page, PageCounts, PageKey } from "#shared/domain/tracking/day-page";
import type { HitSlice, NotedHits } from "#shared/domain/tracking/distinct";
import type { Hit } from "#shared/domain/tracking/hit";
import type { LinkLookup, TrackedLink } from "#shared/domain/tracking/redirect";
import type { PageStore } from "#shared/domain/tracking/roll-up-batch";

/** Stored click counts. Every read sees every earlier write. */
export interface TrackingPages extends PageStore {
  /** Those of the pages that exist, in no particular order; any number of keys, none twice. */
  load(keys: readonly PageKey[]): Promise<readonly Page[]>;
  /**
   * Replaces a page and marks the retried hits in it as counted: all of it or nothing.
   *
   * `"stale"`, with nothing written, when the stored page's sequence is not `previousSequence` (empty: there is no page
   * yet) or one of the hits is marked already. Of two savers of one state one wins. A save that is repeated because its
   * reply was lost finds its own page and is stale, which is safe: a page skips what it has counted.
   *
   * @param retriedHitIds at most 99; marks outlast the days a hit can come again
   */
  save(page: Page, previousSequence: string, retriedHitIds: readonly string[]): Promise<"saved" | "stale">;
  /**
   * Adds marks to a slice of a shard's edge time and gives back all that it then holds, or at least those among `hits`.
   * A union: repeating it, or doing it in any order or at once, changes nothing. Notes last as long as marks.
   */
  noteHits(slice: HitSlice, hits: NotedHits): Promise<NotedHits>;
  /** Which of these hits a saved page has marked as counted; any number of ids, none twice. */
  countedRetries(hitIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Pages of a campaign between two UTC days (`YYYY-MM-DD`), both included, without their visitors. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly PageCounts[]>;
}

/** Short links as the click path finds them. */
export interface TrackedLinks {
  /** Never rejects. `"unavailable"`: nobody could tell, and no earlier answer is known. May be half a minute old. */
  find(code: string): Promise<LinkLookup>;
}

export interface LinkStore {
  /** The stored link. Rejects when the store cannot be asked within two seconds. */
  get(code: string): Promise<TrackedLink | undefined>;
}

export interface Visitors {
  /**
   * 16 hex digits that stand for this address and agent on this UTC day and cannot be turned back, nor compared with
   * another day's. Never rejects: when the day's key cannot be had, a key of this process stands in, and a visitor may
   * be counted once more.
   */
  identify(visitor: { readonly day: string; readonly address: string; readonly agent: string }): Promise<string>;
}

export interface Clicks {
  /** Writes a hit down where the rollup finds it, within 1.2 seconds, and nearly always within 150 ms. Never rejects: a visitor is not kept waiting. */
  record(hit: Hit): Promise<void>;
}

/** One of the places a hit can be written to. Rejects when it did not say yes in time; it may have it all the same. */
export interface HitSink {
  put(hit: Hit): Promise<void>;
}
