import { Conversion } from "#shared/domain/conversions/conversion";
import { ConversionTally } from "#shared/domain/conversions/tally";
import type { ClickKeys, Conversions, ConversionTallies } from "#shared/ports/conversions";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";
import { madeStageKey } from "./stage-key.ts";

export const storedConversions = (table: TableEngine): Conversions => ({
  get: async (id) => parsed(Conversion, await table.get(itemKey(items.conversion, { id }))),
});

export const storedConversionTallies = (table: TableEngine): ConversionTallies => ({
  ofCampaign: (campaignId, from, to) =>
    everyOf(table, ranged(listing(items.conversionTally, { campaignId }), { from, to }), ConversionTally),
});

export function storedClickKeys(table: TableEngine): ClickKeys {
  const made = madeStageKey(table, "clickKey");
  return {
    secret: async () => {
      const key = await made();
      return key && Buffer.from(key).toString("base64");
    },
  };
}
