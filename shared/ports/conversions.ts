import type { Conversion } from "#shared/domain/conversions/conversion";
import type { ConversionTally } from "#shared/domain/conversions/tally";

export interface Conversions {
  /** Strongly consistent. */
  get(conversionId: string): Promise<Conversion | undefined>;
}

export interface ConversionTallies {
  /** What was counted of a campaign between two UTC days (`YYYY-MM-DD`), both included; sees every earlier commit. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly ConversionTally[]>;
}

export interface ClickKeys {
  /** The stage's secret that click ids are signed under, in base64; undefined while none was ever signed. */
  secret(): Promise<string | undefined>;
}
