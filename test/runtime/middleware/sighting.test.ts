import { expect, test } from "@jest/globals";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Role } from "#shared/domain/kernel/actor";
import { withinTime } from "#shared/ports/call-time";
import type { StoredReply } from "#shared/ports/idempotency";
import type { Sightings } from "#shared/ports/tracking";
import type { RequestContext } from "#shared/runtime/middleware/request";
import { sighting } from "#shared/runtime/middleware/sighting";
import { gatewayEvent, loggedLines, requestContext } from "../../support/gateway.ts";
import { simulatedClock } from "../../support/simulated-clock.ts";

const passed = { status: 200, headers: {}, body: "passed" };
const NOW = "2026-11-25T12:00:00.000Z";

/** A call by somebody with these roles, from an address, while notes are taken as `note` says. */
function called(
  note: Sightings["note"],
  roles: readonly Role[] = ["creator"],
  { sourceIp = "203.0.113.7", answer = () => Promise.resolve<StoredReply>(passed) } = {},
) {
  const event = gatewayEvent("GET /v1/things", { headers: { "User-Agent": "Firefox" } });
  Object.assign(event.requestContext.http, { sourceIp });
  const pipeline = middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>()
    .use(sighting({ note }, () => NOW))
    .handler(answer);
  return pipeline(event, requestContext({ actor: { userId: "u", roles } }));
}

test("a creator is noted with address, agent and the product's time, before the answer goes out", async () => {
  const notes: unknown[] = [];
  const note: Sightings["note"] = (seen, { at }) => Promise.resolve(void notes.push({ ...seen, at }));
  expect(await called(note, ["brand", "creator"])).toBe(passed);
  expect(notes).toEqual([{ creatorId: "u", address: "203.0.113.7", agent: "Firefox", at: NOW }]);
});

test("nobody else is, and nobody without an address", async () => {
  const note = () => Promise.reject(new Error("was asked"));
  const lines = loggedLines();
  expect(await called(note, ["brand"])).toBe(passed);
  expect(await called(note, ["creator"], { sourceIp: "" })).toBe(passed);
  expect(lines).toEqual([]);
});

test("a note that fails is a line of the log, and neither the answer's nor the refusal's affair", async () => {
  const lines = loggedLines();
  const note = () => Promise.reject(new TypeError("the table said 203.0.113.7"));
  expect(await called(note)).toBe(passed);
  const answer = () => Promise.reject(new Error("refused"));
  await expect(called(note, ["creator"], { answer })).rejects.toThrow("refused");
  expect(lines).toMatchObject(Array(2).fill({ level: "warn", code: "sighting.missed" }));
  expect(JSON.stringify(lines)).not.toContain("203.0.113.7");
});

test("a note that hangs holds an answer up for fifty milliseconds, and no longer", async () => {
  const clock = simulatedClock();
  const beganAt = clock.nowMs();
  const answered = withinTime(10_000, () => called(() => new Promise(() => undefined)), clock);
  expect(await answered).toBe(passed);
  expect(clock.nowMs() - beganAt).toBe(50);
});
