/** An export that no turn ends: its worker is dead for good, or its event is gone. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as endOverdueExports } from "#lambdas/exports/end-overdue-exports";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import { MOST_OPEN } from "#shared/domain/exports/request-export";
import { loggedLines, type LogLine } from "../../support/gateway.ts";
import { ranJob } from "../../support/ran-job.ts";
import type { TestStage } from "../../support/stage.ts";
import { peopled } from "../../support/launched.ts";
import { type Exporting, exporting } from "./exporting.ts";

let stage: TestStage;
let lines: LogLine[];
let e: Exporting;
beforeEach(async () => {
  stage = await peopled();
  lines = loggedLines();
  e = exporting(stage);
});

const run = () => ranJob(stage, endOverdueExports);
const ends = () => stage.stored("outboxEvent").filter(({ type }) => type === "export.ended");
const ringing = () => lines.filter(({ level }) => level === "error");

test("fails a day after it was asked for, and not a millisecond before; whoever asked is told once, and it rings", async () => {
  const { id } = await e.ask();
  const day = plusDays(stage.clock.now, 1);
  stage.clock.now = plusMilliseconds(day, -1);
  expect(await run()).toMatchObject({ outcome: "succeeded", counts: {} });
  expect([ends(), ringing()]).toEqual([[], []]);
  stage.clock.now = day;
  expect(await run()).toMatchObject({ outcome: "succeeded", counts: { ended: 1 } });
  expect(await e.stored(id)).toMatchObject({ status: "failed", failure: { code: "export.took_too_long" } });
  expect(ends()).toMatchObject([{ detail: { exportId: id, result: { failed: expect.any(String) }, tookLong: true } }]);
  expect(e.audited("export.failed")).toMatchObject([{ resource: { type: "export", id } }]);
  expect(ringing()).toMatchObject([{ code: "export.left_behind", exportId: id }]);
  expect(await run()).toMatchObject({ counts: {} });
  expect([ends().length, ringing().length]).toEqual([1, 1]);
});

test("is not begun again by a turn that comes after all", async () => {
  const { id } = await e.ask();
  const [late] = e.turnsDue();
  stage.clock.now = plusDays(stage.clock.now, 1);
  await run();
  if (late) await e.turn(late);
  expect(await e.stored(id)).toMatchObject({ status: "failed", turn: 1 });
  expect([ends().length, e.turnsDue()]).toEqual([1, []]);
});

test("leaves alone what a turn has ended, and what is still being made", async () => {
  await e.ask();
  await e.written();
  stage.clock.now = plusDays(stage.clock.now, 1);
  const { id } = await e.ask();
  expect(await run()).toMatchObject({ counts: {} });
  expect(await e.stored(id)).toMatchObject({ status: "queued" });
  expect(ends()).toHaveLength(1);
});

test("one that was begun is ended as well, and makes room for others", async () => {
  for (let more = 0; more < MOST_OPEN; more += 1) await e.ask();
  const [first] = e.turnsDue();
  if (first) await e.turn(first);
  stage.clock.now = plusDays(stage.clock.now, 1);
  expect(await run()).toMatchObject({ counts: { ended: MOST_OPEN } });
  expect(stage.stored("openExports")).toMatchObject([{ open: [] }]);
});
