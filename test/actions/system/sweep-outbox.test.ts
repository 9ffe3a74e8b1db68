import { type Clock, withinTime } from "#shared/ports/call-time";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { EventBus } from "#shared/ports/event-bus";
import { items } from "#shared/table/items/index";
import { itemKey } from "#shared/table/item";
import { loggedLines, type LogLine } from "../../support/gateway.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { happened, idsOf, publishedIds, relayed, swept } from "./outbox.ts";

const OVERDUE = "2026-11-25T12:05:00.000Z";
let stage: TestStage;
let lines: LogLine[];
beforeEach(() => {
  stage = testStage("2026-11-25T12:00:00.000Z");
  lines = loggedLines();
});

const unsent = () => stage.stored("outboxEvent").filter(({ sentAt }) => sentAt === undefined);

describe("the sweep", () => {
  test("sends what the relay left for five minutes, and not a millisecond before", async () => {
    const events = await happened(stage, 40);
    stage.clock.now = "2026-11-25T12:04:59.999Z";
    expect(await swept(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
    expect(publishedIds(stage)).toEqual([]);
    stage.clock.now = OVERDUE;
    expect(await swept(stage)).toMatchObject({ outcome: "succeeded", counts: { sent: 40 } });
    expect(publishedIds(stage).sort()).toEqual(idsOf(events).sort());
    expect(unsent()).toEqual([]);
  });

  test("rings for each event that it had to send: the relay is late or dead", async () => {
    const [event] = await happened(stage, 1);
    stage.clock.now = OVERDUE;
    await swept(stage);
    const ringing = lines.filter(({ level }) => level === "error");
    expect(ringing).toMatchObject([{ code: "outbox.left_behind", eventId: event?.["id"], at: event?.["at"] }]);
    await swept(stage);
    expect(lines.filter(({ level }) => level === "error")).toEqual(ringing);
  });

  test("sends it once, and leaves alone what the relay sent", async () => {
    const events = await happened(stage, 4);
    await relayed(stage, events.slice(0, 2));
    stage.clock.now = OVERDUE;
    expect((await swept(stage)).counts).toEqual({ sent: 2 });
    expect((await swept(stage)).counts).toEqual({});
    expect(publishedIds(stage).sort()).toEqual(idsOf(events).sort());
  });

  test("sends the same event that the relay would have sent", async () => {
    const events = await happened(stage, 1);
    stage.clock.now = OVERDUE;
    await swept(stage);
    await relayed(stage, events);
    const [bySweep, byRelay] = stage.eventBus.published;
    expect(bySweep).toEqual(byRelay);
  });

  test("looks each up where it is stored: what an index that lags still lists is not sent again", async () => {
    const [event] = await happened(stage, 1);
    const listed = stage.table.query;
    const before = await listed({ index: "due", partition: String(event?.["duePk"]), limit: 10 });
    await relayed(stage, event ? [event] : []);
    stage.clock.now = OVERDUE;
    Object.assign(stage.table, { query: () => Promise.resolve(before) });
    expect((await swept(stage)).counts).toEqual({});
    expect(publishedIds(stage)).toHaveLength(1);
  });

  test("keeps at what the bus does not take: the run is partial, the others go out, and the next run sends it", async () => {
    const events = await happened(stage, 3);
    const [refused] = idsOf(events);
    stage.eventBus.refuse = (id) => id === refused;
    stage.clock.now = OVERDUE;
    expect(await swept(stage)).toMatchObject({ outcome: "partial", counts: { sent: 2, failed: 1 } });
    expect(idsOf(unsent())).toEqual([refused]);
    const [line] = lines.filter(({ code }) => code === "job.item_failed");
    expect(line).toMatchObject({
      level: "error",
      item: refused,
      message: `the bus did not take ${refused}: InternalFailure`,
    });
    stage.eventBus.refuse = () => false;
    expect(await swept(stage)).toMatchObject({ outcome: "succeeded", counts: { sent: 1 } });
  });

  test("rings at every run for what it cannot read, however old, until somebody has mended it", async () => {
    const [broken, sound] = await happened(stage, 2);
    const key = itemKey(items.outboxEvent, { id: String(broken?.["id"]) });
    await stage.table.write({ kind: "put", item: { ...broken, ...key, type: "nothing.of_ours" }, when: {} });
    stage.clock.now = "2027-11-25T12:00:00.000Z";
    for (const counts of [{ sent: 1, failed: 1 }, { failed: 1 }])
      expect(await swept(stage)).toMatchObject({ outcome: "partial", counts });
    await stage.table.write({ kind: "put", item: { ...broken, ...key }, when: {} });
    expect(await swept(stage)).toMatchObject({ outcome: "succeeded", counts: { sent: 1 } });
    expect(publishedIds(stage)).toEqual(idsOf([sound ?? {}, broken ?? {}]));
  });
});

describe("a relay that dies loses nothing", () => {
  test("before the bus was asked", async () => {
    const events = await happened(stage, 12);
    void relayed(stage, events, { eventBus: { publish: () => new Promise(() => undefined) } });
    stage.clock.now = OVERDUE;
    expect((await swept(stage)).counts).toEqual({ sent: 12 });
    expect(publishedIds(stage).sort()).toEqual(idsOf(events).sort());
  });

  test("between the bus and the mark: what was out goes out again, under the same id", async () => {
    const events = await happened(stage, 3);
    const { outbox } = stage.ports;
    await new Promise<void>((died) => {
      const markSent = () => new Promise<void>(() => died());
      void relayed(stage, events, { outbox: { ...outbox, markSent } });
    });
    stage.clock.now = OVERDUE;
    expect((await swept(stage)).counts).toEqual({ sent: 3 });
    const ids = publishedIds(stage);
    expect([ids.length, new Set(ids).size]).toEqual([6, 3]);
  });

  test("between one mark and the next", async () => {
    const events = await happened(stage, 3);
    await relayed(stage, events.slice(0, 1));
    stage.clock.now = OVERDUE;
    expect((await swept(stage)).counts).toEqual({ sent: 2 });
  });
});

test("the sweep and the relay at once do no harm: every event is out, under one id, and waits no longer", async () => {
  const events = await happened(stage, 30);
  stage.clock.now = OVERDUE;
  const [failed, run] = await Promise.all([relayed(stage, events), swept(stage)]);
  expect([failed, run.outcome]).toEqual([[], "succeeded"]);
  expect(new Set(publishedIds(stage))).toEqual(new Set(idsOf(events)));
  expect(unsent()).toEqual([]);
  expect((await swept(stage)).counts).toEqual({});
});

/** Of who died: no time passes any more. */
const frozen: Clock = { nowMs: () => 0, after: () => () => undefined, random: () => 0 };

test("a sweep that dies in the middle is continued by the next, when its lease is over", async () => {
  await happened(stage, 20);
  stage.clock.now = OVERDUE;
  await new Promise<void>((died) => {
    let calls = 0;
    const publish: EventBus["publish"] = (sent) =>
      (calls += 1) > 5 ? new Promise(() => died()) : stage.eventBus.publish(sent);
    void withinTime(Infinity, () => swept(stage, { eventBus: { publish } }), frozen);
  });
  expect(await swept(stage)).toMatchObject({ outcome: "skipped" });
  stage.clock.now = "2026-11-25T12:10:00.000Z";
  expect(await swept(stage)).toMatchObject({ outcome: "succeeded" });
  expect(unsent()).toEqual([]);
});
