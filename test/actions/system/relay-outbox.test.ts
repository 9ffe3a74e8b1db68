import { beforeEach, describe, expect, test } from "@jest/globals";
import { Contended } from "#shared/ports/changes";
import type { EventBus } from "#shared/ports/event-bus";
import { schema } from "#shared/table/schema";
import { loggedLines, type LogLine } from "../../support/gateway.ts";
import { testStage, type TestStage } from "../../support/stage.ts";
import { happened, idsOf, publishedIds, relayed } from "./outbox.ts";

let stage: TestStage;
let lines: LogLine[];
beforeEach(() => {
  stage = testStage();
  lines = loggedLines();
});

const marks = () => stage.stored("outboxEvent").map(({ sentAt }) => sentAt);
const due = () => stage.stored("outboxEvent").map((item) => item[schema.indexes.due.partitionKey] !== undefined);

test("events are published whole, in the order they happened, and marked sent", async () => {
  const items = await happened(stage, 3);
  expect([marks(), due()]).toEqual([
    [undefined, undefined, undefined],
    [true, true, true],
  ]);
  stage.clock.now = "2026-11-25T12:00:03.000Z";
  expect(await relayed(stage, items)).toEqual([]);
  expect(publishedIds(stage)).toEqual(idsOf(items));
  expect(stage.eventBus.published[0]).toEqual({
    id: items[0]?.["id"],
    type: "invitation.accepted",
    at: "2026-11-25T12:00:00.000Z",
    requestId: "r",
    detail: items[0]?.["detail"],
  });
  expect([marks(), due()]).toEqual([Array(3).fill(stage.clock.now), [false, false, false]]);
  expect(lines).toEqual([]);
});

test("what was sent is kept as it was, for a week from then; what was not has no end", async () => {
  const [item] = await happened(stage, 2);
  expect(stage.stored("outboxEvent").map((one) => one[schema.expiresAt])).toEqual([undefined, undefined]);
  await relayed(stage, item ? [item] : []);
  const [sent, unsent] = stage.stored("outboxEvent");
  expect(sent).toMatchObject({ id: item?.["id"], detail: item?.["detail"], type: item?.["type"], at: item?.["at"] });
  expect(sent?.[schema.expiresAt]).toBe(Date.parse("2026-12-02T12:00:00.000Z") / 1000);
  expect(unsent?.[schema.expiresAt]).toBeUndefined();
});

describe("the records that failed are reported and stay unsent, and no others", () => {
  const failing = (...positions: number[]) =>
    test(`${positions.join(", ") || "none"} of five`, async () => {
      const items = await happened(stage, 5);
      const refused = positions.map((position) => idsOf(items)[position - 1]);
      stage.eventBus.refuse = (id) => refused.includes(id);
      expect(await relayed(stage, items)).toEqual(positions.map((position) => `s-${position}`));
      expect(marks().map((mark) => mark === undefined)).toEqual([1, 2, 3, 4, 5].map((at) => positions.includes(at)));
      expect(publishedIds(stage)).toEqual(idsOf(items).filter((id) => !refused.includes(id)));
    });
  failing();
  failing(1);
  failing(2, 4);
  failing(3, 5);
  failing(1, 2, 3, 4, 5);

  test("with the bus's reason in the log, once a batch", async () => {
    stage.eventBus.refuse = () => true;
    const items = await happened(stage, 2);
    await relayed(stage, items);
    const failed = idsOf(items).map((id) => ({ id, reason: "InternalFailure" }));
    expect(lines).toMatchObject([{ level: "error", code: "outbox.unpublished", failed }]);
  });
});

describe("a record that is no event of ours", () => {
  test("holds nothing up: the others go out, and it stays unsent for the sweep, which rings", async () => {
    const [first, second, third] = await happened(stage, 3);
    if (!first || !second || !third) throw new Error("three happened");
    expect(await relayed(stage, [first, { ...second, type: "nothing.of_ours" }, third])).toEqual([]);
    expect(publishedIds(stage)).toEqual(idsOf([first, third]));
    expect(marks().map((mark) => mark === undefined)).toEqual([false, true, false]);
    expect(lines).toMatchObject([{ level: "error", code: "outbox.unreadable", unreadable: ["s-2"] }]);
  });

  test("nor one without an image, or with a detail that is not its type's", async () => {
    const [item] = await happened(stage, 1);
    expect(await relayed(stage, [{}, { ...item, detail: {} }])).toEqual([]);
    expect(publishedIds(stage)).toEqual([]);
    expect(lines).toMatchObject([{ code: "outbox.unreadable", unreadable: ["s-1", "s-2"] }]);
  });
});

test("a mark that cannot be made brings nothing out twice: it is left to the sweep, with a line that rings", async () => {
  const items = await happened(stage, 2);
  const { outbox } = stage.ports;
  const markSent = () =>
    Promise.reject(new Error("2 of 2 events could not be marked sent", { cause: new Contended() }));
  expect(await relayed(stage, items, { outbox: { ...outbox, markSent } })).toEqual([]);
  expect(publishedIds(stage)).toEqual(idsOf(items));
  expect(lines).toMatchObject([{ level: "error", code: "outbox.unmarked", cause: { error: "Contended" } }]);
});

test("nothing is marked before the bus has taken it", async () => {
  const items = await happened(stage, 1);
  const seen: unknown[] = [];
  const publish: EventBus["publish"] = (events) => {
    seen.push(...marks());
    return stage.eventBus.publish(events);
  };
  await relayed(stage, items, { eventBus: { publish } });
  expect([seen, marks()]).toEqual([[undefined], [stage.clock.now]]);
});
