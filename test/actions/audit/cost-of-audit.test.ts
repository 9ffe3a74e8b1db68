/** What is read of the audit trail for a page of it, and to verify it, does not grow with its history. */
import { expect, test } from "@jest/globals";
import { handler as listAuditLogs } from "#lambdas/audit/list-audit-logs";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { CHAINS, SealHead } from "#shared/domain/audit/seal";
import { MOST_AT_ONCE } from "#shared/domain/audit/proof";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { entityItem } from "#shared/table/entity";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSeals } from "#shared/table/repositories/seals";
import { BRAND_ID } from "../../support/builders.ts";
import { auditItem, writtenOf } from "../../support/sealing.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const START = "2026-11-20T00:00:00.000Z";
/** Rows of a stream's batch, and how far apart rows are. */
const BATCH = 100;
const APART_MS = 1_000;
/** What came since the job has proven the rest. */
const FRESH = 300;
const PAGES = 10;

const atOf = (number: number): string => plusMilliseconds(START, number * APART_MS);

/** So many rows, sealed and proven, and some since. */
async function trailOf(count: number) {
  const rows = Array.from({ length: count + FRESH }, (_, at) => auditItem(at + 1, atOf(at + 1)));
  const table = memoryTable(rows);
  const seals = storedSeals(table);
  const sealed = async (batch: readonly (Item & Key)[], last: number) => {
    const { failures } = await seals.seal(
      batch.map((item) => writtenOf(item)),
      atOf(last),
    );
    expect(failures).toEqual([]);
  };
  for (let at = 0; at < count; at += BATCH) await sealed(rows.slice(at, at + BATCH), at + BATCH);
  const heads = table.all((item) => isOf(items.sealHead, item)).map((item) => SealHead.parse(item));
  const proven = { heads, rows: count, listedUpTo: atOf(count), known: [], breaks: [] };
  const proof = entityItem("auditProof", { proven, again: proven, version: 1, updatedAt: atOf(count) });
  await table.write({ kind: "put", item: proof, when: { any: true } });
  for (let at = count; at < rows.length; at += BATCH) await sealed(rows.slice(at, at + BATCH), at + BATCH);
  return table;
}

/** Items that are read while something is done. */
async function readsOf(
  table: TableEngine,
  act: (trail: ReturnType<ReturnType<typeof memory>["auditTrail"]>) => Promise<unknown>,
) {
  let read = 0;
  const noted = <T>(what: T, ofIt: number): T => {
    read += ofIt;
    return what;
  };
  await act(
    memory({
      ...table,
      get: async (key) => noted(await table.get(key), 1),
      getMany: async (keys) => noted(await table.getMany(keys), keys.length),
      query: async (query) => {
        const reply = await table.query(query);
        return noted(reply, Math.max(reply.items.length, 1));
      },
    }).auditTrail({}),
  );
  return read;
}

async function costsAfter(count: number) {
  const table = await trailOf(count);
  const call = {
    ...{ actor: admin(), now: atOf(count + FRESH + 60), newId: sequentialIds(), requestId: "r", page: { limit: 25 } },
  };
  /** Of one page, on average of some: how rows are spread over a list's partitions is chance. */
  const listed = async (query: object) => {
    let read = 0;
    for (let page = 0; page < PAGES; page += 1)
      read += await readsOf(table, async (auditTrail) => {
        const asked = { ...query, to: atOf(count + FRESH - page * 20) };
        const { items: rows } = await listAuditLogs.run({ ...call, query: asked } as never, { auditTrail });
        expect(rows.length).toBeGreaterThan(0);
      });
    return Math.round(read / PAGES);
  };
  return {
    page: await listed({}),
    "page of an actor": await listed({ actorId: BRAND_ID }),
    "page of a resource": await listed({ resource: { type: "campaign", id: "cmp_7" } }),
    verification: await readsOf(table, async (auditTrail) => {
      const outcome = await verifyAuditLogs.run(call as never, { auditTrail });
      expect(outcome).toMatchObject({ intact: true, rows: count + FRESH });
    }),
  };
}

test("a page, and a verification, read what they show and what came since the last proof, whatever was before", async () => {
  const [few, many] = [1_000, Number(process.env["ROWS"] ?? 12_000)];
  const [short, long] = [await costsAfter(few), await costsAfter(many)];
  console.log(`items read after ${few} rows: ${JSON.stringify(short)}; after ${many}: ${JSON.stringify(long)}`);
  // A little trail is verified whole, while somebody waits; of a longer one, what is not proven yet.
  expect(few).toBeLessThan(MOST_AT_ONCE);
  expect(long.verification).toBeLessThan(2 * FRESH);
  // A seal is found by halves: of each chain so much more is read when the trail is so many times as long.
  const halves = CHAINS * Math.ceil(Math.log2(many / few));
  for (const page of ["page", "page of an actor", "page of a resource"] as const)
    expect([page, long[page] <= short[page] * 1.5 + halves]).toEqual([page, true]);
}, 300_000);
