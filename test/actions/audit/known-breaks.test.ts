/** What is broken rings once, is named by every run, and hides nothing that comes after it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listAuditLogs } from "#lambdas/audit/list-audit-logs";
import { handler as proveAuditTrail } from "#lambdas/audit/prove-audit-trail";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { MOST_AT_ONCE } from "#shared/domain/audit/proof";
import { chainOf, headOf } from "#shared/domain/audit/seal";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import { eachOf } from "#shared/runtime/implement-job";
import type { Item, Key } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../../support/gateway.ts";
import { auditItem } from "../../support/sealing.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { keyOf, START, trailOf } from "./trail.ts";

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

describe("what cannot be read any more", () => {
  /** Of another chain than the one that is spoiled. */
  const unsealed = [5_000, 5_001, 5_002, 5_003, 5_004, 5_005]
    .map((at) => auditItem(at, START))
    .find(({ pk }) => chainOf(pk) !== 1)!;
  const stored = (nth: number) => storedItem(items.seal, sealsOf(1).at(nth)!);
  test.each([
    ["a seal without its hash", "altered", () => put({ ...stored(2), hash: 5 })],
    ["something else in a seal's place", "altered", () => put({ ...keyOf(stored(2)), spoiled: true })],
    ["something else in the last one's", "altered", () => put({ ...keyOf(stored(-1)), spoiled: true })],
    ["a seal of what has no key", "altered", () => put({ ...stored(2), entries: [{ key: "x", digest: "x" }] })],
    [
      "a seal of what is never sealed",
      "altered",
      () => put({ ...stored(2), entries: [{ key: "WALLET#x", digest: "x" }] }),
    ],
  ])("%s is a break, told once, and the proof goes on", async (_what, fault, spoil) => {
    await spoil();
    const [ringing, ...others] = [await proved(), await named(), await named()];
    expect(ringing).toEqual({ failed: 1 });
    const known = expect.stringMatching(`^still broken: ${fault}, chain 1, seal`);
    expect(others).toEqual([[known], [known]]);
    expect((await stage.run(verifyAuditLogs, { actor: admin() })).breaks).toMatchObject([{ fault, chain: 1 }]);
    await edited(4);
    expect(await proved()).toMatchObject({ failed: 1 });
    // What is written meanwhile is sealed all the same.
    await grown(9, 90);
    expect((await named()).length).toBe(2);
  });

  const spoilt = () => put({ ...keyOf(stored(2)), spoiled: true });
  const rowOf = (pk: string) => stage.table.all().find((item) => item["pk"] === pk) as Item & Key;

  test("hides no deletion elsewhere in its chain, and no row that another chain never sealed", async () => {
    const key = sealsOf(1).at(5)?.entries[0]?.key ?? "";
    await spoilt();
    expect(await proved()).toEqual({ failed: 1 });
    await remove(rowOf(key));
    expect(await proved()).toMatchObject({ failed: 1 });
    await put(unsealed);
    expect(await proved()).toMatchObject({ failed: 1 });
    const { breaks } = await stage.run(verifyAuditLogs, { actor: admin() });
    expect(breaks).toMatchObject([{ fault: "altered", chain: 1 }, { fault: "missing", key }, { fault: "unsealed" }]);
  });

  test("keeps no other chain's end from being known: what is cut off with its end is found", async () => {
    await spoilt();
    await proved();
    const kept = sealsOf(2).length;
    await grown(30, 90);
    await proved();
    const since = sealsOf(2).slice(kept);
    expect(since.length).toBeGreaterThan(0);
    for (const seal of since) {
      for (const { key } of seal.entries) await remove(rowOf(key));
      await remove(storedItem(items.seal, seal));
    }
    const [end] = sealsOf(2).slice(-1);
    await put(storedItem(items.sealHead, headOf(end!)));
    expect(await proved()).toMatchObject({ failed: 1 });
  });

  test("is told to an admin also of a trail that is too long to be proven while they wait", async () => {
    const kept = itemKey(items.auditProof, {});
    const long = async () => {
      const proof = await stage.table.get(kept);
      await put({ ...proof, ...kept, proven: { ...Object(proof?.["proven"]), rows: MOST_AT_ONCE + 1 } });
    };
    await proved();
    await spoilt();
    expect(await proved()).toEqual({ failed: 1 });
    await long();
    expect(await stage.run(verifyAuditLogs, { actor: admin() })).toMatchObject({
      intact: false,
      breaks: [{ fault: "altered", chain: 1 }],
    });
  });

  test("an end of a chain keeps no admin from the rows, and no row of that chain that came since from the proof", async () => {
    await put({ ...itemKey(items.sealHead, { chain: 1 }), spoiled: true });
    const since = Array.from({ length: 20 }, (_, at) => auditItem(6_000 + at, plusMilliseconds(START, 100 * 60_000)));
    for (const row of since.filter(({ pk }) => chainOf(pk) === 1)) await put(row);
    expect(await proved()).toEqual({ failed: 1 });
    expect((await stage.run(listAuditLogs, { actor: admin(), query: {} })).items.length).toBeGreaterThan(0);
  });

  test("an end of a chain is lost, and so is a row that is none any more altered", async () => {
    const end = itemKey(items.sealHead, { chain: 1 });
    const head = await stage.table.get(end);
    await put({ ...end, spoiled: true });
    await put({ ...keyOf(auditItem(4, START)), at: plusMilliseconds(START, 3 * 60_000) });
    expect(await proved()).toEqual({ failed: 2 });
    await put({ ...head, ...end });
    expect(await named()).toEqual([expect.stringMatching(/^still broken: altered, AUDIT/)]);
  });
});
