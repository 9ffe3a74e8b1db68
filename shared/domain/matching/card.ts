/** What of a creator is looked at when brands look for somebody: who is shown, and what is known of them. */
import * as z from "zod";
import { Category } from "../campaigns/campaign.ts";
import { UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { SocialPlatform } from "../social/platform.ts";
import { AudienceFlagName, SocialFigures } from "../social/social-account.ts";
import { type Account, PriceBand } from "../users/account.ts";
import { ResultSums } from "./past-result.ts";
import { Worth } from "./worth.ts";

/** An account with a network, as far as it counts; nothing that would let anybody act for it. */
export const CardAccount = SocialFigures.pick({ followerCount: true, engagementRate: true, postsRated: true }).extend({
  platform: SocialPlatform,
  /** Midnight of the UTC day on which the network last said so: that it says the same again is told once a day. */
  asOf: Instant,
  /** What of its audience is unlike one that came by itself; no part of a public profile. */
  flags: z.array(AudienceFlagName),
});
export type CardAccount = z.infer<typeof CardAccount>;

export const CreatorCard = z.object({
  userId: UserId,
  /** By the words of when it was written: places under one that is none any more are found by it, and go. */
  categories: z.array(z.string()),
  languages: z.array(z.string()),
  country: z.string().nullable(),
  price: PriceBand.nullable(),
  /** By platform. */
  accounts: z.array(CardAccount),
  results: ResultSums,
  /** What its places in the index were made of: a model that judges otherwise finds by them what is to go. */
  worths: z.array(Worth),
  /** Where their price begins, as these places have it; of an older card they have it as it is. */
  priceFrom: PriceBand.pick({ currency: true, min: true }).optional(),
  version: z.int(),
  updatedAt: Instant,
});
export type CreatorCard = z.infer<typeof CreatorCard>;

/** A card without what writing it adds. */
export type CardContent = Omit<CreatorCard, "worths" | "priceFrom" | "version" | "updatedAt">;

/** Who is shown to brands. */
export const isShown = ({ status, roles }: Pick<Account, "status" | "roles">): boolean =>
  status === "active" && roles.includes("creator");

/** What a profile says, by the words that are searched for: one that was written when any were taken may have others. */
export function cardOf(
  { id, creator, location }: Account,
  accounts: readonly CardAccount[],
  results: ResultSums,
): CardContent {
  const named = creator?.categories ?? [];
  return {
    userId: id,
    categories: Category.options.filter((category) => named.includes(category)),
    languages: [...new Set(creator?.languages)].sort(),
    country: location?.country ?? null,
    price: creator?.price ?? null,
    accounts: [...accounts].sort((one, other) => (one.platform < other.platform ? -1 : 1)),
    results,
  };
}
