/** What of a call to the bus is out, and what is not: exactly what its reply confirms. */
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { anEvent } from "../../domain/notifications/events.ts";
import { awsEndpoint, reply, type Seen } from "../../support/aws-endpoint.ts";

const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "example",
    AWS_MAX_ATTEMPTS: "1",
  });
});
afterEach(() => {
  process.env = { ...before };
});

const Request = z.object({
  Entries: z.array(z.record(z.string(), z.unknown()).and(z.object({ Detail: z.string() }))),
});
const idsIn = ({ body }: Seen): string[] =>
  Request.parse(body).Entries.map(({ Detail }) => (JSON.parse(Detail) as DeliveredEvent).id);
const events = (count: number): DeliveredEvent[] =>
  Array.from({ length: count }, (_, at) => anEvent("invitation.accepted", {}, { id: `evt_${at + 1}` }));

/** A bus that answers each event by its id: an error's code, `""` for an entry that says nothing, or taken. */
async function bus(fate: (id: string) => string | undefined = () => undefined, whole?: (ids: string[]) => boolean) {
  const answer = (seen: Seen, response: ServerResponse): void => {
    const ids = idsIn(seen);
    if (whole?.(ids)) return reply(response, 500, { __type: "InternalException" });
    const Entries = ids.map((id) => {
      const code = fate(id);
      return code === undefined ? { EventId: `bus-${id}` } : code === "" ? {} : { ErrorCode: code, ErrorMessage: "no" };
    });
    reply(response, 200, { FailedEntryCount: Entries.filter(({ EventId }) => EventId === undefined).length, Entries });
  };
  const { seen, port } = await awsEndpoint(answer);
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
  return { seen, publish: eventBridge({ EVENT_BUS_NAME: "the-bus" }).publish };
}

test("an event goes out whole, under our name, its own type and its own time", async () => {
  const { seen, publish } = await bus();
  const [event] = events(1);
  expect(await publish(events(1))).toEqual({ failed: [] });
  expect(seen.map(({ target }) => target)).toEqual(["AWSEvents.PutEvents"]);
  const [entry] = Request.parse(seen[0]?.body).Entries;
  expect(entry).toMatchObject({
    EventBusName: "the-bus",
    Source: "atomic-influence",
    DetailType: "invitation.accepted",
    Time: Date.parse(event?.at ?? "") / 1000,
  });
  expect(JSON.parse(entry?.Detail ?? "")).toEqual(event);
});

test("nothing to publish asks the bus nothing", async () => {
  const { seen, publish } = await bus();
  expect(await publish([])).toEqual({ failed: [] });
  expect(seen).toEqual([]);
});

test("ten go with a call, and none is left out or sent twice", async () => {
  const { seen, publish } = await bus();
  expect(await publish(events(21))).toEqual({ failed: [] });
  expect(seen.map((one) => idsIn(one).length).sort()).toEqual([1, 10, 10]);
  expect(seen.flatMap(idsIn).sort()).toEqual(
    events(21)
      .map(({ id }) => id)
      .sort(),
  );
});

/** What a call may weigh, as the bus counts it: source, type, detail, and 14 bytes for the time. */
const MOST_BYTES = 256 * 1024;
const weightOf = ({ body }: Seen): number =>
  Request.parse(body).Entries.reduce(
    (sum, { Source, DetailType, Detail }) =>
      sum + 14 + Buffer.byteLength(`${String(Source)}${String(DetailType)}${Detail}`),
    0,
  );

test("large ones go with as many calls as it takes: one that is too heavy would be refused as a whole, again and again", async () => {
  // The longest that a brand can write to a creator: each of these characters is six bytes of JSON.
  const feedback = "\u0001".repeat(10_000);
  const verdicts = Array.from({ length: 12 }, (_, at) =>
    anEvent("submission.reviewed", { feedback }, { id: `evt_${at + 1}` }),
  );
  const { seen, publish } = await bus();
  expect(await publish(verdicts)).toEqual({ failed: [] });
  expect(Math.max(...seen.map(weightOf))).toBeLessThan(MOST_BYTES);
  expect(seen.flatMap(idsIn).sort()).toEqual(verdicts.map(({ id }) => id).sort());
});

test("one that is too heavy by itself holds up no other", async () => {
  const long = anEvent("submission.reviewed", { feedback: "é".repeat(150_000) }, { id: "evt_heavy" });
  const { publish } = await bus(undefined, (ids) => ids.includes("evt_heavy"));
  const { failed } = await publish([...events(2), long, ...events(4).slice(2)]);
  expect(failed.map(({ id }) => id)).toEqual(["evt_heavy"]);
});

describe("what failed is named, and nothing else", () => {
  test("when the bus refuses some, in any of the calls, with its reason", async () => {
    const { publish } = await bus((id) =>
      ["evt_2", "evt_5", "evt_13"].includes(id) ? "ThrottlingException" : undefined,
    );
    expect((await publish(events(15))).failed).toEqual(
      ["evt_2", "evt_5", "evt_13"].map((id) => ({ id, reason: "ThrottlingException" })),
    );
  });

  test("when it refuses all", async () => {
    const { publish } = await bus(() => "InternalFailure");
    expect((await publish(events(3))).failed.map(({ id }) => id)).toEqual(["evt_1", "evt_2", "evt_3"]);
  });

  test("when an entry says neither yes nor no", async () => {
    const { publish } = await bus((id) => (id === "evt_1" ? "" : undefined));
    expect((await publish(events(2))).failed).toEqual([{ id: "evt_1", reason: "Unconfirmed" }]);
  });

  test("when the reply has no entries at all", async () => {
    const { port } = await awsEndpoint((_seen, response) => reply(response, 200, {}));
    process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
    const { failed } = await eventBridge({ EVENT_BUS_NAME: "the-bus" }).publish(events(2));
    expect(failed.map(({ id }) => id)).toEqual(["evt_1", "evt_2"]);
  });

  test("when one call fails as a whole: the other calls' events are out", async () => {
    const { seen, publish } = await bus(undefined, (ids) => ids.includes("evt_11"));
    const { failed } = await publish(events(25));
    expect(failed).toEqual(
      events(20)
        .slice(10)
        .map(({ id }) => ({ id, reason: "InternalException" })),
    );
    // The SDK asks three times; the other calls once.
    expect(seen).toHaveLength(5);
  });
});
