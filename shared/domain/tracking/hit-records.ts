import type { Hit } from "./hit.ts";
import { parseHit } from "./parse-hit.ts";
import type { HitRecord } from "./roll-up-batch.ts";

/** A record of the click stream as its consumer is handed it. */
export interface RawRecord {
  readonly sequence: string;
  readonly shard: string;
  readonly payload: unknown;
}

/**
 * Hits by shard. A record that is no hit stays out: no retry would make it one, and a poison record must not hold up the
 * shard; it is in the raw archive, and counted here as unreadable.
 */
export function hitsByShard(records: readonly RawRecord[]): {
  readonly shards: ReadonlyMap<string, readonly HitRecord[]>;
  readonly unreadable: number;
} {
  const shards = new Map<string, HitRecord[]>();
  let unreadable = 0;
  for (const { sequence, shard, payload } of records) {
    const hit: Hit | undefined =
      payload instanceof Uint8Array ? parseHit(new TextDecoder().decode(payload)) : undefined;
    if (hit === undefined) unreadable += 1;
    else shards.set(shard, [...(shards.get(shard) ?? []), { sequenceNumber: sequence, hit }]);
  }
  return { shards, unreadable };
}

/** A hit that missed the stream and came back by the overflow queue. @throws Error when it is none: the queue parks it. */
export function overflowHit(message: unknown): Hit {
  const hit = parseHit(JSON.stringify(message));
  if (hit === undefined) throw new Error("a message of the overflow queue that is no hit");
  return { ...hit, retried: true };
}
