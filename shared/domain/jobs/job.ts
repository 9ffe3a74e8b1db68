import type { Instant } from "../kernel/time.ts";
import type { JobName, JobRun } from "./job-run.ts";
import { type JobSchedule, nextRunAt } from "./schedule.ts";

/** A job as admins see it. */
export interface JobView {
  readonly name: JobName;
  readonly schedule: string;
  readonly timeZone: string;
  readonly nextRunAt: Instant;
  readonly lastRun?: JobRun;
}

/** @param latest its latest runs, newest first */
export function jobView(
  { name, expression, timeZone }: JobSchedule & { readonly name: JobName },
  latest: readonly JobRun[],
  now: Instant,
): JobView {
  const [lastRun] = latest;
  const byClock = latest.find(({ requestedBy }) => requestedBy === undefined);
  return {
    name,
    schedule: expression,
    timeZone,
    nextRunAt: nextRunAt({ expression, timeZone }, now, byClock?.scheduledAt ?? byClock?.startedAt),
    ...(lastRun && { lastRun }),
  };
}
