import type { Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import type { ConversionTally } from "#shared/domain/conversions/tally";
import type { LinkLookup } from "#shared/domain/tracking/redirect";

export interface Conversions {
  /** Strongly consistent. */
  get(conversionId: string): Promise<Conversion | undefined>;
}

export interface ConversionReversals {
  /** The newest of a conversion's, so many at most. */
  latest(conversionId: string, most: number): Promise<readonly ConversionReversal[]>;
}

export interface ConversionTallies {
  /** What was counted of a campaign between two UTC days (`YYYY-MM-DD`), both included; sees every earlier commit. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly ConversionTally[]>;
  /** What was counted of all campaigns on a UTC day; those counted first in the last seconds may be missing. */
  ofDay(day: string): Promise<readonly ConversionTally[]>;
}

export interface ClickIds {
  /**
   * What a destination is given as `click_id`: signed where the link passes it on, so that a conversion can be credited by it.
   * Never rejects: when the stage's secret cannot be had it is the bare hit id, which credits nobody.
   */
  of(hitId: string, link: LinkLookup): Promise<string>;
}

export interface ClickKeys {
  /** The stage's secret that click ids are signed under, in base64; undefined while none was ever signed. */
  secret(): Promise<string | undefined>;
}
