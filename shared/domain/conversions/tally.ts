/**
 * Conversions, counted in the transaction that writes each: exactly once, because a conversion is made once and changed
 * under its version. Counted apart by campaign, day and creator, and over a few items each, so that orders that come at once
 * seldom meet.
 */
import * as z from "zod";

export const ConversionTally = z.object({
  campaignId: z.string(),
  /** UTC day on which the orders happened, whenever they were recorded or reversed. */
  day: z.string(),
  creatorId: z.string(),
  shard: z.int(),
  /** Orders that the creator has a part of. */
  conversions: z.int(),
  /** How many of them another creator's tally of the campaign counts as well, so that the campaign counts them once. */
  sharedOrders: z.int(),
  /** Minor units in the campaign's currency, net of reversals. */
  valueMinor: z.int(),
});
export type ConversionTally = z.infer<typeof ConversionTally>;

export interface ConversionFigures {
  readonly conversions: number;
  readonly valueMinor: number;
}
const none: ConversionFigures = { conversions: 0, valueMinor: 0 };

const added = (a: ConversionFigures, b: ConversionFigures): ConversionFigures => ({
  conversions: a.conversions + b.conversions,
  valueMinor: a.valueMinor + b.valueMinor,
});

const onceForAll = (tally: ConversionTally): ConversionTally => ({
  ...tally,
  conversions: tally.conversions - tally.sharedOrders,
});

const summed = (tallies: readonly ConversionTally[], keyOf: (tally: ConversionTally) => string) => {
  const sums = new Map<string, ConversionFigures>();
  for (const tally of tallies) sums.set(keyOf(tally), added(sums.get(keyOf(tally)) ?? none, tally));
  return sums;
};

/** Adds up tallies of one campaign. @param creatorId only this creator's */
export function conversionSummary(all: readonly ConversionTally[], creatorId?: string) {
  const tallies = all.filter((tally) => creatorId === undefined || tally.creatorId === creatorId);
  const orders = creatorId === undefined ? tallies.map(onceForAll) : tallies;
  return {
    total: orders.reduce<ConversionFigures>(added, none),
    byDay: summed(orders, ({ day }) => day),
    byCreator: summed(tallies, (tally) => tally.creatorId),
  };
}
