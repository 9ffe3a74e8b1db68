import type { Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import type { ConversionTally } from "#shared/domain/conversions/tally";
import type { PromoCode } from "#shared/domain/promo-codes/promo-code";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

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

/** One of a brand's for whatever looks like it, for ever: its key is what they have in common. */
export const promoCode = {
  kind: "promoCode",
  prefix: "PROMO_CODE",
  partition: ["brandId", "skeleton"],
  sort: [],
  listings: {
    ofCampaign: {
      index: "owner",
      prefix: "PROMO_CODES_OF_CAMPAIGN",
      partition: ["campaignId"],
      sort: ["creatorId", "createdAt", "code"],
    },
  },
} as const satisfies Declaration<PromoCode>;

/** A campaign's conversions of a day, by creator. */
export const conversionTally = {
  kind: "conversionTally",
  prefix: "CONVERSION_TALLY",
  partition: ["campaignId"],
  sort: ["day", "creatorId", "shard"],
  listings: {
    ofDay: {
      index: "kind",
      prefix: "CONVERSION_TALLIES",
      partition: ["day"],
      sort: ["campaignId", "creatorId", "shard"],
      spread: SPREAD,
    },
  },
} as const satisfies Declaration<ConversionTally>;

/** The secret that click ids are signed under: one item, made by whichever click needs it first. */
export const clickKey = {
  kind: "clickKey",
  prefix: "CLICK_KEY",
  partition: [],
  sort: [],
  appendOnly: true,
} as const satisfies Declaration<{ readonly secret: Uint8Array }>;
