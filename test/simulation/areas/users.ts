/** People sign up and in, look after their profiles, and are banned for a while. */
import { randomOneTimeCodes } from "#shared/adapters/codes/one-time-codes";
import {
  memorySecondFactors,
  memoryUserPoolGroups,
  memoryUserPoolKeys,
  memoryUserPoolPeople,
} from "#shared/adapters/memory/outbound";
import type { Role } from "#shared/domain/kernel/actor";
import type { Area, Move } from "../area.ts";
import { issuer } from "../people.ts";
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

const banning: Move = {
  name: "ban somebody, for some hours",
  role: "admin",
  weight: 1,
  async act(me, chance, world) {
    const somebody = chance.oneOf(world.people.filter(({ role }) => role !== "admin"));
    if (somebody === undefined) return false;
    const path = { userId: somebody.userId };
    // It may be so also when nobody answered. Who wants it in the end is not asked: a ban that came so late would last.
    await me.get("banUser", { path, body: { reason: "something was reported" } });
    await world.running.takes(chance.between(0.1, 12) * HOUR_MS);
    await me.act("unbanUser", { path });
    return true;
  },
};

const HOUR_MS = 3_600_000;

export const area: Area = {
  moves: [renamed("brand"), renamed("creator"), banning],
  invariants: [
    {
      says: "somebody is still banned",
      broken: (world) =>
        world.items("account").flatMap(({ id, status }) => (status === "suspended" ? [String(id)] : [])),
    },
  ],
  outside: ({ running }) => ({
    userPoolGroups: unreliable(running, "userPoolGroups", memoryUserPoolGroups(), { isRepeatable: true }),
    secondFactors: unreliable(running, "secondFactors", memorySecondFactors(), { isRepeatable: true }),
    oneTimeCodes: randomOneTimeCodes(),
    userPoolPeople: memoryUserPoolPeople(),
    webClient: { url: "https://app.example.com" },
    userPoolKeys: unreliable(running, "userPoolKeys", memoryUserPoolKeys(issuer.jwks), { isRepeatable: true }),
  }),
};
