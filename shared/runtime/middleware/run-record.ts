import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { changed, created, removed, type Written } from "#shared/domain/change";
import { type FailedItem, type JobLease, type JobRun, MAX_FAILURES } from "#shared/domain/jobs/job-run";
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import { known } from "#shared/domain/kernel/refusal";
import type { Granted } from "#shared/ports/catalogue";
import { StaleState } from "#shared/ports/changes";
import type { Invocation, JobInvocation } from "../call.ts";
import { describeError, sentenceOf } from "../describe-error.ts";
import { log } from "../log.ts";
import { requestedRunOf, scheduledAtOf } from "../run-event.ts";
import { failureOf } from "./failure-log.ts";

export interface RunContext extends Context {
  /** By the pipeline, before this middleware. */
  invocation: JobInvocation;
  ports: Granted<"jobs:run">;
  /** What the run did so far, by name. `failed` counts items that must be looked at; it makes the run `partial`. */
  counts: Record<string, number>;
  /** Items that failed, with their reasons. */
  failures?: FailedItem[];
  /** The item that it dealt with last. */
  reached?: string;
  /** By this middleware; missing until the run has begun. */
  begun: JobRun;
  lease: JobLease;
}

export interface RunRecordProps {
  readonly job: string;
  /** How long a run may take; then its lease has run out, and it is known to be dead. */
  readonly leaseMs: number;
  /** By the product's clock, milliseconds since 1970. */
  readonly nowMs: () => number;
  /** By the machine's: how long a lease holds is how long a process may live. */
  readonly machineNow: () => Instant;
}

/**
 * Every run of a job leaves a record with its outcome and counts. A lease keeps two runs apart: the second one is
 * `skipped`. A run that an admin asked for is on record already, and begins once. A failed run is recorded, then fails, so that its alarm rings.
 */
export function runRecord(props: RunRecordProps): MiddlewareObj<unknown, JobRun, Error, RunContext> {
  const { job, nowMs } = props;
  const ended = async (context: RunContext, end: Pick<JobRun, "outcome" | "error" | "reached">): Promise<JobRun> => {
    const { begun, lease, counts, failures = [], ports } = context;
    const endedAtMs = nowMs();
    const record = changed("jobRun", begun, {
      ...begun,
      ...end,
      counts: { ...counts },
      ...(failures.length > 0 && { failures: failures.slice(0, MAX_FAILURES) }),
      endedAt: new Date(endedAtMs).toISOString(),
      durationMs: endedAtMs - Date.parse(begun.startedAt),
    });
    await ports.commit({ entities: [record, removed("jobLease", lease)] });
    return record.next;
  };
  return {
    before: async ({ event, context }) => {
      const { invocation, ports } = context;
      const runId = requestedRunOf(event);
      const asked = runId === undefined ? undefined : known(await ports.jobs.run(job, runId), "run that was asked for");
      const held = await ports.jobs.lease(job);
      if (asked && !asked.waiting && !isTriedAgain(held, invocation, props)) return delivered(asked);
      const begun = begunOf(asked, invocation, { job, ...scheduledAtOf(event) });
      const lease = await takeLease(begun, held, props, context);
      if (lease === undefined) return skipped(begun, context);
      Object.assign(context, { begun: begun.next, lease });
      return undefined;
    },
    after: async (request) => {
      const { failed = 0 } = request.context.counts;
      const record = await ended(request.context, { outcome: failed > 0 ? "partial" : "succeeded" });
      const { id: runId, outcome, counts, durationMs } = record;
      log(outcome === "succeeded" ? "job.completed" : "job.partial", { job, runId, outcome, counts, durationMs });
      request.response = record;
    },
    onError: async (request) => {
      const { context, error } = request;
      const saying = (failure: unknown): void =>
        log("job.failed", { job, runId: context.begun?.id, ...describeError(failure) });
      // Before the record, which may fail for the same reason.
      saying(error);
      request.error = failureOf("job.failed");
      // A run that did not begin has nothing to end.
      if (context.begun === undefined) return;
      const reached = context.reached === undefined ? {} : { reached: context.reached };
      await ended(context, { outcome: "failed", error: sentenceOf(error), ...reached }).catch(saying);
    },
  };
}

