import { beforeEach, expect, test } from "@jest/globals";
import middy from "@middy/core";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { created } from "#shared/domain/change";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { systemActor } from "#shared/domain/kernel/actor";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Commit, Granted } from "#shared/ports/catalogue";
import { commitsOf } from "#shared/ports/touched";
import { StaleState } from "#shared/ports/changes";
import { type RunContext, runRecord } from "#shared/runtime/middleware/run-record";
import { lambdaContext, loggedLines } from "../../support/gateway.ts";
import { sequentialIds } from "../../support/stage.ts";

const job = "advance-campaigns";
const failure = new OwnError("failed; the reason is in the log, by job.failed");
const noon = Date.parse("2026-11-25T12:00:00.000Z");
let table = memoryTable();
let lines = loggedLines();
let clock = noon;
/** What leases are measured by. */
let machine: number;
let newId = sequentialIds();
let invocations = 0;
const LEASE_MS = 120_000;
const RETRY_MS = 60_000;

beforeEach(() => {
  table = memoryTable();
  lines = loggedLines();
  clock = machine = noon;
  newId = sequentialIds();
});

function ports(): Granted<"jobs:run"> {
  const env = { TABLE_NAME: "t" };
  const { jobs, changes } = memory(table);
  const occasion = { actor: systemActor(job), now: new Date(clock).toISOString(), newId, requestId: "r" };
  const commit: Commit = async <R>(change: Parameters<Commit>[0], reply?: R) => {
    await changes(env).commit({ ...occasion, writes: new Set(commitsOf(["jobs:run"])) }, change);
    return reply as R;
  };
  return { jobs: jobs(env), commit };
}
const records = async () => (await memory(table).jobs({ TABLE_NAME: "t" }).runs(job, { limit: 10 })).items;

/** @param requestId another's than every other's, unless it is tried again */
function run(
  work: (counts: Record<string, number>) => Promise<unknown>,
  given: Partial<RunContext> = {},
  event: unknown = {},
  requestId = `r${(invocations += 1)}`,
) {
  const now = new Date(clock).toISOString();
  const invocation = { actor: systemActor(job), now, newId, requestId };
  // As in the pipelines: Lambda ends what takes too long, and not middy, behind the work's back.
  return middy<unknown, JobRun | undefined, Error, RunContext>({ timeoutEarlyInMillis: 0 })
    .use(runRecord({ job, leaseMs: LEASE_MS, nowMs: () => clock, machineNow: () => new Date(machine).toISOString() }))
    .handler(async (_event, { counts }) => {
      await work(counts);
      return undefined;
    })(event, { ...lambdaContext(), invocation, ports: ports(), counts: {}, ...given } as RunContext);
}

test("a run holds a lease while it works, and leaves its record", async () => {
  const record = await run(async (counts) => {
    expect(await ports().jobs.lease(job)).toMatchObject({ expiresAt: "2026-11-25T12:02:00.000Z" });
    expect(await records()).toMatchObject([{ outcome: "running" }]);
    counts["advanced"] = 2;
    clock += 500;
  });
  expect(record).toMatchObject({ outcome: "succeeded", counts: { advanced: 2 }, durationMs: 500 });
  expect(record).toMatchObject({ endedAt: "2026-11-25T12:00:00.500Z" });
  expect(await records()).toEqual([record]);
  expect(await ports().jobs.lease(job)).toBeUndefined();
  expect(lines).toEqual([
    expect.objectContaining({ code: "job.completed", job, outcome: "succeeded", durationMs: 500 }),
  ]);
});

test("items that failed make it partial, which is an error", async () => {
  const counted = async (counts: Record<string, number>) => void Object.assign(counts, { failed: 1, advanced: 1 });
  expect(await run(counted)).toMatchObject({ outcome: "partial", counts: { failed: 1, advanced: 1 } });
  expect(lines).toMatchObject([{ level: "error", code: "job.partial", job, counts: { failed: 1, advanced: 1 } }]);
});

