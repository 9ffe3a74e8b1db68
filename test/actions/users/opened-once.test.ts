/** Triggers that fire late, often and beside each other open one account. The table conflicts as DynamoDB does. */
import { expect, test } from "@jest/globals";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { handler as openAccount } from "#lambdas/users/open-account";
import { memory } from "#shared/adapters/memory/index";
import { memorySecondFactors, memoryUserPoolGroups } from "#shared/adapters/memory/outbound";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Commit } from "#shared/ports/catalogue";
import { commitsOf } from "#shared/ports/touched";
import { isOf } from "#shared/table/item";
import { declarations, type StoredKind } from "#shared/table/items/index";
import type { PoolCall } from "#shared/runtime/middleware/pool-event";
import { untilDecided } from "#shared/runtime/until-decided";
import { BRAND_ID } from "../../support/builders.ts";
import { calling, simulated } from "../../support/simulated-table.ts";
import { sequentialIds } from "../../support/stage.ts";
import { person } from "./pool-triggers.ts";

const NOW = "2026-11-25T12:00:00.000Z";

/** As many calls of both triggers at once, with what went wrong counted. */
async function crowd(size: number, seed: number) {
  const world = simulated(seed);
  const { table } = world;
  const made = memory(table);
  const ports = {
    accounts: made.accounts({}),
    wallets: made.wallets({}),
    userPoolGroups: memoryUserPoolGroups(),
    secondFactors: memorySecondFactors(),
  };
  const changes = made.changes({});
  const newId = sequentialIds();
  const outcomes = await Promise.allSettled(
    Array.from({ length: size }, (_, n) => {
      const handler = n % 2 === 0 ? openAccount : nameRoles;
      const call: PoolCall = {
        actor: systemActor("pool"),
        now: NOW,
        receivedAt: NOW,
        requestId: `r${n}`,
        newId,
        triggerSource: n % 2 === 0 ? "PostConfirmation_ConfirmSignUp" : "TokenGeneration_Authentication",
        userName: BRAND_ID,
        attributes: person("brand"),
        groups: [],
        rounds: [],
        challengeAnswer: "",
        marks: { code: "", userName: "" },
      };
      const commit: Commit = async (change, reply) => {
        await changes.commit({ ...call, writes: new Set(commitsOf(handler.contract.uses)) }, change);
        return reply as never;
      };
      return calling(world, () => untilDecided(() => handler.run(call, { ...ports, commit })));
    }),
  );
  const stored = (kind: StoredKind) => table.all().filter((item) => isOf(declarations[kind], item));
  return {
    outcomes,
    stored,
    conflicts: table.tally.conflicts + table.tally.refused,
    groups: ports.userPoolGroups.groups,
  };
}

test.each([1, 2, 3])("twenty at once, seed %i: one account, wallet, role, event and audit row", async (seed) => {
  const { outcomes, stored, conflicts, groups } = await crowd(20, seed);
  expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  expect(conflicts).toBeGreaterThan(0);
  expect(stored("account")).toMatchObject([{ id: BRAND_ID, roles: ["brand"], groupsPending: false }]);
  expect(stored("wallet")).toHaveLength(1);
  expect(stored("walletProfile")).toHaveLength(1);
  expect(stored("outboxEvent").map((event) => event["type"])).toEqual(["account.created", "account.roles_changed"]);
  expect(stored("auditEntry")).toHaveLength(1);
  expect(groups.get(BRAND_ID)).toEqual(["brand"]);
});
