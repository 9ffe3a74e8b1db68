/** Accounts with networks: connected, read, renewed and lost, while networks and we ourselves fail. */
import { type MemorySocialNetworks, memorySocialNetworks } from "#shared/adapters/memory/social-networks";
import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { SocialAccount, SocialClaim } from "#shared/domain/social/social-account";
import { SocialToken } from "#shared/domain/social/social-tokens";
import { parseEvent } from "#shared/domain/events/outbox";
import { NetworkBusy, type SocialNetwork, type SocialNetworks, type TokenSeals } from "#shared/ports/social-networks";
import type { SocialQueue } from "#shared/ports/social-accounts";
import { someFigures } from "../../support/social-builders.ts";
import type { Area, Invariant, Move, Story } from "../area.ts";
import { chanceOf } from "../chance.ts";
import { type Client, clientOf, isDone } from "../client.ts";
import { callingPort, currentPlace } from "../invocations.ts";
import { unreliable } from "../outside.ts";
import { BEGAN_AT, type World } from "../world.ts";

const networksOf = ({ outside }: World) => outside["socialNetworks"] as MemorySocialNetworks;
const sealsOf = ({ outside }: World) => outside["tokenSeals"] as TokenSeals;

/** Few accounts for many people, so that they meet at them. */
const EXTERNAL = ["mia", "ben", "zoe"];
const memberOf = (externalId: string) => ({
  identity: { externalId, username: externalId, displayName: null, profileUrl: null, avatarUrl: null },
  figures: someFigures(),
});

/** To the network's page and back. */
async function connect(me: Client, world: World, platform: SocialPlatform, externalId: string) {
  const path = { platform };
  const begun = await me.act("requestSocialConsent", { path });
  if (!isDone(begun)) return undefined;
  const code = networksOf(world).consent(platform, memberOf(externalId));
  return me.act("connectSocialAccount", { path, body: { code, state: begun.body["state"] } });
}

const connecting: Move = {
  name: "connect an account",
  role: "creator",
  weight: 4,
  async act(me, chance, world) {
    const platform = chance.oneOf(SocialPlatform.options) ?? "twitter";
    await connect(me, world, platform, chance.oneOf(EXTERNAL) ?? "mia");
    return true;
  },
};

const disconnecting: Move = {
  name: "disconnect an account",
  role: "creator",
  weight: 1,
  async act(me, chance) {
    const account = chance.oneOf(await me.list("listSocialAccounts"));
    if (account === undefined) return false;
    await me.act("disconnectSocialAccount", { path: { platform: account.platform as string } });
    return true;
  },
};

const asking: Move = {
  name: "have one's accounts read",
  role: "creator",
  weight: 2,
  async act(me, chance, world) {
    const account = chance.oneOf(await me.list("listSocialAccounts"));
    if (account === undefined) return false;
    const { platform, username } = account as { platform: SocialPlatform; username: string };
    networksOf(world).change(platform, username, { followerCount: chance.below(1_000_000) });
    await me.act("requestSocialSync");
    return true;
  },
};

const withdrawing: Move = {
  name: "take a consent back at the network",
  role: "creator",
  weight: 1,
  async act(me, chance, world) {
    const account = chance.oneOf(await me.list("listSocialAccounts"));
    if (account === undefined) return false;
    networksOf(world).withdraw(account.platform as SocialPlatform, account.username as string);
    return true;
  },
};

const accountsIn = (world: World) => world.items("socialAccount").map((item) => SocialAccount.parse(item));
const nameOf = ({ userId, platform }: { readonly userId: string; readonly platform: string }) =>
  `${userId} ${platform}`;
const eventsOf = (world: World, type: string) =>
  world
    .items("outboxEvent")
    .map(parseEvent)
    .filter((event) => event.type === type);