test("a failed run is recorded with what it did, gives the lease back, and fails", async () => {
  const failing = async (counts: Record<string, number>) => {
    counts["advanced"] = 1;
    throw new OwnError("no more");
  };
  await expect(run(failing)).rejects.toThrow(failure);
  expect(await records()).toMatchObject([{ outcome: "failed", error: "no more", counts: { advanced: 1 } }]);
  expect(await ports().jobs.lease(job)).toBeUndefined();
  expect(lines).toMatchObject([{ level: "error", code: "job.failed", job, message: "no more" }]);
});

test.each([
  ["of another request", "another"],
  ["that Lambda delivers twice, sooner than it tries again what died", "this one"],
])("while another run holds the lease, a run %s is skipped and works on nothing", async (_which, second) => {
  const both = async () => {
    machine += RETRY_MS / 2;
    const skipped = await run(() => Promise.reject(new Error("both at once")), {}, {}, second);
    expect(skipped).toMatchObject({ outcome: "skipped", durationMs: 0 });
  };
  expect(await run(both, {}, {}, "this one")).toMatchObject({ outcome: "succeeded" });
  expect((await records()).map(({ outcome }) => outcome).sort()).toEqual(["skipped", "succeeded"]);
  expect(lines.map(({ level, code }) => [level, code])).toEqual([
    ["info", "job.skipped"],
    ["info", "job.completed"],
  ]);
});

test("a request for a run that comes again finds that it has begun, and works on nothing", async () => {
  const runId = newId("jobRun");
  const waiting = { id: runId, job, startedAt: new Date(clock).toISOString(), outcome: "running", counts: {} } as const;
  await ports().commit({ entities: [created("jobRun", { ...waiting, waiting: true })] });
  const request = { detail: { detail: { runId } } };
  expect(await run(() => Promise.resolve(), {}, request)).toMatchObject({ id: runId, outcome: "succeeded" });
  const again = await run(() => Promise.reject(new Error("twice")), {}, request);
  expect(again).toMatchObject({ id: runId, outcome: "succeeded" });
  expect(lines.map(({ code, runId: of }) => [code, of])).toEqual([
    ["job.completed", runId],
    ["job.skipped", runId],
  ]);
});

test("a lease that ran out belongs to a run that died, and is taken over by one", async () => {
  let over: JobRun | undefined;
  const outlived = run(async () => {
    machine += LEASE_MS;
    over = await run(() => Promise.resolve());
  });
  // It did not die after all: its lease is another's by now, and it may not end what it no longer holds.
  await expect(outlived).rejects.toThrow(failure);
  expect(over).toMatchObject({ outcome: "succeeded" });
  expect(lines.map(({ code }) => code)).toEqual(["job.completed", "job.failed", "job.failed"]);
  // Nobody is told that it runs for ever.
  expect((await records()).map(({ outcome }) => outcome).sort()).toEqual(["failed", "succeeded"]);
});

/** Dies at work: nothing of it is heard again. */
async function died(requestId: string, event: unknown = {}): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const never = (): Promise<never> => {
    resolve(undefined);
    return new Promise(() => undefined);
  };
  void run(never, {}, event, requestId);
  await promise;
}

test("what died is tried again by Lambda, under the same request: it does not meet its own lease", async () => {
  await died("asked once");
  expect(await run(() => Promise.reject(new Error("both at once")))).toMatchObject({ outcome: "skipped" });
  machine += RETRY_MS;
  const again = await run(async (counts) => void (counts["advanced"] = 1), {}, {}, "asked once");
  expect(again).toMatchObject({ outcome: "succeeded", counts: { advanced: 1 } });
  expect((await records()).map(({ outcome }) => outcome).sort()).toEqual(["failed", "skipped", "succeeded"]);
  expect(await ports().jobs.lease(job)).toBeUndefined();
});

