/** Networks in memory: a test says who gave consent, and how the next calls end. */
import { randomUUID } from "node:crypto";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialFigures } from "#shared/domain/social/social-account";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import {
  NetworkRefused,
  type SocialIdentity,
  type SocialNetwork,
  type SocialNetworks,
} from "#shared/ports/social-networks";

/** Somebody with a network, as it stands there. */
export interface NetworkMember {
  readonly identity: SocialIdentity;
  readonly figures: SocialFigures;
}

const HOUR_MS = 3_600_000;

/** What differs between networks for whoever keeps their tokens; source: docs/social.md. */
interface Ways {
  readonly accessHours: number;
  readonly renews: "by itself" | "for ever" | "rotating" | "never";
  /** Takes consents back by access tokens that are good still, and by no others. */
  readonly revokesByLiveTokens?: true;
  /** Taking one consent back ends all that the person gave us. */
  readonly endsEveryConsent?: true;
  /** Says whose the tokens are together with them. */
  readonly identifies?: true;
}
const ways: Readonly<Record<SocialPlatform, Ways>> = {
  instagram: { accessHours: 1_440, renews: "by itself" },
  tiktok: { accessHours: 2, renews: "rotating", revokesByLiveTokens: true, endsEveryConsent: true },
  twitter: { accessHours: 2, renews: "rotating" },
  linkedin: { accessHours: 1_440, renews: "never", identifies: true },
  youtube: { accessHours: 1, renews: "for ever", endsEveryConsent: true },
};

/** A consent that was given: who, and which tokens are good for it. */
interface Given {
  readonly member: NetworkMember;
  tokens: SocialTokens | undefined;
  isRevoked: boolean;
}

type Method = Exclude<keyof SocialNetwork, "authorizationUrl">;
type Asked = `${SocialPlatform}.${Method}`;

export interface MemorySocialNetworks extends SocialNetworks {
  /** Every call, oldest first. */
  readonly asked: Asked[];
  /** Somebody consents on the network's page: the code that it sends them back with. */
  consent(platform: SocialPlatform, member: NetworkMember): string;
  /** The next call of that name throws this; `after` it took effect, or before. */
  fail(call: Asked, error: Error, when?: "before" | "after"): void;
  /** What the network says of a member from now on. */
  change(platform: SocialPlatform, externalId: string, figures: Partial<SocialFigures>): void;
  /** Whether anybody may still read a member by tokens that were given out. */
  isGranted(platform: SocialPlatform, externalId: string): boolean;
  /** Somebody takes their consent back at the network. */
  withdraw(platform: SocialPlatform, externalId: string): void;
}

interface World {
  readonly nowMs: () => number;
  /** By network and id. */
  readonly members: Map<string, NetworkMember>;
  /** By code. */
  readonly consents: Map<string, Given>;
  /** Does what was asked for, unless a failure was set for it. */
  readonly call: <R>(name: Asked, effect: () => R) => Promise<R>;
}

const keyOf = (platform: SocialPlatform, externalId: string): string => `${platform}/${externalId}`;
const grantsOf = ({ consents }: Pick<World, "consents">, platform: SocialPlatform): readonly Given[] =>
  [...consents].flatMap(([code, one]) => (code.startsWith(`${platform}-`) ? [one] : []));

/** Consents of one network, and the tokens that are good for them. */
function grantsAt(world: World, platform: SocialPlatform) {
  const refused = () => new NetworkRefused(platform, "invalid_grant");
  const { accessHours, renews } = ways[platform];
  const grantWith = (tokens: SocialTokens, part: "accessToken" | "refreshToken"): Given => {
    const isIts = (one: Given) => !one.isRevoked && tokens[part] !== null && one.tokens?.[part] === tokens[part];
    const found = grantsOf(world, platform).find(isIts);
    if (found === undefined) throw refused();
    return found;
  };
  const live = (tokens: SocialTokens): Given => {
    const found = grantWith(tokens, "accessToken");
    if (Date.parse(found.tokens?.expiresAt ?? "") <= world.nowMs()) throw refused();
    return found;
  };
  return {
    refused,
    live,
    give(grant: Given): SocialTokens {
      const kept = renews === "for ever" ? grant.tokens?.refreshToken : undefined;
      grant.tokens = {
        accessToken: randomUUID(),
        expiresAt: new Date(world.nowMs() + accessHours * HOUR_MS).toISOString(),
        refreshToken: renews === "rotating" || renews === "for ever" ? (kept ?? randomUUID()) : null,
        refreshExpiresAt: null,
        scopes: ["read"],
      };
      return grant.tokens;
    },
    renewable(tokens: SocialTokens): Given {
      if (renews === "never") throw refused();
      return renews === "by itself" ? live(tokens) : grantWith(tokens, "refreshToken");
    },
  };
}

