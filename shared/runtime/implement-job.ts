import middy from "@middy/core";
import { changed, created, removed } from "#shared/domain/change";
import type { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { ScheduleContract } from "#shared/contracts/contract";
import type { Capability, Granted, Wiring } from "#shared/ports/catalogue";
import { StaleState } from "#shared/ports/changes";
import { type Invocation, realWorld, type World } from "./call.ts";
import { connect, type Connected } from "./connect.ts";
import { systemOccasion } from "./implement-consumer.ts";
import { describeError, log } from "./log.ts";
import { untilDecided } from "./until-decided.ts";

/** What a run did. `failed` counts items that must be looked at; it makes the run `partial`. */
export type JobCounts = Readonly<Record<string, number>>;
/**
 * Works through items one by one. `work` names what it did to an item (counted by that name in the run's record) or
 * gives nothing. An item that changed meanwhile is decided again; one that fails is logged and counted as `failed`,
 * and the others go on.
 */
export type Each = <T>(
  items: AsyncIterable<T>,
  nameOf: (item: T) => string,
  work: (item: T) => Promise<string | undefined>,
) => Promise<void>;

type JobPorts = Granted<"jobs:write">;
const DEFAULT_TIMEOUT_SECONDS = 60;

/**
 * Makes the Lambda handler of a job. A lease keeps two runs apart: the second leaves a record `skipped`. Every run leaves
 * a record with its outcome and counts; a failed one is recorded, then thrown, so that its alarm rings.
 */
export function implementJob<U extends Capability>(
  contract: ScheduleContract<U>,
  wiring: NoInfer<Wiring<U | "jobs:write">>,
  run: (occasion: Invocation, ports: Granted<U>, each: Each) => Promise<void>,
) {
  let connected: Connected | undefined;
  const handler = middy<unknown, JobRun>().handler(async (_event, context) => {
    connected ??= connect<U | "jobs:write">([...contract.uses, "jobs:write"], wiring);
    const occasion = systemOccasion(contract.job, context.awsRequestId);
    const ports = connected.portsFor(occasion) as Granted<U> & JobPorts;
    const leaseMs = (contract.runs?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS) * 1000;
    return runJob(contract.job, leaseMs, occasion, ports, realWorld, (each) => run(occasion, ports, each));
  });
  return Object.assign(handler, { run, contract });
}

const eachOf =
  (job: string, counts: Record<string, number>): Each =>
  async (items, nameOf, work) => {
    for await (const item of items) {
      const outcome = await untilDecided(() => work(item)).catch((error: unknown) => {
        log("job.item_failed", { job, item: nameOf(item), ...describeError(error) });
        return "failed";
      });
      if (outcome !== undefined) counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
  };

/** One run, from lease to record. */
export async function runJob(
  job: string,
  leaseMs: number,
  occasion: Invocation,
  ports: JobPorts,
  world: World,
  work: (each: Each) => Promise<void>,
): Promise<JobRun> {
  const begin = created("jobRun", {
    id: occasion.newId("jobRun"),
    job,
    startedAt: occasion.now,
    outcome: "running",
    counts: {},
  });
  const begun = begin.next;
  const lease = await takeLease(begun, leaseMs, ports);
  if (lease === undefined) {
    const skipped = created("jobRun", { ...begun, outcome: "skipped", endedAt: occasion.now, durationMs: 0 });
    return ports.commit({ entities: [skipped] }, skipped.next);
  }
  const counts: Record<string, number> = {};
  const ended = await work(eachOf(job, counts)).then(
    (): JobRun => ({
      ...begun,
      counts: { ...counts },
      outcome: (counts["failed"] ?? 0) > 0 ? "partial" : "succeeded",
    }),
    (error: unknown): JobRun & { thrown: unknown } => ({
      ...begun,
      outcome: "failed",
      error: sentenceOf(error),
      thrown: error,
    }),
  );
  const endedAt = world.now();
  const { thrown, ...record } = {
    thrown: undefined,
    ...ended,
    endedAt,
    durationMs: Date.parse(endedAt) - Date.parse(begun.startedAt),
  };
  const end = changed("jobRun", begun, record);
  await ports.commit({ entities: [end, removed("jobLease", lease)] }, undefined);
  if (thrown !== undefined) {
    log("job.failed", { job, runId: begun.id, ...describeError(thrown) });
    throw thrown;
  }
  log("job.completed", {
    job,
    runId: begun.id,
    outcome: record.outcome,
    counts: record.counts,
    durationMs: record.durationMs,
  });
  return end.next;
}

/** Undefined while another run holds the lease. A lease that ran out belongs to a run that died. */
async function takeLease(run: JobRun, leaseMs: number, ports: JobPorts): Promise<JobLease | undefined> {
  const held = await ports.jobs.lease(run.job);
  if (held && held.expiresAt > run.startedAt) return undefined;
  const fresh = { job: run.job, runId: run.id, expiresAt: plusMilliseconds(run.startedAt, leaseMs) };
  const taken = held ? changed("jobLease", held, fresh) : created("jobLease", fresh);
  try {
    return await ports.commit({ entities: [taken, created("jobRun", run)] }, taken.next);
  } catch (error) {
    // Another run took it between our read and our write.
    if (error instanceof StaleState) return undefined;
    throw error;
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
