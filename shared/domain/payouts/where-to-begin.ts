import type { JobName, JobRun } from "../jobs/job-run.ts";

/** The daily job that pays everybody. */
export const DAILY_JOB = "run-payouts" satisfies JobName;

/** Runs that are looked back at: each day has one, and its retries. */
const RUNS_LOOKED_AT = 20;

/**
 * After which creator a walk over everybody begins: where the last run of the daily job came to its time's end, so that whoever
 * is last in the order of creators is not last every day. From the beginning after one that came to the end of them.
 *
 * @param runs of the daily job, newest first
 */
export const whereToBegin = (runs: readonly JobRun[]): string | undefined =>
  runs.find(({ outcome, reached }) => reached !== undefined || outcome === "succeeded" || outcome === "partial")
    ?.reached;

/** The same, by the runs that are on record. */
export async function whereNextBegins(jobs: {
  runs(job: JobName, page: { readonly limit: number }): Promise<{ readonly items: readonly JobRun[] }>;
}): Promise<string | undefined> {
  return whereToBegin((await jobs.runs(DAILY_JOB, { limit: RUNS_LOOKED_AT })).items);
}
