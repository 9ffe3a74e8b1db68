import { OwnError } from "#shared/domain/kernel/own-error";
import { beforeEach, expect, test } from "@jest/globals";
import { handler as sealEntries } from "#lambdas/system/seal-entries";
import { CHAINS, chainOf } from "#shared/domain/audit/seal";
import { verifySeals } from "#shared/domain/audit/verify-seals";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusDays } from "#shared/domain/kernel/time";
import type { Item, Key } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../../support/gateway.ts";
import { auditItem, journalItem, sealedState, streamRecord } from "../../support/sealing.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { things } from "../../support/things.ts";

const NOW = "2026-11-25T12:00:05.000Z";
let stage: TestStage;
let lines: ReturnType<typeof loggedLines>;
beforeEach(() => {
  stage = testStage(NOW);
  lines = loggedLines();
});

const occasion = () => ({ actor: systemActor("appendOnly"), now: stage.clock.now, requestId: "r", newId: stage.newId });
const told = (event: "INSERT" | "MODIFY" | "REMOVE", item: Item & Key, sequence: string) => {
  const delivered = streamRecord(event, item, sequence);
  return { sequence, shard: "", payload: delivered.dynamodb.NewImage, delivered };
};
async function written(count: number) {
  const all = Array.from({ length: count }, (_, at) => (at % 2 ? auditItem : journalItem)(at + 1, stage.clock.now));
  for (const item of all) await stage.table.write({ kind: "put", item, when: { absent: true } });
  return all.map((item, at) => told("INSERT", item, String(at)));
}
const sealed = (
  records: Parameters<typeof sealEntries.run>[1],
  ports = stage.granted(sealEntries.contract.uses, occasion()),
) => sealEntries.run(occasion(), records, ports);

test("a batch is sealed once, however often it comes, with the rights that its contract gives", async () => {
  const records = await written(12);
  expect(await sealed(records)).toEqual([]);
  expect(await sealed(records.slice(3))).toEqual([]);
  const { entries, chains } = sealedState(stage.table.all());
  expect(verifySeals(entries, chains, plusDays(NOW, 1))).toMatchObject({ intact: true, entries: 12 });
});

test("where each chain was is in the log", async () => {
  await sealed(await written(30));
  const heads = stage.stored("sealHead").map(({ pk: _pk, sk: _sk, ...head }) => head);
  expect(heads).toHaveLength(CHAINS);
  expect(lines).toMatchObject([{ level: "info", code: "audit.sealed", seals: expect.arrayContaining(heads) }]);
  await sealed([]);
  expect(lines).toHaveLength(1);
});

test("a change of what is written once rings, and holds up nothing", async () => {
  const [first] = await written(1);
  const review = storedItem(items.review, things.review[0]);
  const records = [told("MODIFY", auditItem(7, NOW), "1"), told("REMOVE", review, "2"), first!];
  expect(await sealed(records)).toEqual([]);
  expect(lines.filter(({ level }) => level === "error")).toMatchObject([
    { code: "audit.tampered", event: "MODIFY", kind: "auditEntry", key: { pk: auditItem(7, NOW).pk } },
    { code: "audit.tampered", event: "REMOVE", kind: "review", key: { pk: review.pk, sk: review.sk } },
  ]);
  expect(stage.stored("seal")).toHaveLength(1);
});

test("a head that somebody took away rings, and holds up nothing", async () => {
  expect(await sealed(await written(30))).toEqual([]);
  const lost = stage.stored("sealHead").find(({ chain }) => chain === 2) as Item & Key;
  await stage.table.write({ kind: "remove", key: { pk: lost.pk, sk: lost.sk }, when: {} });
  const more = Array.from({ length: 30 }, (_, at) => told("INSERT", auditItem(at + 100, NOW), String(at + 100)));
  expect(await sealed(more)).toEqual([]);
  expect(lines.filter(({ level }) => level === "error")).toMatchObject([
    { code: "audit.tampered", event: "LOST", kind: "sealHead", chain: 2, left: Number(lost["sequence"]) + 1 },
  ]);
});

test("what could not be sealed comes again, by its place in the stream, and says why", async () => {
  const records = await written(20);
  const keyOf = ({ delivered }: (typeof records)[number]) => String(delivered.dynamodb.Keys["pk"]?.S);
  const failing = records.filter((record) => chainOf(keyOf(record)) === 0);
  const failures = [{ keys: failing.map(keyOf), error: new OwnError("no capacity") }];
  const seals = { seal: () => Promise.resolve({ made: [], lost: [], failures }) };
  const tampered = told("MODIFY", auditItem(1, NOW), "99");
  expect(failing.length).toBeGreaterThan(0);
  expect(await sealed([...records, tampered], { seals })).toEqual(failing.map(({ sequence }) => sequence));
  expect(lines).toMatchObject([
    { code: "audit.tampered" },
    { level: "error", code: "stream.failed", source: "appendOnly", message: "no capacity" },
  ]);
});
