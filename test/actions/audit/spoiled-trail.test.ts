/** Whoever spoils an item of the trail ends no proof of it and no search in it, hides nothing by it, and has nobody else accused. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listAuditLogs } from "#lambdas/audit/list-audit-logs";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { NOTHING_PROVEN, type Proven, provenOn } from "#shared/domain/audit/proof";
import { hashOf, headOf, nextSeal, SealHead } from "#shared/domain/audit/seal";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import type { Item, Key } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedAuditTrail } from "#shared/table/repositories/audit-trail";
import { loggedLines } from "../../support/gateway.ts";
import { auditItem, ofOneChain } from "../../support/sealing.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { START, trailOf } from "./trail.ts";

const MINUTE_MS = 60_000;
const FAR_MS = 3 * 60 * MINUTE_MS;
let stage: TestStage;
const { grown, proved, put, putSeal, remove, sealsOf } = trailOf(() => stage);
const headKey = itemKey(items.sealHead, { chain: 1 });
const verified = () => stage.run(verifyAuditLogs, { actor: admin() });
const headNow = async () => SealHead.parse(await stage.table.get(headKey));
const rowOf = (pk: string) => stage.table.all().find((item) => item["pk"] === pk) as Item & Key;
const minute = (at: number) => plusMilliseconds(START, at * MINUTE_MS);

beforeEach(async () => {
  stage = testStage(plusDays(START, 2));
  loggedLines();
  await grown(90);
});

/** From the beginning, in parts of about so many entries. */
async function provenInParts(most: number) {
  let parts = 0;
  const read = (proven: Proven) => {
    parts += 1;
    if (parts > 200) throw new Error("does not come to an end");
    return storedAuditTrail(stage.table).after(proven, stage.clock.now, most);
  };
  return { ...(await provenOn(read, NOTHING_PROVEN, stage.clock.now, Infinity)), parts: () => parts };
}
/** The chain's own first. */
const breaksInParts = async (most: number) =>
  (await provenInParts(most)).proven.breaks.toSorted((a, b) => Number("key" in a) - Number("key" in b));

describe("a head far ahead of its chain", () => {
  test.each([1e9, 1e12, Number.MAX_SAFE_INTEGER])(
    "at %p ends neither the proof nor the list of rows",
    async (sequence) => {
      await put({ ...(await headNow()), ...headKey, sequence });
      await put(auditItem(7_000, minute(3)));
      expect(await proved()).toEqual({ failed: 2 });
      const { breaks, heads } = await verified();
      expect(breaks).toMatchObject([{ chain: 1, fault: "truncated" }, { fault: "unsealed" }]);
      expect(heads.find(({ chain }) => chain === 1)?.sequence).toBe(sealsOf(1).length);
      const { items: rows } = await stage.run(listAuditLogs, { actor: admin(), query: {} });
      expect(rows.filter(({ hash }) => hash === null)).toEqual([]);
      expect(await breaksInParts(8)).toEqual(breaks);
    },
  );
});

describe("a tear excuses", () => {
  /** In chain 1, dated when the trail had just begun, an hour before the tear. */
  const plantedAt = (at: number) => auditItem(ofOneChain(2_000, 1).at(-1)!, minute(at));

  test("no row of its chain that is from another time", async () => {
    await remove(storedItem(items.seal, sealsOf(1).at(-3)!));
    await put(plantedAt(2));
    const lost = sealsOf(1).length;
    for (const most of [10_000, 8])
      expect(await breaksInParts(most)).toEqual([
        { fault: "missing", chain: 1, sequence: lost - 1 },
        { fault: "unsealed", key: plantedAt(2).pk },
      ]);
  });

  test.each([
    ["in the middle", -3],
    ["at its beginning", 0],
    ["at its end", -1],
  ])("what a seal held that is taken away %s, wherever the parts of a proof end", async (_where, nth) => {
    const seal = sealsOf(1).at(nth)!;
    await remove(storedItem(items.seal, seal));
    for (const most of [10_000, 40, 20, 8, 4])
      expect([most, await breaksInParts(most)]).toEqual([most, [expect.objectContaining({ chain: 1 })]]);
  });

  test("what a seal held that was made anew without it, and in none that cannot be read", async () => {
    const [seal] = sealsOf(1).slice(-3);
    const remade = { ...seal!, entries: [] };
    await putSeal({ ...remade, hash: hashOf(remade) });
    for (const most of [10_000, 8])
      expect(await breaksInParts(most)).toEqual([expect.objectContaining({ fault: "altered", chain: 1 })]);
  });

  test("no later row, whatever a forged seal says when it was made", async () => {
    const before = sealsOf(1).at(-4)!;
    const forged = nextSeal(1, headOf(before), [], "9999-12-31T23:59:59.999Z");
    await putSeal({ ...forged, previousHash: "x", hash: hashOf({ ...forged, previousHash: "x" }) });
    await put(plantedAt(90 + FAR_MS / MINUTE_MS));
    const { breaks } = await verified();
    expect(breaks).toContainEqual({ fault: "unsealed", key: plantedAt(0).pk });
    expect(breaks[0]).toMatchObject({ chain: 1 });
    expect(breaks).toHaveLength(2);
  });
});

