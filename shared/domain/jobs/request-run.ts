import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { JobName, JobRun } from "./job-run.ts";

/**
 * Asks for a run of a job beside its schedule. The run is on record from now on; the bus hands its event to the job, whose
 * lease keeps it apart from any other run.
 */
export function requestRun(
  job: JobName,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly run: JobRun } {
  const request = created("jobRun", {
    id: newId("jobRun"),
    job,
    startedAt: now,
    outcome: "running",
    counts: {},
    requestedBy: actor.userId,
    waiting: true,
  });
  const { id: runId } = request.next;
  const change: Change = {
    entities: [request],
    events: [{ type: "job.run_requested", detail: { job, runId } }],
    audit: {
      action: "job.run_requested",
      resource: { type: "job", id: job },
      changes: [{ field: "run", before: null, after: runId }],
    },
  };
  return { change, run: request.next };
}
