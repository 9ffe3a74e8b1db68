import * as z from "zod";
import { SocialPlatform } from "../social/platform.ts";
import { ANY } from "./tiers.ts";
import { StoredSteps } from "./values.ts";

/** What an account, or under `any` platform the main one or none, is worth, as it was when the index was written. */
export const Worth = z.object({
  platform: z.union([SocialPlatform, z.literal(ANY)]),
  tier: z.int(),
  /** Under the house's weights. */
  standing: z.int(),
  steps: StoredSteps,
  /** The account's followers to two digits, rounded down, so that an entry is not written anew with each of them. */
  followersFrom: z.int().nullable(),
});
export type Worth = z.infer<typeof Worth>;
