/**
 * Conversions, counted in the transaction that writes each: exactly once, because a conversion is made once and changed
 * under its version. Counted apart by campaign, day and creator, and over a few items each, so that orders that come at once
 * seldom meet.
 */
import { createHash } from "node:crypto";
import * as z from "zod";
import type { Conversion } from "./conversion.ts";
import { netMinor } from "./reverse-conversion.ts";

/** Items that one creator's conversions of a day are spread over. More make figures dearer to read. */
const SHARDS = 4;
const DAY_LENGTH = "YYYY-MM-DD".length;

export const ConversionTally = z.object({
  campaignId: z.string(),
  /** UTC day on which the orders happened, whenever they were recorded or reversed. */
  day: z.string(),
  creatorId: z.string(),
  shard: z.int(),
  conversions: z.int(),
  /** Minor units in the campaign's currency, net of reversals. */
  valueMinor: z.int(),
});
export type ConversionTally = z.infer<typeof ConversionTally>;

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

export interface ConversionFigures {
  readonly conversions: number;
  readonly valueMinor: number;
}
const none: ConversionFigures = { conversions: 0, valueMinor: 0 };

const added = (a: ConversionFigures, b: ConversionFigures): ConversionFigures => ({
  conversions: a.conversions + b.conversions,
  valueMinor: a.valueMinor + b.valueMinor,
});

const summed = (tallies: readonly ConversionTally[], keyOf: (tally: ConversionTally) => string) => {
  const sums = new Map<string, ConversionFigures>();
  for (const tally of tallies) sums.set(keyOf(tally), added(sums.get(keyOf(tally)) ?? none, tally));
  return sums;
};

/** Adds up tallies of one campaign. @param creatorId only this creator's */
export function conversionSummary(all: readonly ConversionTally[], creatorId?: string) {
  const tallies = all.filter((tally) => creatorId === undefined || tally.creatorId === creatorId);
  return {
    total: tallies.reduce<ConversionFigures>(added, none),
    byDay: summed(tallies, ({ day }) => day),
    byCreator: summed(tallies, (tally) => tally.creatorId),
  };
}
