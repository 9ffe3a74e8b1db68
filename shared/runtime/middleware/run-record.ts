import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { changed, created, removed } from "#shared/domain/change";
import type { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { Granted } from "#shared/ports/catalogue";
import { StaleState } from "#shared/ports/changes";
import type { Occasion } from "../call.ts";
import { describeError, log } from "../log.ts";

export interface RunContext extends Context {
  /** By the pipeline, before this middleware. */
  occasion: Occasion;
  ports: Granted<"jobs:write">;
  /** What the run did so far, by name. `failed` counts items that must be looked at; it makes the run `partial`. */
  counts: Record<string, number>;
  /** By this middleware. */
  begun: JobRun;
  lease: JobLease;
}

export interface RunRecordProps {
  readonly job: string;
  /** How long a run may take; then its lease has run out, and it is known to be dead. */
  readonly leaseMs: number;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/**
 * Every run of a job leaves a record with its outcome and counts. A lease keeps two runs apart: the second one is
 * `skipped`. A failed run is recorded, then fails, so that its alarm rings.
 */
export function runRecord({ job, leaseMs, nowMs }: RunRecordProps): MiddlewareObj<unknown, JobRun, Error, RunContext> {
  const ended = async (context: RunContext, end: Pick<JobRun, "outcome" | "error">): Promise<JobRun> => {
    const { begun, lease, counts, ports } = context;
    const endedAtMs = nowMs();
    const record: JobRun = {
      ...begun,
      ...end,
      counts: { ...counts },
      endedAt: new Date(endedAtMs).toISOString(),
      durationMs: endedAtMs - Date.parse(begun.startedAt),
    };
    const written = changed("jobRun", begun, record);
    await ports.commit({ entities: [written, removed("jobLease", lease)] });
    return record;
  };
  return {
    before: async ({ context }) => {
      const { occasion, ports } = context;
      const run: JobRun = {
        id: occasion.newId("jobRun"),
        job,
        startedAt: occasion.now,
        outcome: "running",
        counts: {},
        version: 1,
      };
      const lease = await takeLease(run, leaseMs, ports);
      if (lease !== undefined) {
        Object.assign(context, { begun: run, lease });
        return undefined;
      }
      const skipped: JobRun = { ...run, outcome: "skipped", endedAt: occasion.now, durationMs: 0 };
      return ports.commit({ entities: [created("jobRun", skipped)] }, skipped);
    },
    after: async (request) => {
      const { failed = 0 } = request.context.counts;
      const record = await ended(request.context, { outcome: failed > 0 ? "partial" : "succeeded" });
      const { id: runId, outcome, counts, durationMs } = record;
      log("job.completed", { job, runId, outcome, counts, durationMs });
      request.response = record;
    },
    onError: async ({ context, error }) => {
      // A run that did not begin has nothing to end.
      if (context.begun === undefined) return;
      await ended(context, { outcome: "failed", error: error instanceof Error ? error.message : String(error) });
      log("job.failed", { job, runId: context.begun.id, ...describeError(error) });
    },
  };
}

/** Undefined while another run holds the lease. A lease that ran out belongs to a run that died. */
async function takeLease(run: JobRun, leaseMs: number, ports: Granted<"jobs:write">): Promise<JobLease | undefined> {
  const held = await ports.jobs.lease(run.job);
  if (held && held.expiresAt > run.startedAt) return undefined;
  const fresh: JobLease = {
    job: run.job,
    runId: run.id,
    expiresAt: plusMilliseconds(run.startedAt, leaseMs),
    version: 1,
  };
  const taken = held ? changed("jobLease", held, fresh) : created("jobLease", fresh);
  try {
    await ports.commit({ entities: [taken, created("jobRun", run)] });
    return held ? { ...fresh, version: held.version + 1 } : fresh;
  } catch (error) {
    // Another run took it between our read and our write.
    if (error instanceof StaleState) return undefined;
    throw error;
  }
}