const invariants: readonly Invariant[] = [
  {
    says: "an account with a network is not one person's, by its claim",
    broken(world) {
      const claims = new Map(
        world
          .items("socialClaim")
          .map((item) => SocialClaim.parse(item))
          .map((one) => [`${one.platform} ${one.externalId}`, one.userId]),
      );
      const accounts = accountsIn(world);
      const unclaimed = accounts.filter((one) => claims.get(`${one.platform} ${one.externalId}`) !== one.userId);
      const idle = claims.size - accounts.length;
      return [...unclaimed.map(nameOf), ...(idle === 0 ? [] : [`${idle} claims of no account`])];
    },
  },
  {
    says: "tokens are not those of a connected account, or open for another",
    async broken(world) {
      const tokens = world.items("socialToken").map((item) => SocialToken.parse(item));
      const connected = new Set(accountsIn(world).flatMap((one) => (one.status === "connected" ? [nameOf(one)] : [])));
      const stray = tokens.filter((one) => !connected.delete(nameOf(one))).map(nameOf);
      const opened = await Promise.all(
        tokens.map((one) =>
          sealsOf(world)
            .open({ userId: "another", platform: one.platform }, one.sealed)
            .then(
              () => [nameOf(one)],
              () => [],
            ),
        ),
      );
      return [...stray, ...[...connected].map((one) => `${one} has none`), ...opened.flat()];
    },
  },
  {
    says: "an account needs its owner, and nobody has said so",
    broken(world) {
      const said = new Set(eventsOf(world, "social.reconnect_needed").map(({ detail }) => nameOf(detail as never)));
      return accountsIn(world).flatMap((one) =>
        one.status === "connected" || said.has(nameOf(one)) ? [] : [nameOf(one)],
      );
    },
  },
  {
    says: "an account that its network would read was not read for a day",
    broken(world) {
      const [dayAgo, unserved] = [
        new Date(BEGAN_AT + world.running.nowMs() - 86_400_000).toISOString(),
        new Set(
          world
            .items("account")
            .flatMap(({ id, status, roles }) =>
              status === "active" && (roles as readonly string[]).includes("creator") ? [] : [id],
            ),
        ),
      ];
      return accountsIn(world).flatMap((one) =>
        one.status === "connected" && one.lastSyncedAt < dayAgo && !unserved.has(one.userId) ? [nameOf(one)] : [],
      );
    },
  },
  {
    says: "a consent that somebody let go of is still to be taken back, with nothing in the way",
    broken: (world) => world.items("socialRevocation").map((item) => nameOf(item as never)),
  },
  {
    says: "history is left of an account that was disconnected",
    broken(world) {
      const connected = new Set(accountsIn(world).map(nameOf));
      return world.items("socialDay").flatMap((item) => {
        const name = nameOf(item as never);
        return connected.has(name) ? [] : [name];
      });
    },
  },
];

/** A network that loses answers, and has enough of us now and then. */
function wearied(world: World, networks: MemorySocialNetworks): SocialNetworks {
  const { running } = world;
  return {
    of(platform) {
      const noun = `socialNetworks.${platform}`;
      const port = networks.of(platform);
      const network = callingPort(noun, unreliable(running, noun, port, { isRepeatable: false, local: [LOCAL] }));
      const read: SocialNetwork["read"] = async (tokens) => {
        const name = `${currentPlace()} ${platform}.busy`;
        if (running.faults.strikes("outside", name))
          throw new NetworkBusy(platform, 1 + chanceOf(running.seed, "busy", name).below(7_200));
        return network.read(tokens);
      };
      return new Proxy(network, {
        get: (all, method) => (method === "read" ? read : Reflect.get(all, method)) as unknown,
      });
    },
  };
}
const LOCAL = "authorizationUrl";

const queueOf = (world: World): SocialQueue => {
  let sent = 0;
  return {
    send: (work) => Promise.resolve(world.queue("social-accounts").send(work, `${nameOf(work)} ${(sent += 1)}`)),
  };
};

const lifeAt = (platform: SocialPlatform): Story => ({
  name: `an account at ${platform} is connected, read, renewed, withdrawn, connected again and disconnected`,
  async tell(world) {
    const creator = world.people.find(({ role }) => role === "creator");
    if (creator === undefined) return;
    const me = clientOf(world, creator, "maker", true);
    const connected = async () => {
      // Who died on the way begins again: a state and a code work once.
      for (let tries = 0; tries < 3; tries += 1) {
        const answer = await connect(me, world, platform, "mia");
        if (isDone(answer)) return;
      }
      world.find("an account could not be connected");
    };
    await connected();
    await world.running.takes(7 * 3_600_000);
    await me.act("requestSocialSync");
    await world.running.takes(3_600_000);
    networksOf(world).withdraw(platform, "mia");
    await world.running.takes(7 * 3_600_000);
    await connected();
    await world.running.takes(3_600_000);
    await me.act("disconnectSocialAccount", { path: { platform } });
  },
});

export const area: Area = {
  moves: [connecting, disconnecting, asking, withdrawing],
  invariants,
  inside: { stageFeatures: { all: ["social"] } },
  stories: SocialPlatform.options.map(lifeAt),
  handsOut(world) {
    const networks = memorySocialNetworks(() => BEGAN_AT + world.running.nowMs());
    world.outside["socialNetworks"] = networks;
    return { socialNetworks: wearied(world, networks) };
  },
  outside(world) {
    const seals = memoryTokenSeals();
    world.outside["tokenSeals"] = seals;
    return {
      tokenSeals: unreliable(world.running, "tokenSeals", seals, { isRepeatable: true }),
      socialQueue: unreliable(world.running, "socialQueue", queueOf(world), { isRepeatable: true }),
    };
  },
};
