/**
 * The click Lambda as it is deployed, over stores that fail, say nothing, or say it too late: every visitor is sent on within
 * the time that the code allows, and every click is in the stream, in the overflow queue or in a line that an alarm rings for.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { bundleFolder } from "#infra/build/bundle-folder";
import { root } from "#infra/build/root";
import { incidents } from "#infra/incidents";
import { linesOf } from "#infra/log-patterns";
import type { Hit } from "#shared/domain/tracking/hit";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { matches } from "#test/support/filter-pattern";
import { link, replyOf } from "../bench/click-store.ts";

/** What a visitor waits for each at most, and for what comes on top. */
const WAITS = { table: 2_000, stream: 150, queue: 1_000 };
const OWN_MS = 50;
/** Of some visits that are alike the quickest counts: the machine has other work as well. */
const VISITS = 3;

type Store = "table" | "stream" | "queue";
/** `late` does as it is told, and never says so; `slow` says so in time. */
type Mood = "well" | "slow" | "failing" | "cut off" | "hanging" | "late";
const SLOW_MS = 60;
const storeOf = (target: string): Store =>
  target.startsWith("Kinesis") ? "stream" : target.startsWith("AmazonSQS") ? "queue" : "table";

const moods: Record<Store, Mood> = { table: "well", stream: "well", queue: "well" };
const taken: Record<"stream" | "queue", Hit[]> = { stream: [], queue: [] };

function take(store: Store, body: string): void {
  if (store === "table") return;
  const { Data, MessageBody } = JSON.parse(body) as { readonly Data?: string; readonly MessageBody?: string };
  const hit = parseHit(MessageBody ?? Buffer.from(Data ?? "", "base64").toString());
  if (hit === undefined) throw new Error("no hit");
  taken[store].push(hit);
}

function answer(target: string, body: string, response: ServerResponse): void {
  const mood = moods[storeOf(target)];
  if (mood === "hanging") return;
  if (mood === "cut off") return void response.socket?.destroy();
  if (mood === "failing") return void response.writeHead(500).end('{"__type":"InternalFailure"}');
  take(storeOf(target), body);
  if (mood === "well") return void response.end(replyOf(target));
  if (mood === "slow") setTimeout(() => response.end(replyOf(target)), SLOW_MS);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => answer(String(request.headers["x-amz-target"]), Buffer.concat(chunks).toString(), response));
});

interface Reply {
  readonly statusCode: number;
  readonly ms: number;
  readonly lines: readonly string[];
}
type Visit = (laterMs?: number) => Promise<Reply>;
const running: ChildProcess[] = [];

async function started(): Promise<Visit> {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = {
    ...{ PATH: process.env["PATH"], TABLE_NAME: "table", CLICK_STREAM_NAME: "clicks", AWS_REGION: "us-east-1" },
    ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s", AWS_ENDPOINT_URL: endpoint, OVERFLOW_QUEUE_URL: endpoint },
  };
  const file = join(bundleFolder("redirect-visitor", { testClock: false }), "index.mjs");
  const child = fork(join(root, "test", "support", "click-process.mjs"), [file], { env });
  running.push(child);
  await once(child, "message");
  return async (laterMs = 0) => {
    const answered = once(child, "message");
    child.send({ path: `/t/${link.code.S}`, agent: "Firefox", laterMs });
    const [reply] = (await answered) as [Reply];
    return reply;
  };
}

const isOf = (code: string) => (line: string) => matches(linesOf(code).logPatternString, line);

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
beforeEach(() => {
  Object.assign(moods, { table: "well", stream: "well", queue: "well" });
  taken.stream.length = taken.queue.length = 0;
});
afterAll(() => {
  running.splice(0).forEach((child) => child.kill());
  server.closeAllConnections();
  server.close();
});

