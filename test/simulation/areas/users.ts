/** People sign up and in, and look after their profiles. */
import { memoryUserPoolGroups, memoryUserPoolKeys } from "#shared/adapters/memory/outbound";
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

export const area: Area = {
  moves: [renamed("brand"), renamed("creator")],
  outside: ({ running }) => ({
    userPoolGroups: unreliable(running, "userPoolGroups", memoryUserPoolGroups(), { isRepeatable: true }),
    userPoolKeys: unreliable(running, "userPoolKeys", memoryUserPoolKeys(issuer.jwks), { isRepeatable: true }),
  }),
};
