import type { SocialPlatform } from "./platform.ts";

/** What people call them. */
export const platformNames: Readonly<Record<SocialPlatform, string>> = {
  instagram: "Instagram",
  tiktok: "TikTok",
  twitter: "X",
  linkedin: "LinkedIn",
  youtube: "YouTube",
};
