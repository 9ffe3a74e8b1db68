/**
 * Somebody with the right to write to the table lays hands on a trail, wherever they like, and it goes on being sealed and
 * proven meanwhile. Sealing never stops, every proof comes to its end in as many parts as there are, what was done is never
 * called intact, and no entry is accused that nobody touched.
 */
import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type MemoryTable, memoryTable } from "#shared/adapters/memory/table";
import { keepProof } from "#shared/domain/audit/keep-proof";
import { type AuditProof, NOTHING_PROVEN, type Proven, provenBefore, provenOn } from "#shared/domain/audit/proof";
import { CHAINS, headOf, Seal } from "#shared/domain/audit/seal";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import type { Item, Key } from "#shared/table/engine";
import { isOf, itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedAuditTrail } from "#shared/table/repositories/audit-trail";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, writtenOf } from "#test/support/sealing";

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
const counted = { seed, runs: 0, deeds: 0, parts: 0, breaks: 0, lost: 0 };
afterAll(() => void process.stdout.write(`spoiled trails: ${JSON.stringify(counted)}\n`));

const START = "2026-11-25T12:00:00.000Z";
const MINUTE_MS = 60_000;
const ROWS = 48;
const MOST_PARTS = 400;

const rowAt = (number: number) => auditItem(number + 1, plusMilliseconds(START, number * MINUTE_MS));

async function sealed(table: MemoryTable, from: number, to: number): Promise<void> {
  const seals = storedSeals(table);
  for (let at = from; at < to; at += 6) {
    const batch = Array.from({ length: 6 }, (_, one) => rowAt(at + one));
    for (const item of batch) await table.write({ kind: "put", item, when: { absent: true } });
    // Some come again.
    const written = [...batch.slice(0, 2), ...batch].map((item) => writtenOf(item));
    const { failures, lost } = await seals.seal(written, plusMilliseconds(START, (at + 6) * MINUTE_MS));
    counted.lost += lost.length;
    expect(failures).toEqual([]);
  }
}

const spoils = ["remove", "empty", "first field", "copy of another", "far", "back"] as const;
const deed = fc.record({
  of: fc.constantFrom("row", "seal", "head"),
  at: fc.nat(10_000),
  other: fc.nat(10_000),
  how: fc.constantFrom(...spoils),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const kindOf = { row: items.auditEntry, seal: items.seal, head: items.sealHead };
const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });

/** @returns the row's key, where it was one */
async function done(table: MemoryTable, { of, at, other, how }: Deed): Promise<string | undefined> {
  const there = table.all((item) => isOf(kindOf[of], item));
  const [item, another] = [there[at % there.length], there[other % there.length]];
  if (item === undefined || another === undefined) return undefined;
  const put = (made: Item) => table.write({ kind: "put", item: { ...made, ...keyOf(item) }, when: { any: true } });
  counted.deeds += 1;
  if (how === "empty") await put({ spoiled: true });
  else if (how === "first field") await put({ ...item, [of === "row" ? "actorId" : "hash"]: "other" });
  else if (how === "copy of another" && another !== item) await put(another);
  else if (how === "far" && of === "head") await put({ ...item, sequence: 1e12 - 1 });
  else if (how === "back" && of === "head") {
    const first = await table.get(itemKey(items.seal, { chain: Number(item["chain"]), sequence: 1 }));
    const seal = Seal.safeParse(first).data;
    if (seal) await put(storedItem(items.sealHead, headOf(seal)));
  } else await table.write({ kind: "remove", key: keyOf(item), when: {} });
  return of === "row" ? String(item["pk"]) : undefined;
}

async function run(table: MemoryTable, stored: AuditProof | undefined, now: string, most: number) {
  let parts = 0;
  const read = (proven: Proven) => {
    counted.parts += 1;
    if ((parts += 1) > MOST_PARTS) throw new Error("does not come to its end");
    return storedAuditTrail(table).after(proven, now, most);
  };
  const added = await provenOn(read, provenBefore(stored), now, Infinity);
  const again = await provenOn(read, stored?.again ?? NOTHING_PROVEN, now, 6);
  return keepProof(stored, added, again, now).proof;
}

test("a trail that was laid hands on is sealed on, and proven to its end: never intact, and nobody accused who was not touched", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(4, 8, 20, 10_000),
      fc.boolean(),
      async (deeds, most, isProvenBefore) => {
        const table = memoryTable();
        await sealed(table, 0, ROWS);
        const now = plusDays(START, 1);
        const stored = isProvenBefore ? await run(table, undefined, now, most) : undefined;
        expect(stored?.proven.breaks ?? []).toEqual([]);
        const before = JSON.stringify(table.all());
        const touched = new Set<string | undefined>();
        for (const one of deeds) touched.add(await done(table, one));
        if (JSON.stringify(table.all()) === before) return;
        await sealed(table, ROWS, 2 * ROWS);
        const whole = await provenOn(
          (proven) => storedAuditTrail(table).after(proven, now, most),
          NOTHING_PROVEN,
          now,
          MOST_PARTS,
        );
        expect([whole.left, whole.proven.breaks.length > 0]).toEqual([0, true]);
        let proof = await run(table, stored, now, most);
        for (const _again of [1, 2]) proof = await run(table, proof, now, most);
        for (const { key } of [...whole.proven.breaks, ...proof.proven.breaks])
          if (key !== undefined) expect(touched).toContain(key);
        counted.runs += 1;
        counted.breaks += whole.proven.breaks.length;
        expect(new Set(whole.proven.breaks.map(({ chain, key }) => key ?? chain)).size).toBe(
          whole.proven.breaks.length,
        );
        expect(proof.proven.heads.length).toBeLessThanOrEqual(CHAINS);
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 50) },
  );
}, 600_000);
