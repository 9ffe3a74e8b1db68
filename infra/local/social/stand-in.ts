/** One network that is played: its people, their consents, and how much of its limit is spent. */
import type { SocialPlatform } from "#shared/domain/social/platform";
import { Grants } from "./grants.ts";
import { Members } from "./members.ts";
import { bearerOf, type Call, type Network } from "./network.ts";
import { instagram } from "./networks/instagram.ts";
import { linkedin } from "./networks/linkedin.ts";
import { tiktok } from "./networks/tiktok.ts";
import { twitter } from "./networks/twitter.ts";
import { youtube } from "./networks/youtube.ts";

const networks: Readonly<Record<SocialPlatform, Network>> = { instagram, tiktok, twitter, linkedin, youtube };

export interface StandIn {
  readonly network: Network;
  readonly members: Members;
  readonly grants: Grants;
  readonly client: { readonly id: string; readonly secret: string };
  readonly redirectUri: string;
  readonly spent: Spent;
}

/** Requests within the window of a limit. */
export class Spent {
  /** Units of a window, where they are not the network's own. */
  units: number;
  readonly #limit: Network["limit"];
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(limit: Network["limit"]) {
    this.#limit = limit;
    this.units = limit.units;
  }

  /** Spends a unit; gives the seconds until there are some again, where there is none left. */
  spend(call: Call): number | undefined {
    const name = this.#limit.of === "app" ? "app" : (bearerOf(call) ?? "");
    const known = this.#windows.get(name);
    const fresh = { endsAt: call.nowSeconds + this.#limit.windowSeconds, used: 0 };
    const window = known && known.endsAt > call.nowSeconds ? known : fresh;
    this.#windows.set(name, window);
    if (window.used >= this.units) return window.endsAt - call.nowSeconds;
    window.used += 1;
    return undefined;
  }
}

export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Every network, as a stage's app is registered with it. */
export function standIns(
  clientOf: (platform: SocialPlatform) => Client,
  redirectUriOf: (platform: SocialPlatform) => string,
  nowSeconds: () => number,
): Map<string, StandIn> {
  return new Map(
    Object.values(networks).map((network) => [
      network.platform,
      {
        network,
        members: new Members(network.platform),
        grants: new Grants(network.lives, nowSeconds),
        client: clientOf(network.platform),
        redirectUri: redirectUriOf(network.platform),
        spent: new Spent(network.limit),
      },
    ]),
  );
}