test("so is one that was asked for: it is said to have failed, and another is done for whoever asked", async () => {
  const runId = newId("jobRun");
  const requestedBy = "00000000-0000-4000-8000-00000000000a";
  const waiting = { id: runId, job, startedAt: new Date(clock).toISOString(), outcome: "running", counts: {} } as const;
  await ports().commit({ entities: [created("jobRun", { ...waiting, requestedBy, waiting: true })] });
  const request = { detail: { detail: { runId } } };
  await died("asked once", request);
  machine += RETRY_MS;
  const again = await run(() => Promise.resolve(), {}, request, "asked once");
  expect(again).toMatchObject({ outcome: "succeeded", requestedBy });
  expect((await records()).map(({ id, outcome }) => [id === runId, outcome]).sort()).toEqual([
    [false, "succeeded"],
    [true, "failed"],
  ]);
});

test("moving the product's clock ends no lease: whoever holds it is at work all the same", async () => {
  await run(async () => {
    clock += 86_400_000;
    expect(await run(() => Promise.reject(new Error("both at once")))).toMatchObject({ outcome: "skipped" });
  });
});

test("of two that find no lease, the one whose write comes second is skipped", async () => {
  const none = { ...ports(), jobs: { ...ports().jobs, lease: () => Promise.resolve(undefined) } };
  await run(async () => {
    expect(await run(() => Promise.reject(new Error("both at once")), { ports: none })).toMatchObject({
      outcome: "skipped",
    });
  });
});

test("a skipped run whose record was written, though the reply was lost, is skipped", async () => {
  const real = ports();
  const commit: Commit = async (change, reply) => {
    await real.commit(change, reply);
    throw new StaleState(["jobRun"]);
  };
  await run(async () => {
    expect(await run(() => Promise.resolve(), { ports: { ...real, commit } })).toMatchObject({ outcome: "skipped" });
  });
  expect((await records()).map(({ outcome }) => outcome).sort()).toEqual(["skipped", "succeeded"]);
});

test("a skipped run whose record could not be written fails", async () => {
  const broken = { ...ports(), commit: () => Promise.reject(new OwnError("no table")) };
  await run(async () => {
    await expect(run(() => Promise.resolve(), { ports: broken })).rejects.toThrow(failure);
  });
  expect(lines.map(({ code, message }) => [code, message])).toEqual([
    ["job.failed", "no table"],
    ["job.completed", undefined],
  ]);
});

test("a run that cannot begin says so, and fails", async () => {
  const broken = { ...ports(), commit: () => Promise.reject(new OwnError("no table")) };
  await expect(run(() => Promise.resolve(), { ports: broken })).rejects.toThrow(failure);
  expect(lines).toMatchObject([{ level: "error", code: "job.failed", job, message: "no table" }]);
});

test("a lease that could not be written is no lease of another's: the run fails and is not passed over as skipped", async () => {
  const real = ports();
  let commits = 0;
  const commit: Commit = (change, reply) =>
    (commits += 1) === 1 ? Promise.reject(new OwnError("no table")) : real.commit(change, reply);
  await expect(run(() => Promise.resolve(), { ports: { ...real, commit } })).rejects.toThrow(failure);
  expect(lines).toMatchObject([{ level: "error", code: "job.failed", job, message: "no table" }]);
  expect(await records()).toEqual([]);
});

test("a failure is written down also when its record cannot be", async () => {
  const real = ports();
  let commits = 0;
  const commit: Commit = (change, reply) =>
    (commits += 1) === 1 ? real.commit(change, reply) : Promise.reject(new OwnError("no table"));
  const failing = run(() => Promise.reject(new OwnError("first")), { ports: { ...real, commit } });
  await expect(failing).rejects.toThrow(failure);
  expect(lines).toMatchObject([
    { code: "job.failed", message: "first" },
    { code: "job.failed", message: "no table" },
  ]);
});
