/**
 * Admins who take each other's role and ban each other at the same moment, on a table where people meet as on DynamoDB: one of
 * them always stays, and nobody who is no admin any more has changed anything since.
 */
import { expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { AuditEntry } from "#shared/domain/audit/audit-entry";
import type { Actor } from "#shared/domain/kernel/actor";
import { Account } from "#shared/domain/users/account";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../support/gateway.ts";
import { type Answered, simulatedApi } from "../support/simulated-api.ts";

test.each([2, 3, 8])(
  "of %d admins who are all at it at once, one stays",
  async (count) => {
    loggedLines();
    for (const seed of [1, 2, 3]) {
      const api = await simulatedApi(seed);
      const admins: Actor[] = [];
      while (admins.length < count) admins.push(await api.person("admin"));
      const asks = admins.flatMap((admin, at) =>
        admins
          .filter((other) => other !== admin)
          .map((other, turn) => (): Promise<Answered> => {
            const path = { userId: other.userId };
            return (at + turn) % 2 === 0
              ? api.send(admin, banUser, { path, body: { reason: "a palace revolution" } })
              : api.send(admin, setUserRoles, { path, body: { roles: ["brand"] } });
          }),
      );
      const answers = await Promise.all(asks.map((ask) => ask()));

      const stored = api.table.all();
      const left = stored
        .filter((item) => isOf(items.account, item))
        .map((item) => Account.parse(item))
        .filter(({ roles, status }) => roles.includes("admin") && status === "active");
      expect({ seed, left: left.length }).toEqual({ seed, left: 1 });
      // Who lost is told why: no admin any more, banned, or the last one was meant.
      expect([200, 403, 409]).toEqual(expect.arrayContaining([...new Set(answers.map(({ status }) => status))]));
      const deeds = stored.filter((item) => isOf(items.auditEntry, item)).map((item) => AuditEntry.parse(item));
      // Whoever fell did nothing after it: somebody must have been the first to act without having fallen, and so on.
      let fallen = deeds.map(({ actorId, resource }) => ({ by: actorId, who: resource.id }));
      while (fallen.length > 0) {
        const earlier = fallen.filter(({ by }) => fallen.some(({ who }) => who === by));
        expect(earlier.length).toBeLessThan(fallen.length);
        fallen = earlier;
      }
    }
  },
  60_000,
);
