/** People sign up and in, look after their profiles, and are banned for a while. */
import { randomApiSecrets } from "#shared/adapters/codes/api-secrets";
import { randomOneTimeCodes } from "#shared/adapters/codes/one-time-codes";
import {
  memorySecondFactors,
  memoryUserPoolGroups,
  memoryUserPoolKeys,
  memoryUserPoolPeople,
  memoryUserPoolSessions,
} from "#shared/adapters/memory/outbound";
import { knownBudget } from "#shared/domain/campaigns/access";
import { Budget, Campaign } from "#shared/domain/campaigns/campaign";
import { followBan } from "#shared/domain/campaigns/follow-ban";
import { type Role, systemActor } from "#shared/domain/kernel/actor";
import { followBans } from "#shared/domain/links/follow-bans";
import { Link } from "#shared/domain/links/link";
import { knownAccount } from "#shared/domain/users/access";
import { Account } from "#shared/domain/users/account";
import { sequentialIds } from "../../support/stage.ts";
import type { Area, Move } from "../area.ts";
import type { World } from "../world.ts";
import { drawnPerson, issuer } from "../people.ts";
import { unreliable } from "../outside.ts";

const renamed = (role: Role): Move => ({
  name: "change the profile",
  role,
  weight: 1,
  act: async (me, chance) => {
    await me.act("updateMe", { body: { bio: `biography ${chance.below(1_000)}` } });
    return true;
  },
});

/** Who is banned for good, as far as an admin wants it. */
const bannedForGood = new WeakMap<World, Set<string>>();
const FOR_GOOD = 0.5;

const banning: Move = {
  name: "ban somebody, for some hours or for good",
  role: "admin",
  weight: 1,
  async act(me, chance, world) {
    const somebody = drawnPerson(world, chance);
    if (somebody === undefined) return false;
    const path = { userId: somebody.userId };
    // It may be so also when nobody answered. Who wants it in the end is not asked: a ban that came so late would last.
    await me.get("banUser", { path, body: { reason: "something was reported" } });
    if (chance.happens(FOR_GOOD)) {
      bannedForGood.set(world, (bannedForGood.get(world) ?? new Set()).add(somebody.userId));
      return true;
    }
    await world.running.takes(chance.between(0.1, 12) * HOUR_MS);
    await me.act("unbanUser", { path });
    return true;
  },
};

const HOUR_MS = 3_600_000;

/** What a consumer of a ban's events would still find to do. */
function unfollowed(world: World): string[] {
  const occasion = { actor: systemActor("test"), now: world.running.now(), newId: sequentialIds() };
  const accounts = new Map(
    world
      .items("account")
      .map((item) => Account.parse(item))
      .map((one) => [one.id, one]),
  );
  const budgets = new Map(
    world
      .items("budget")
      .map((item) => Budget.parse(item))
      .map((one) => [one.campaignId, one]),
  );
  const campaigns = world.items("campaign").map((item) => Campaign.parse(item));
  const links = world.items("link").map((item) => Link.parse(item));
  return [
    ...campaigns.filter((campaign) => {
      const budget = knownBudget(budgets.get(campaign.id));
      return followBan({ campaign, budget, account: knownAccount(accounts.get(campaign.brandId)) }, occasion);
    }),
    ...links.filter((link) => {
      const [brand, creator] = [knownAccount(accounts.get(link.brandId)), knownAccount(accounts.get(link.creatorId))];
      return followBans(link, { brand, creator }, occasion);
    }),
  ].map((one) => ("id" in one ? one.id : one.code));
}

export const area: Area = {
  moves: [renamed("brand"), renamed("creator"), banning],
  invariants: [
    {
      says: "somebody is still banned",
      broken: (world) =>
        world
          .items("account")
          .filter(({ id, status }) => status === "suspended" && bannedForGood.get(world)?.has(String(id)) !== true)
          .map(({ id }) => String(id)),
    },
    { says: "a campaign or a link has not followed a ban, or the end of one", broken: unfollowed },
  ],
  inside: { apiSecrets: randomApiSecrets() },
  outside: ({ running }) => ({
    userPoolGroups: unreliable(running, "userPoolGroups", memoryUserPoolGroups(), { isRepeatable: true }),
    secondFactors: unreliable(running, "secondFactors", memorySecondFactors(), { isRepeatable: true }),
    oneTimeCodes: randomOneTimeCodes(),
    userPoolPeople: memoryUserPoolPeople(),
    webClient: { url: "https://app.example.com" },
    userPoolSessions: unreliable(running, "userPoolSessions", memoryUserPoolSessions(), { isRepeatable: true }),
    userPoolKeys: unreliable(running, "userPoolKeys", memoryUserPoolKeys(issuer.jwks), { isRepeatable: true }),
  }),
};
