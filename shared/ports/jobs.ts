import type { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import type { Page, PageRequest } from "./page.ts";

export interface Jobs {
  lease(job: string): Promise<JobLease | undefined>;
  /** Strongly consistent. */
  run(job: string, runId: string): Promise<JobRun | undefined>;
  /** Newest first. */
  runs(job: string, page: PageRequest): Promise<Page<JobRun>>;
}
