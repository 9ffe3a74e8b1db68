import type { Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import type { ConversionTally } from "#shared/domain/conversions/tally";
import type { Declaration } from "../item.ts";

/** One for an order of a brand's, for ever: its id follows from them. */
export const conversion = {
  kind: "conversion",
  prefix: "CONVERSION",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<Conversion>;

export const conversionReversal = {
  kind: "conversionReversal",
  prefix: "CONVERSION_REVERSAL",
  partition: ["conversionId"],
  sort: ["id"],
  appendOnly: true,
} as const satisfies Declaration<ConversionReversal>;

/** A campaign's conversions of a day, by creator. */
export const conversionTally = {
  kind: "conversionTally",
  prefix: "CONVERSION_TALLY",
  partition: ["campaignId"],
  sort: ["day", "creatorId", "shard"],
} as const satisfies Declaration<ConversionTally>;

/** The secret that click ids are signed under: one item, made by whichever click needs it first. */
export const clickKey = {
  kind: "clickKey",
  prefix: "CLICK_KEY",
  partition: [],
  sort: [],
  appendOnly: true,
} as const satisfies Declaration<{ readonly secret: Uint8Array }>;
