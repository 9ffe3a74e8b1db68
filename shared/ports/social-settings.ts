/** What connectors are told of the networks that a stage has an app with. */
import * as z from "zod";
import { SocialPlatform } from "#shared/domain/social/platform";

/** What LinkedIn tells how many follow somebody by; apps with its Community Management product alone may ask for it. */
export const LINKEDIN_FOLLOWERS_SCOPE = "r_member_profileAnalytics";

/** One network: who we are there, and the origins and paths that its addresses begin with. */
export const NetworkSetting = z.strictObject({
  clientId: z.string().min(1),
  /** Of the page that people give consent on. */
  consentBase: z.url(),
  /** Of what gives, renews and revokes tokens. */
  tokenBase: z.url(),
  /** Of what is read with a token. */
  apiBase: z.url(),
  /** What the app may ask for besides what everybody's may. */
  extraScopes: z.array(z.string()).optional(),
});
export type NetworkSetting = z.infer<typeof NetworkSetting>;

/** A record of an enum has all of it: a stage has every network or none. */
export const NetworkSettings = z.record(SocialPlatform, NetworkSetting);
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/**
 * Contents of the secret that the networks' client secrets are kept in, as JSON. It may have more: a network's is put there before
 * the code that knows it, and functions that do not know it yet go on reading it.
 */
export const SocialSecrets = z.looseRecord(SocialPlatform, z.string().min(8));
export type SocialSecrets = z.infer<typeof SocialSecrets>;
