/** What is broken rings once, is named by every run, and hides nothing that comes after it. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as proveAuditTrail } from "#lambdas/audit/prove-audit-trail";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import { eachOf } from "#shared/runtime/implement-job";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../../support/gateway.ts";
import { auditItem } from "../../support/sealing.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { START, trailOf } from "./trail.ts";

let stage: TestStage;
const { grown, proved, put, remove, sealsOf } = trailOf(() => stage);
const edited = (number: number) =>
  put({ ...auditItem(number, plusMilliseconds(START, (number - 1) * 60_000)), actorId: "somebody-else" });
const named = async () => Object.keys(await proved()).sort();

beforeEach(async () => {
  stage = testStage(plusDays(START, 2));
  loggedLines();
  await grown(90);
  expect(await proved()).toEqual({ intact: 1 });
});

test("a break fails one run; those after it succeed, and name it", async () => {
  await edited(4);
  expect(await proved()).toEqual({ failed: 1 });
  for (const _again of [1, 2]) expect(await named()).toEqual([expect.stringMatching(/^still broken: altered, AUDIT/)]);
});

test("the next one rings as the first did, and all are named; what was put right is named no more", async () => {
  await edited(4);
  await proved();
  await edited(7);
  const last = storedItem(items.seal, sealsOf(1).at(-1)!);
  await remove(last);
  const counts = await proved();
  expect([counts["failed"], Object.keys(counts).length]).toEqual([2, 2]);
  await grown(9, 90);
  const entry = expect.stringMatching(/^still broken: altered, AUDIT/);
  expect(await named()).toEqual([entry, entry, expect.stringMatching(/^still broken: \w+, chain 1, seal/)]);
  expect((await stage.run(verifyAuditLogs, { actor: admin() })).breaks).toHaveLength(3);
  await put(auditItem(4, plusMilliseconds(START, 3 * 60_000)));
  expect((await named()).filter((name) => name.includes("AUDIT"))).toHaveLength(1);
});

test("a run that dies before it could keep what it told is followed by one that rings again", async () => {
  await edited(4);
  const { clock, newId, granted } = stage;
  const occasion = { actor: systemActor("job"), now: clock.now, requestId: "r", newId };
  const ports = {
    ...granted(proveAuditTrail.contract.uses, occasion),
    commit: () => Promise.reject(new Error("died")),
  };
  const counts: Record<string, number> = {};
  const each = eachOf("prove-audit-trail", { counts });
  await expect(proveAuditTrail.run({ ...occasion, receivedAt: clock.now }, ports, each)).rejects.toThrow("died");
  expect([counts, await proved()]).toEqual([{ failed: 1 }, { failed: 1 }]);
});
