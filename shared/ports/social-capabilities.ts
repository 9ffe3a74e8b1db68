/** Rows of the catalogue about the networks that creators are on. */
import { capability } from "./capability.ts";
import type { SocialNetworks, TokenSeals } from "./social-networks.ts";

export const socialCapabilities = {
  "socialNetworks:ask": capability<SocialNetworks>()({
    environment: ["SOCIAL_NETWORKS", "SOCIAL_SECRET_ARN", "APP_URL"],
  }),
  "tokenSeals:use": capability<TokenSeals>()({ environment: ["TOKEN_KEY_ARN", "TOKEN_KEY_ORIGIN"] }),
} as const;
