/**
 * The consumer that writes files dies before and after each of its calls; then the queue delivers its event again. There is one
 * file, as one that nobody died over would be, one receipt, and whoever asked is told once.
 */
import { beforeEach, expect, test } from "@jest/globals";
import type { ExportFiles } from "#shared/ports/exports";
import type { Commit, Ports } from "#shared/ports/catalogue";
import { parseEvent } from "#shared/domain/events/outbox";
import { plusHours } from "#shared/domain/kernel/time";
import { Died, dying } from "../../support/dying.ts";
import { BRAND_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { paidIn, peopled } from "../../support/launched.ts";
import { admin, brand, type TestStage } from "../../support/stage.ts";
import { mailed, notified } from "../notifications/deliveries.ts";
import { exporting } from "./exporting.ts";

beforeEach(() => void loggedLines());

type Life = ReturnType<typeof dying>;
function portsOf(stage: TestStage, { around }: Life): Partial<Ports> {
  const { begin, put, complete, abandon, link } = stage.exportFiles;
  const exportFiles: ExportFiles = {
    begin: around("begin", begin),
    put: around("put", put),
    complete: around("complete", complete),
    abandon: around("abandon", abandon),
    link,
  };
  const { accounts, exports } = stage.ports;
  return {
    exportFiles,
    accounts: { ...accounts, get: around("read account", accounts.get) },
    exports: { ...exports, get: around("read export", exports.get), openOf: around("read open", exports.openOf) },
  };
}

/** An export, its writer dying at a call of the whole work; its event is delivered again until it is through, and once more. */
async function afterDeath(at: number, when: "before" | "after") {
  const stage = await peopled();
  const writer = exporting(stage);
  for (const amount of [5_000, 6_000]) await paidIn(stage, amount);
  const { id } = await writer.ask();
  const life = dying(at, when);
  const dies = portsOf(stage, life);
  const around = (commit: Commit): Commit => life.around("commit", commit);
  for (let [event] = writer.turnsDue(); event; [event] = writer.turnsDue()) {
    await writer.turn(event, dies, around).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
    for (let delivery = 0; delivery < 2; delivery += 1) await writer.turn(event);
  }
  const ended = stage.stored("outboxEvent").filter(({ type }) => type === "export.ended");
  for (const event of [...ended, ...ended]) await notified(stage, parseEvent(event));
  return { stage, writer, life, exported: await writer.stored(id) };
}

test.each(["before", "after"] as const)("dying %s any call, the file is the same, and told of once", async (when) => {
  let points = 0;
  const files = new Set<string>();
  for (let at = 1, more = true; more; at += 1) {
    const { stage, writer, life, exported } = await afterDeath(at, when);
    more = life.hasDied();
    points = at;
    const content = stage.exportFiles.content(exported) ?? "no file";
    files.add(content.replaceAll(exported.id, ""));
    expect([at, life.names.at(-1), exported]).toMatchObject([at, life.names.at(-1), { status: "completed", rows: 2 }]);
    expect(writer.audited("export.completed")).toHaveLength(1);
    expect(stage.stored("openExports")).toMatchObject([{ open: [] }]);
    expect(stage.stored("notification")).toMatchObject([
      { userId: BRAND_ID, title: "A file you asked for is ready", message: expect.stringContaining("with 2 rows") },
    ]);
  }
  expect(files.size).toBe(1);
  // Two turns: each reads the export, the account and the open ones, and commits; begin, put and complete between them.
  expect(points).toBeGreaterThan(10);
});

test("one that fails is told of as well, and by mail when it took long", async () => {
  const stage = await peopled();
  const writer = exporting(stage);
  const { id } = await writer.ask({}, brand());
  stage.clock.now = plusHours(stage.clock.now, 25);
  await writer.written();
  expect(await writer.read(id, admin())).toMatchObject({ status: "failed" });
  const [event] = stage.stored("outboxEvent").filter(({ type }) => type === "export.ended");
  for (const channel of [notified, mailed]) await channel(stage, parseEvent(event));
  expect(stage.stored("notification")).toMatchObject([{ title: "A file you asked for could not be made" }]);
  expect(stage.mailSender.sent.map(({ subject }) => subject)).toEqual(["A file you asked for could not be made"]);
});
