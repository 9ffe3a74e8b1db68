import { createHash } from "node:crypto";
import type { Conversion } from "./conversion.ts";
import { netMinor } from "./net.ts";
import type { ConversionTally } from "./tally.ts";

/** Items that one creator's conversions of a day are spread over. More make figures dearer to read. */
const SHARDS = 4;
const DAY_LENGTH = "YYYY-MM-DD".length;

/** What a conversion's write adds to which tally. @param was undefined for a new one */
export function tallied(was: Conversion | undefined, next: Conversion): ConversionTally {
  const { id, campaignId, creatorId, occurredAt } = next;
  return {
    campaignId,
    day: occurredAt.slice(0, DAY_LENGTH),
    creatorId,
    shard: createHash("sha256").update(id).digest().readUInt32BE(0) % SHARDS,
    conversions: was === undefined ? 1 : 0,
    valueMinor: netMinor(next) - (was === undefined ? 0 : netMinor(was)),
  };
}
