import type { Instant } from "#shared/domain/kernel/time";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import type { CreatorVisits } from "#shared/domain/tracking/creator-visits";
import type { Hit } from "#shared/domain/tracking/hit";
import type { HitRecord } from "#shared/domain/tracking/hit-records";
import type { PlatformDay } from "#shared/domain/tracking/platform-day";
import type { Sighting } from "#shared/domain/tracking/own-visit";
import type { CountedDay, Restatement } from "#shared/domain/tracking/restatement";
import type { TrackingDay } from "#shared/domain/tracking/tracking-day";
import type { LinkLookup } from "#shared/domain/tracking/redirect";

/** What became of one batch. */
export interface BatchOutcome {
  readonly bucketsSaved: number;
  /** Per campaign and day that could not be counted: the first of its records, from which the stream must go on again. */
  readonly failures: readonly { readonly sequenceNumber: string; readonly error: unknown }[];
}

export interface HitCounter {
  /**
   * Counts one batch of one shard: exactly once however often the batch, or any part of it, comes again.
   *
   * A failure of one campaign and day leaves the others counted and is reported; a failure before anything could be
   * counted rejects. Either way the stream's own retry is right, and safe.
   *
   * @param records of one shard, in any order
   */
  count(shard: string, records: readonly HitRecord[]): Promise<BatchOutcome>;
}

export interface HitCounts {
  /** What was counted of a campaign between two UTC days (`YYYY-MM-DD`), both included; sees every earlier batch. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly BucketCounts[]>;
  /** Campaigns of which anything was counted on a UTC day, in no order; those counted first in the last seconds may be missing. */
  campaignsOf(day: string): Promise<readonly string[]>;
  /** Days between two, both included, of which anything was counted, in no order. */
  countedDays(from: string, to: string): Promise<readonly string[]>;
  /** What is known of a campaign's UTC day, and what a restatement of it would stand for. */
  ofDay(campaignId: string, day: string): Promise<CountedDay>;
  /** Days between two, both included, of which shards have counted more of some campaign than its restatement stands for or yields to. */
  overridden(from: string, to: string): Promise<readonly string[]>;
  /**
   * Has a restatement stand for what shards counted: what people are shown, until a shard counts more. Nothing of what was counted
   * is changed. Repeating it changes nothing; of two that follow the same one, the later rejects.
   */
  restate(restatement: Restatement): Promise<void>;
  /**
   * Has the last restatement of a campaign's day yield to what shards are seen to have counted: it is asked about no more until they
   * count more than that. Repeating it changes nothing; it rejects when the day was restated meanwhile.
   */
  yieldTo(overridden: {
    readonly campaignId: string;
    readonly day: string;
    readonly counted: Pick<CountedDay, "covered" | "restated">;
  }): Promise<void>;
  /**
   * Has what restatements before the last one hold be deleted, not before the epoch second. Of those that were expired before
   * nothing is changed.
   */
  expireReplaced(
    restated: { readonly campaignId: string; readonly day: string; readonly last: string },
    atSeconds: number,
  ): Promise<void>;
}

/** Visits by what they show, of one creator's links, as days were closed. */
export interface VisitsOfCreators {
  /** Of each day between two, both included, that was closed with visits of the creator's; of nobody nothing. */
  ofSlice(
    campaignId: string,
    creatorId: string | undefined,
    from: string,
    to: string,
  ): Promise<readonly CreatorVisits[]>;
  /** Has them be what is known of their day. Repeating it changes nothing. */
  keep(visits: readonly CreatorVisits[]): Promise<void>;
}

/** What is known of the closing of days. */
export interface TrackingDays {
  /** @param day UTC, `YYYY-MM-DD` */
  of(day: string): Promise<TrackingDay | undefined>;
  /** Those of which anything is known, both days included, oldest first. */
  between(from: string, to: string): Promise<readonly TrackingDay[]>;
}

/** Short links as the click path finds them. */
export interface TrackedLinks {
  /** Never rejects. `"unavailable"`: nobody could tell, and no earlier answer is known. May be half a minute old. */
  find(code: string): Promise<LinkLookup>;
}

export interface Visitors {
  /**
   * 16 hex digits that stand for this address and agent on this UTC day and cannot be turned back, nor compared with
   * another day's. Never rejects: when the day's key cannot be had, a key of this process stands in, and a visitor may
   * be counted once more.
   */
  identify(visitor: { readonly day: string; readonly address: string; readonly agent: string }): Promise<string>;
}

/** Secrets that visitors of a day are known by. Whoever destroys them cannot read them. */
export interface VisitorKeys {
  /** After it, nobody can tell whose a visitor of that UTC day was. Repeating it changes nothing; undefined: there was none. */
  destroy(day: string): Promise<"destroyed" | undefined>;
}

export interface Clicks {
  /** Writes a hit down where the rollup finds it, within 1.2 seconds, and nearly always within 150 ms. Never rejects: a visitor is not kept waiting. */
  record(hit: Hit): Promise<void>;
}

export interface Sightings {
  /**
   * Has it said, once a day however often it is called, that this creator is the visitor whom the click path would see: by the
   * key of that UTC day, address and agent. Asks the table for it the first time that this process sees them on this day.
   */
  note(
    seen: { readonly creatorId: string; readonly address: string; readonly agent: string },
    occasion: { readonly at: Instant; readonly requestId: string },
  ): Promise<void>;
  /** Those of a creator on a UTC day, kept as long as its key; sees every earlier one. */
  ofDay(creatorId: string, day: string): Promise<readonly Sighting[]>;
}

/** The platform as a whole, as it was counted day by day. */
export interface PlatformDays {
  /** @param day UTC, `YYYY-MM-DD` */
  of(day: string): Promise<PlatformDay | undefined>;
  /** Those that were counted between two days, both included, oldest first. */
  between(from: string, to: string): Promise<readonly PlatformDay[]>;
}

/** Raw hits on their way to the rollup, for those that took the overflow queue. */
export interface ClickStream {
  /** Appends one serialised hit; the partition is its visitor. */
  append(hit: { readonly visitor: string; readonly body: string }): Promise<void>;
}

/** Raw hits as they were archived. */
export interface ClickArchive {
  /**
   * What came in one UTC hour (`2026-03-01T05`), part by part: each hit in a line, in no order, some more than once, and lines
   * that are none. What came in the last quarter of an hour may not be there yet.
   */
  arrivedIn(hour: string): AsyncIterable<string>;
}
