import { beforeEach, expect, test } from "@jest/globals";
import { handler as rollUpClicks } from "#lambdas/tracking/roll-up-clicks";
import { memoryHitCounter } from "#shared/adapters/memory/hit-counter";
import { systemActor } from "#shared/domain/kernel/actor";
import type { HitCounter } from "#shared/ports/tracking";
import { loggedLines, type LogLine } from "../../support/gateway.ts";
import { sequentialIds, testStage } from "../../support/stage.ts";
import { aHit } from "../../support/tracking.ts";

let lines: LogLine[];
beforeEach(() => {
  lines = loggedLines();
});

const invocation = {
  actor: systemActor("clicks"),
  now: "2026-03-01T00:00:00.000Z",
  requestId: "r",
  newId: sequentialIds(),
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hits = (...numbers: number[]): Uint8Array[] => numbers.map((number) => bytes(JSON.stringify(aHit(number))));

/** One batch of one shard, as records 1, 2 and so on. */
function rolledUp(payloads: readonly Uint8Array[], count?: HitCounter["count"]) {
  const records = payloads.map((payload, at) => ({
    sequence: String(at + 1),
    shard: "s",
    payload,
    delivered: undefined,
  }));
  return rollUpClicks.run(invocation, records, {
    ...testStage().granted(rollUpClicks.contract.uses, invocation),
    hitCounter: count === undefined ? memoryHitCounter() : { count },
  });
}

test("what was counted is in the log, once a batch", async () => {
  expect(await rolledUp(hits(1, 2))).toEqual([]);
  expect(lines).toMatchObject([{ level: "info", code: "clicks.rolled_up", records: 2, unreadable: 0, failed: 0 }]);
});

test("records that are no hits hold up nothing, and ring with their number", async () => {
  expect(await rolledUp([...hits(1), bytes("no hit"), bytes("{}")])).toEqual([]);
  expect(lines).toMatchObject([{ level: "error", code: "clicks.unreadable", records: 3, unreadable: 2, failed: 0 }]);
});

test("what the table did not take is reported by its number in the stream, to come again", async () => {
  const failures = [{ sequenceNumber: "2", error: new Error("no") }];
  expect(await rolledUp(hits(1, 2, 3), () => Promise.resolve({ bucketsSaved: 0, failures }))).toEqual(["2"]);
  expect(lines).toMatchObject([{ code: "clicks.rolled_up", records: 3, failed: 1 }]);
});
