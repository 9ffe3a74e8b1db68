import { OwnError } from "../kernel/own-error.ts";
import type { StreamRecord } from "../kernel/stream-record.ts";
import type { Hit } from "./hit.ts";
import { parseHit } from "./parse-hit.ts";
import type { SequencedHit } from "./rollup.ts";

/** One stream record, decoded; `sequenceNumber` as the stream spells it. */
export interface HitRecord {
  readonly sequenceNumber: string;
  readonly hit: Hit;
}

/**
 * Hits by shard. A record that is no hit stays out: no retry would make it one, and a poison record must not hold up the
 * shard; it is in the raw archive, and counted here as unreadable.
 */
export function hitsByShard(records: readonly StreamRecord[]): {
  readonly shards: ReadonlyMap<string, readonly HitRecord[]>;
  readonly unreadable: number;
} {
  const shards = new Map<string, HitRecord[]>();
  let unreadable = 0;
  for (const { sequence, shard, payload } of records) {
    const hit: Hit | undefined =
      payload instanceof Uint8Array ? parseHit(new TextDecoder().decode(payload)) : undefined;
    if (hit === undefined) {
      unreadable += 1;
      continue;
    }
    const own = shards.get(shard) ?? [];
    shards.set(shard, own);
    own.push({ sequenceNumber: sequence, hit });
  }
  return { shards, unreadable };
}

/** Links among the clicked that may have so many clicks and no more. */
export const limitedCodes = (hits: readonly Pick<HitRecord, "hit">[]): ReadonlySet<string> =>
  new Set(hits.flatMap(({ hit }) => (hit.limited && hit.kind !== "view" ? [hit.code] : [])));

/** Kinesis numbers its records with up to 56 digits; padded, they compare as text. */
export const paddedSequence = (sequenceNumber: string): string => sequenceNumber.padStart(64, "0");

/** In the order of the stream. */
export const inStreamOrder = (records: readonly HitRecord[]): readonly SequencedHit[] =>
  records
    .map(({ sequenceNumber, hit }) => ({ sequence: paddedSequence(sequenceNumber), hit }))
    .sort((one, other) => (one.sequence < other.sequence ? -1 : 1));

/** A padded sequence number as the stream spells it: that is what a failure must be reported by. */
export const spelledAs = (records: readonly HitRecord[], sequence: string | undefined): string =>
  records.find(({ sequenceNumber }) => paddedSequence(sequenceNumber) === sequence)?.sequenceNumber ?? "";

/** A hit that missed the stream and came back by the overflow queue. @throws Error when it is none: the queue parks it. */
export function overflowHit(message: unknown): Hit {
  const hit = parseHit(JSON.stringify(message));
  if (hit === undefined) throw new OwnError("a message of the overflow queue that is no hit");
  return { ...hit, retried: true };
}