function networkIn(world: World, platform: SocialPlatform): SocialNetwork {
  const { refused, live, give, renewable } = grantsAt(world, platform);
  const { revokesByLiveTokens, endsEveryConsent, identifies } = ways[platform];
  const isAlive = ({ tokens, isRevoked }: Given): boolean =>
    !isRevoked && !(revokesByLiveTokens && Date.parse(tokens?.expiresAt ?? "") <= world.nowMs());
  return {
    authorizationUrl: ({ state }) => Promise.resolve(`https://${platform}.example/consent?state=${state}`),
    exchange: (code) =>
      world.call(`${platform}.exchange`, () => {
        const grant = code.startsWith(`${platform}-`) ? world.consents.get(code) : undefined;
        if (grant === undefined || grant.tokens !== undefined) throw refused();
        return { tokens: give(grant), identity: identifies ? grant.member.identity : null };
      }),
    refresh: (tokens) => world.call(`${platform}.refresh`, () => give(renewable(tokens))),
    revoke: (tokens) =>
      world.call(`${platform}.revoke`, () => {
        const given = grantsOf(world, platform).filter((one) => isAlive(one));
        const theirs = given.filter((one) => one.tokens?.accessToken === tokens.accessToken);
        const whose = new Set(theirs.map(({ member }) => member.identity.externalId));
        const ended = endsEveryConsent ? given.filter(({ member }) => whose.has(member.identity.externalId)) : theirs;
        for (const one of ended) one.isRevoked = true;
      }),
    read: (tokens) =>
      world.call(`${platform}.read`, () => {
        const { externalId } = live(tokens).member.identity;
        const member = world.members.get(keyOf(platform, externalId));
        if (member === undefined) throw refused();
        return member;
      }),
  };
}

interface Failure {
  readonly name: Asked;
  readonly error: Error;
  readonly when: "before" | "after";
}

/** Calls that are noted, and fail where a test says so. */
function callsThatFail() {
  const failures: Failure[] = [];
  const asked: Asked[] = [];
  const call: World["call"] = async (name, effect) => {
    asked.push(name);
    const at = failures.findIndex((one) => one.name === name);
    const failure = at === -1 ? undefined : failures.splice(at, 1)[0];
    if (failure?.when === "before") throw failure.error;
    const result = await Promise.resolve(effect());
    if (failure) throw failure.error;
    return result;
  };
  return { failures, asked, call };
}

export function memorySocialNetworks(nowMs: () => number): MemorySocialNetworks {
  const { failures, asked, call } = callsThatFail();
  const world: World = { nowMs, members: new Map(), consents: new Map(), call };
  const networks = new Map(SocialPlatform.options.map((platform) => [platform, networkIn(world, platform)]));
  return {
    asked,
    of: (platform) => networks.get(platform) as SocialNetwork,
    consent(platform, member) {
      const code = `${platform}-${randomUUID()}`;
      world.members.set(keyOf(platform, member.identity.externalId), member);
      world.consents.set(code, { member, tokens: undefined, isRevoked: false });
      return code;
    },
    fail: (name, error, when = "before") => void failures.push({ name, error, when }),
    change(platform, externalId, figures) {
      const member = world.members.get(keyOf(platform, externalId));
      if (member === undefined) throw new Error(`nobody is ${externalId} at ${platform}`);
      const changed = { ...member, figures: { ...member.figures, ...figures } };
      world.members.set(keyOf(platform, externalId), changed);
    },
    isGranted: (platform, externalId) =>
      grantsOf(world, platform).some(
        ({ member, tokens, isRevoked }) =>
          member.identity.externalId === externalId && tokens !== undefined && !isRevoked,
      ),
    withdraw(platform, externalId) {
      for (const one of grantsOf(world, platform))
        if (one.member.identity.externalId === externalId) one.isRevoked = true;
    },
  };
}