/** The run that was asked for, or a new one: of the schedule's, or in place of one that was asked for and died. */
function begunOf(
  asked: JobRun | undefined,
  { now, newId }: Invocation,
  scheduled: Pick<JobRun, "job" | "scheduledAt">,
): Written<"jobRun"> {
  if (asked?.waiting) {
    const { waiting: _over, ...run } = asked;
    return changed("jobRun", asked, { ...run, startedAt: now });
  }
  const { requestedBy } = asked ?? {};
  const started = { id: newId("jobRun"), startedAt: now, outcome: "running" as const, counts: {} };
  return created("jobRun", { ...started, ...scheduled, ...(requestedBy !== undefined && { requestedBy }) });
}

async function skipped(
  begun: Written<"jobRun">,
  { invocation: { now }, ports }: Pick<RunContext, "invocation" | "ports">,
): Promise<JobRun> {
  const next: JobRun = { ...begun.next, outcome: "skipped", endedAt: now, durationMs: 0 };
  const written = begun.was ? changed("jobRun", begun.was, next) : created("jobRun", next);
  await ports.commit({ entities: [written] }).catch(ignoreOwnWrite);
  log("job.skipped", { job: next.job, runId: next.id });
  return written.next;
}

/** A request that comes again finds that its run has begun: nothing is done a second time. */
function delivered(run: JobRun): JobRun {
  log("job.skipped", { job: run.job, runId: run.id });
  return run;
}

/** Nobody else writes a record under a fresh id: one that is there already is this very write, whose reply was lost. */
function ignoreOwnWrite(error: unknown): void {
  if (!(error instanceof StaleState)) throw error;
}

/** A run that died has said nothing; whoever takes its lease over says it, or it would be called running for ever. */
function endOf(dead: JobRun | undefined, now: Instant): Written<"jobRun">[] {
  if (dead?.outcome !== "running") return [];
  const error = "It was not heard of again: its process died, or outlived its time";
  const durationMs = Date.parse(now) - Date.parse(dead.startedAt);
  return [changed("jobRun", dead, { ...dead, outcome: "failed", error, endedAt: now, durationMs })];
}

/** Lambda waits a minute after an attempt that failed; less what two machines' clocks may be apart. */
const TRIED_AGAIN_AFTER_MS = 55_000;

/**
 * Whether this is what Lambda does about a run that died: it tries an asynchronous request again under the same id. What comes
 * sooner is delivered twice, and the first one is at work. Sources: Lambda developer guide, "How Lambda handles errors and
 * retries with asynchronous invocation"; AWS re:Post, "How do I prevent duplicate Lambda function invocations?".
 */
function isTriedAgain(
  held: JobLease | undefined,
  { requestId }: Invocation,
  { leaseMs, machineNow }: RunRecordProps,
): boolean {
  if (held?.requestId !== requestId) return false;
  return machineNow() >= plusMilliseconds(held.expiresAt, TRIED_AGAIN_AFTER_MS - leaseMs);
}

/** Undefined while another run holds the lease. A lease that ran out, or was taken under this request, belongs to a run that died. */
async function takeLease(
  begun: Written<"jobRun">,
  held: JobLease | undefined,
  props: RunRecordProps,
  { invocation, ports }: Pick<RunContext, "invocation" | "ports">,
): Promise<JobLease | undefined> {
  const { id: runId, job } = begun.next;
  const now = props.machineNow();
  if (held && held.expiresAt > now && !isTriedAgain(held, invocation, props)) return undefined;
  const fresh = { job, runId, requestId: invocation.requestId, expiresAt: plusMilliseconds(now, props.leaseMs) };
  const taken = held ? changed("jobLease", held, fresh) : created("jobLease", fresh);
  const dead = held && (await ports.jobs.run(job, held.runId));
  try {
    return await ports.commit({ entities: [taken, begun, ...endOf(dead, begun.next.startedAt)] }, taken.next);
  } catch (error) {
    // Another run took it between our read and our write.
    if (error instanceof StaleState) return undefined;
    throw error;
  }
}
