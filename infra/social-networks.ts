/** Where the networks are that creators connect accounts of. */
import { SocialPlatform } from "#shared/domain/social/platform";
import { LINKEDIN_FOLLOWERS_SCOPE, type NetworkSetting, type NetworkSettings } from "#shared/ports/social-settings";
import type { Stage } from "./stages.ts";

type Bases = Omit<NetworkSetting, "clientId">;

/** The networks themselves. Sources are in docs/social.md. */
const networks: Readonly<Record<SocialPlatform, Bases>> = {
  instagram: {
    consentBase: "https://www.instagram.com",
    tokenBase: "https://api.instagram.com",
    apiBase: "https://graph.instagram.com",
  },
  tiktok: {
    consentBase: "https://www.tiktok.com",
    tokenBase: "https://open.tiktokapis.com",
    apiBase: "https://open.tiktokapis.com",
  },
  twitter: { consentBase: "https://x.com", tokenBase: "https://api.x.com", apiBase: "https://api.x.com" },
  linkedin: {
    consentBase: "https://www.linkedin.com",
    tokenBase: "https://www.linkedin.com",
    apiBase: "https://api.linkedin.com",
  },
  youtube: {
    consentBase: "https://accounts.google.com",
    tokenBase: "https://oauth2.googleapis.com",
    apiBase: "https://www.googleapis.com",
  },
};

/** Stand-ins answer at the networks' own paths, each below its name. */
const standInOf = (origin: string, platform: SocialPlatform): Bases => {
  const base = `${origin}/${platform}`;
  return { consentBase: base, tokenBase: base, apiBase: base };
};

/** What a stage's connectors are told. @throws for a stage without networks. */
export function networkSettingsOf({ social }: Stage): NetworkSettings {
  if (social === false) throw new Error("the stage has no social networks");
  const { clientIds, standIns, linkedInFollowers } = social;
  const settingOf = (platform: SocialPlatform): NetworkSetting => ({
    clientId: clientIds[platform],
    ...(platform === "linkedin" && linkedInFollowers && { extraScopes: [LINKEDIN_FOLLOWERS_SCOPE] }),
    ...(standIns === undefined ? networks[platform] : standInOf(standIns, platform)),
  });
  return Object.fromEntries(
    SocialPlatform.options.map((platform) => [platform, settingOf(platform)]),
  ) as unknown as NetworkSettings;
}