describe("a proof in parts comes to its end", () => {
  test("when a seal in its place says that it belongs to another", async () => {
    const [first, ...others] = sealsOf(1);
    for (const seal of others.slice(-2)) await put({ ...storedItem(items.seal, seal), sequence: first!.sequence });
    for (const most of [10_000, 8, 4])
      expect(await breaksInParts(most)).toEqual([{ fault: "altered", chain: 1, sequence: others.length }]);
    for (const [at, seal] of others.slice(0, 2).entries())
      await put({ ...storedItem(items.seal, seal), ...itemKey(items.seal, others.slice(0, 2)[1 - at]!) });
    expect(await breaksInParts(10_000)).toMatchObject([{ fault: "swapped", chain: 1, sequence: 2 }]);
  });

  test("when a head is lost, and reads each chain whole", async () => {
    await remove(headKey);
    const seal = sealsOf(1).at(-2)!;
    await remove(rowOf(seal.entries[0]!.key));
    expect(await breaksInParts(4)).toMatchObject([{ chain: 1, fault: "truncated" }, { fault: "missing" }]);
  });

  test.each(["0000000000000003#x", "9", "zzz", "00000000000000000000000000009"])(
    "beside a sort key that is no place: %p",
    async (sk) => {
      await put({ ...storedItem(items.seal, sealsOf(1).at(-1)!), sk });
      expect(await proved()).toEqual({ intact: 1 });
      expect((await breaksInParts(4)).length).toBe(0);
    },
  );

  test("when a row does not say when it was written", async () => {
    const { at: _at, ...row } = auditItem(4, minute(3));
    await put({ ...row, at: 5 });
    await put({ ...auditItem(8_000, minute(3)), at: "soon" });
    expect((await breaksInParts(10_000)).map(({ fault }) => fault).sort()).toEqual(["altered", "unsealed"]);
  });

  test("when something stands at the last place there is, which is no part of its chain", async () => {
    const sequence = Number.MAX_SAFE_INTEGER;
    await putSeal({ ...sealsOf(1).at(-1)!, sequence });
    expect(await proved()).toEqual({ failed: 1 });
    await grown(9, 90);
    expect(Object.keys(await proved())).toEqual([`still broken: inserted, chain 1, seal ${sequence}`]);
    expect((await stage.ports.auditTrail.proof())?.proven.rows).toBe(66);
  });
});

describe("a chain that is torn for good", () => {
  const readDuring = async (act: () => Promise<unknown>) => {
    const { query } = stage.table;
    let read = 0;
    stage.table.query = async (asked) => {
      const reply = await query(asked);
      read += reply.items.length;
      return reply;
    };
    await act();
    stage.table.query = query;
    return read;
  };

  test("is proven on from where it was read to, and not from its tear", async () => {
    await proved();
    await put({ ...headKey, spoiled: true });
    await grown(60, 90);
    expect(await proved()).toMatchObject({ failed: 1 });
    const proof = await stage.ports.auditTrail.proof();
    expect(proof?.proven.heads.find(({ chain }) => chain === 1)?.sequence).toBe(sealsOf(1).at(-1)!.sequence);
    const since = await readDuring(() => stage.ports.auditTrail.after(proof!.proven, stage.clock.now, 10_000));
    expect(since).toBeLessThan(20);
    expect(Object.keys(await proved())).toEqual([expect.stringMatching(/^still broken: missing, chain 1, seal/)]);
  });

  test("is known by what it held before, however long it has gone on since", async () => {
    await proved();
    const seals = sealsOf(1);
    const kept = seals.at(-4)!;
    for (const seal of seals.slice(-3)) {
      for (const { key } of seal.entries) await remove(rowOf(key));
      await remove(storedItem(items.seal, seal));
    }
    await put(storedItem(items.sealHead, headOf(kept)));
    for (const from of [90, 120, 150, 180]) {
      await grown(30, from);
      const counts = await proved();
      expect(Object.keys(counts)).toEqual(
        from === 90 ? ["failed"] : [expect.stringMatching(/^still broken: \w+, chain 1/)],
      );
    }
  });
});

test("an instant in a head's far future is not handed on to the seals that follow", async () => {
  await put({ ...(await headNow()), ...headKey, sealedAt: "9999-12-31T23:59:59.999Z" });
  await grown(9, 90);
  expect((await verified()).breaks).toEqual([expect.objectContaining({ chain: 1, fault: "missing" })]);
});