describe("a process that knows its link", () => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await started();
    expect(await visit()).toMatchObject({ statusCode: 302 });
  });

  /** Where the hits of visits are, all of which were sent on. */
  async function fatesOf(mood: Partial<typeof moods>, laterMs = 0) {
    Object.assign(moods, mood);
    const replies: Reply[] = [];
    for (let visits = 0; visits < VISITS; visits += 1) replies.push(await visit(laterMs));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array(VISITS).fill(302));
    const lines = replies.flatMap((reply) => reply.lines).filter(isOf("click.parked"));
    const parked = lines.map((line) => (JSON.parse(line) as { readonly hit: Hit }).hit);
    return { quickest: Math.min(...replies.map(({ ms }) => ms)), ...taken, parked };
  }

  test.each<[Mood, Mood, number, { stream: number; queue: number; parked: number }]>([
    ["well", "hanging", OWN_MS, { stream: 1, queue: 0, parked: 0 }],
    ["slow", "hanging", SLOW_MS + OWN_MS, { stream: 1, queue: 0, parked: 0 }],
    ["failing", "well", OWN_MS, { stream: 0, queue: 1, parked: 0 }],
    ["cut off", "well", OWN_MS, { stream: 0, queue: 1, parked: 0 }],
    ["hanging", "well", WAITS.stream + OWN_MS, { stream: 0, queue: 1, parked: 0 }],
    ["hanging", "slow", WAITS.stream + SLOW_MS + OWN_MS, { stream: 0, queue: 1, parked: 0 }],
    ["late", "well", WAITS.stream + OWN_MS, { stream: 1, queue: 1, parked: 0 }],
    ["failing", "failing", OWN_MS, { stream: 0, queue: 0, parked: 1 }],
    ["cut off", "cut off", OWN_MS, { stream: 0, queue: 0, parked: 1 }],
    ["hanging", "hanging", WAITS.stream + WAITS.queue + OWN_MS, { stream: 0, queue: 0, parked: 1 }],
    ["late", "late", WAITS.stream + WAITS.queue + OWN_MS, { stream: 1, queue: 1, parked: 1 }],
  ])("a stream that is %s, and a queue that is %s", async (stream, queue, atMost, where) => {
    const { quickest, parked, ...fates } = await fatesOf({ stream, queue });
    expect(quickest).toBeLessThanOrEqual(atMost);
    const ids = (hits: readonly Hit[]) => new Set(hits.map(({ id }) => id)).size;
    expect([ids(fates.stream), ids(fates.queue), ids(parked)]).toEqual(
      [where.stream, where.queue, where.parked].map((times) => times * VISITS),
    );
    expect(fates.stream.length + fates.queue.length + parked.length).toBe(
      (where.stream + where.queue + where.parked) * VISITS,
    );
    // Whatever may be there twice says so, and is one hit.
    const all = [...fates.stream, ...fates.queue, ...parked];
    expect(ids(all)).toBe(VISITS);
    expect([...fates.queue, ...parked].every(({ retried }) => retried === true)).toBe(true);
  });

  test("a table that says nothing is waited for by one visitor in two seconds, and the link leads where it led", async () => {
    moods.table = "hanging";
    // Longer than a link is good for.
    const first = await visit(31_000);
    expect([first.statusCode, first.ms >= WAITS.table]).toEqual([302, true]);
    const { quickest } = await fatesOf({}, 500);
    expect(quickest).toBeLessThanOrEqual(OWN_MS);
    expect(taken.stream).toHaveLength(VISITS + 1);
    const { quickest: again } = await fatesOf({}, 31_000);
    expect(again).toBeLessThanOrEqual(WAITS.table + OWN_MS);
  }, 30_000);

  test("a new day whose key cannot be had is waited for by one visitor in two seconds as well", async () => {
    moods.table = "hanging";
    await visit(86_400_000);
    const { quickest } = await fatesOf({}, 500);
    expect(quickest).toBeLessThanOrEqual(OWN_MS);
    expect(taken.stream).toHaveLength(VISITS + 1);
    expect(new Set(taken.stream.map(({ visitor }) => visitor)).size).toBe(1);
  }, 30_000);

  test("all three at once say nothing: nobody waits longer than for each of them, and every click is in the log", async () => {
    const { quickest, stream, queue, parked } = await fatesOf(
      { table: "hanging", stream: "hanging", queue: "hanging" },
      31_000,
    );
    expect(quickest).toBeLessThanOrEqual(WAITS.table + WAITS.stream + WAITS.queue + OWN_MS);
    expect([stream, queue, parked.length]).toEqual([[], [], VISITS]);
  }, 30_000);
});

test("a process that knows nothing asks to come again within the table's time, and takes nobody's click for sent on", async () => {
  const visit = await started();
  moods.table = "hanging";
  const { statusCode, ms, lines } = await visit();
  expect(statusCode).toBe(503);
  expect(ms).toBeLessThanOrEqual(WAITS.table + OWN_MS);
  moods.table = "well";
  expect(await visit(2_000)).toMatchObject({ statusCode: 302 });
  expect(taken.stream).toHaveLength(1);
  expect(lines.filter(isOf("link.unavailable"))).toHaveLength(1);
});

test("somebody is told of every click that is in the log alone", () => {
  expect(incidents.find(({ code }) => code === "click.parked")?.actions).toEqual(["redirect-visitor"]);
});
