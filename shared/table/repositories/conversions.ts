import * as z from "zod";
import { Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import { ConversionTally } from "#shared/domain/conversions/tally";
import type { ClickKeys, ConversionReversals, Conversions, ConversionTallies } from "#shared/ports/conversions";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, newestFirst, pageOf, parsed } from "./pages.ts";
import { kept } from "./stage-key.ts";

export const storedConversions = (table: TableEngine): Conversions => ({
  get: async (id) => parsed(Conversion, await table.get(itemKey(items.conversion, { id }))),
});

export const storedConversionReversals = (table: TableEngine): ConversionReversals => ({
  latest: async (conversionId, most) => {
    const all = newestFirst(listing(items.conversionReversal, { conversionId }));
    return (await pageOf(table, all, ConversionReversal, { limit: most })).items;
  },
});

export const storedConversionTallies = (table: TableEngine): ConversionTallies => ({
  ofCampaign: (campaignId, from, to) =>
    everyOf(table, ranged(listing(items.conversionTally, { campaignId }), { from, to }), ConversionTally),
  ofDay: (day) => everyOf(table, spreadListing(items.conversionTally.listings.ofDay, { day }), ConversionTally),
});

/** As the click path writes it. */
const StoredKey = z.object({ secret: z.instanceof(Uint8Array) });

export const storedClickKeys = (table: TableEngine): ClickKeys => ({
  secret: kept(async () => {
    const stored = parsed(StoredKey, await table.get(itemKey(items.clickKey, {})));
    return stored && Buffer.from(stored.secret).toString("base64");
  }),
});
