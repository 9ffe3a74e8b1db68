import { jsonSecret } from "#shared/adapters/aws/secret";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialNetwork, SocialNetworks } from "#shared/ports/social-networks";
import { NetworkSettings, SocialSecrets } from "#shared/ports/social-settings";
import type { App } from "./app.ts";
import { instagram } from "./instagram.ts";
import { linkedin } from "./linkedin.ts";
import { tiktok } from "./tiktok.ts";
import { twitter } from "./twitter.ts";
import { youtube } from "./youtube.ts";

interface Environment {
  /** JSON: see `NetworkSettings`. */
  readonly SOCIAL_NETWORKS: string;
  readonly SOCIAL_SECRET_ARN: string;
  readonly APP_URL: string;
}

const connectors: Readonly<Record<SocialPlatform, (app: App) => SocialNetwork>> = {
  instagram,
  tiktok,
  twitter,
  linkedin,
  youtube,
};

/** The networks that the stage has apps with. There is no stand-in for a missing secret: without it every call throws. */
export function stageSocialNetworks({ SOCIAL_NETWORKS, SOCIAL_SECRET_ARN, APP_URL }: Environment): SocialNetworks {
  const settings = NetworkSettings.parse(JSON.parse(SOCIAL_NETWORKS));
  return connectedBy(settings, APP_URL, jsonSecret(SOCIAL_SECRET_ARN, SocialSecrets));
}

/** The same, from what they are told. */
export function connectedBy(
  settings: NetworkSettings,
  appUrl: string,
  secrets: () => Promise<SocialSecrets>,
): SocialNetworks {
  const made = new Map<SocialPlatform, SocialNetwork>();
  const make = (platform: SocialPlatform): SocialNetwork =>
    connectors[platform]({
      setting: settings[platform],
      redirectUri: `${appUrl}/social/${platform}/callback`,
      secret: async () => (await secrets())[platform],
    });
  return {
    of(platform) {
      const network = made.get(platform) ?? make(platform);
      made.set(platform, network);
      return network;
    },
  };
}
