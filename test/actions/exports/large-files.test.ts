/** Files of many parts: what is held of them at a time, and what becomes of one whose parts are lost. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { memoryExportFiles } from "#shared/adapters/memory/export-files";
import type { Export } from "#shared/domain/exports/export";
import { columns, type Rows } from "#shared/domain/exports/columns";
import { dueTurn, followTurn, MOST_PARTS } from "#shared/domain/exports/follow-turn";
import { systemActor } from "#shared/domain/kernel/actor";
import { LEAST_PART_BYTES, PART_BYTES, takeTurn, type Tools, type Views } from "#shared/application/exports/take-turn";
import type { Exported } from "#shared/ports/exported";
import { withinTime } from "#shared/ports/call-time";
import type { ExportFiles } from "#shared/ports/exports";
import { anAccount, anExport, BRAND_ID } from "../../support/builders.ts";
import { simulatedClock } from "../../support/simulated-clock.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-01T00:00:00.000Z";
const occasion = { actor: systemActor("write-export"), now, newId: sequentialIds() };
const row: Rows["transactions"] = {
  id: `jrn_${"0".repeat(26)}`,
  userId: BRAND_ID,
  type: "deposit",
  amount: { amount: 5_000, currency: "USD" },
  effects: { available: 5_000, reserved: 0, pending: 0, inFlight: 0 },
  status: "completed",
  referenceId: "dep_1",
  description: "=Deposit, of a brand",
  createdAt: now,
};
const asItIs = { parse: (one: never) => one };
const views = Object.fromEntries(Object.keys(columns).map((kind) => [kind, asItIs])) as unknown as Views;

/** A wallet of so many transactions, in pages; it counts those that were read since somebody last asked. */
function walletOf(total: number, one = row) {
  const counted = { read: 0, pages: 0 };
  const exportedLists = {
    transactions: (
      _userId: string,
      _made: object,
      page: { limit: number; after?: Readonly<Record<string, string>> },
    ) => {
      const from = Number(page.after?.["from"] ?? 0);
      const items = Array.from({ length: Math.min(page.limit, total - from) }, () => one);
      counted.read += items.length;
      counted.pages += 1;
      const next = from + items.length;
      return Promise.resolve(next < total ? { items, next: { from: String(next) } } : { items });
    },
  };
  return { counted, ports: { exportedLists } as unknown as Exported };
}

/** Two parts and a bit of them. */
const ROWS = 1_000;
const largeRows = () => walletOf(ROWS, { ...row, description: "x".repeat(20_000) }).ports;

let files: ReturnType<typeof memoryExportFiles>;
beforeEach(() => {
  files = memoryExportFiles(() => now);
});

/** Turn after turn, each on what the last one left, until there is none. */
async function made(
  ports: Exported,
  between: (exported: Export) => void = () => undefined,
  { store = files, asked = {} }: { readonly store?: ExportFiles; readonly asked?: Partial<Export> } = {},
) {
  const tools: Tools = { ports, files: store, views };
  let exported = anExport(asked);
  for (let due = dueTurn(exported, 0); due; due = dueTurn(exported, exported.turn)) {
    const turn = await takeTurn(due, anAccount(), tools, now);
    const [written] = followTurn(due, undefined, turn, occasion).entities;
    exported = written?.next as Export;
    between(exported);
  }
  return exported;
}
const linesOf = (exported: Export): number => (files.content(exported)?.split("\r\n").length ?? 0) - 1;

describe("a large file", () => {
  test("of a million rows holds one part at a time", async () => {
    const rows = 1_000_000;
    const { counted, ports } = walletOf(rows);
    const held: number[] = [];
    const sizes: number[] = [];
    const uncollected: ExportFiles = {
      ...files,
      put: (_one, _uploadId, part, { length }) => Promise.resolve(String(sizes.push(length) && part)),
      complete: (_one, _uploadId, parts) => Promise.resolve(parts.length === sizes.length),
    };
    const afterPart = () => {
      held.push(counted.read);
      counted.read = 0;
    };
    const exported = await made(ports, afterPart, { store: uncollected, asked: { format: "json" } });
    const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
    expect(exported).toMatchObject({ status: "completed", rows, sizeBytes });
    expect(sizes.slice(0, -1).every((size) => size >= LEAST_PART_BYTES)).toBe(true);
    expect(Math.max(...sizes)).toBeLessThan(PART_BYTES + 100_000);
    // As many rows as make a part, and no more of them in the later parts than in the first; none to put them together.
    expect(held.slice(1, -2).every((count) => Math.abs(count - (held[1] ?? 0)) <= 100)).toBe(true);
    console.log(
      `${rows} rows: ${sizes.length} parts of ${Math.max(...sizes)} bytes, ${Math.max(...held)} rows at most`,
    );
  }, 60_000);

  test("whose upload was cleared away begins again, and has each row once", async () => {
    const exported = await made(largeRows(), ({ turn }) => {
      if (turn === 1) files.clearAway();
    });
    expect(exported).toMatchObject({ status: "completed", attempt: 2, rows: ROWS });
    expect(linesOf(exported)).toBe(ROWS + 1);
  });

  test("two of whose parts were written twice, with something else, is not put together of both", async () => {
    let times = 0;
    const exported = await made(largeRows(), () => undefined, {
      store: {
        ...files,
        async put(one, uploadId, part, content) {
          const tag = await files.put(one, uploadId, part, content);
          if (part === 2 && (times += 1) === 1) await files.put(one, uploadId, 1, Buffer.alloc(LEAST_PART_BYTES));
          return tag;
        },
      },
    });
    expect([exported.attempt, exported.status]).toEqual([2, "completed"]);
    expect(linesOf(exported)).toBe(ROWS + 1);
  });

  test("that is lost again and again is given up, and so is one that would be too large", async () => {
    const lost = await made(largeRows(), () => files.clearAway());
    expect(lost).toMatchObject({ status: "failed", failure: { code: "export.file_lost" }, attempt: 3 });
    expect(lost.upload).toBeUndefined();
    const parts = Array.from({ length: MOST_PARTS }, () => "tag");
    const full = anExport({ status: "running", upload: { id: await files.begin(anExport()), parts, after: {} } });
    const turn = await takeTurn(full, anAccount(), { ports: walletOf(1).ports, files, views }, now);
    expect(turn).toMatchObject({ went: "wrong", why: { code: "export.too_large" } });
  });

  test("is given up where the time of a turn finds too little for a part", async () => {
    const nothing = { transactions: () => Promise.resolve({ items: [], next: { from: "1" } }) };
    const ports = { exportedLists: nothing } as unknown as Exported;
    const turn = await withinTime(
      30_000,
      () => takeTurn(anExport(), anAccount(), { ports, files, views }, now),
      simulatedClock(),
    );
    expect(turn).toMatchObject({ went: "wrong", why: { code: "export.took_too_long" } });
    expect(files.put.sizes).toEqual([]);
  });
});
