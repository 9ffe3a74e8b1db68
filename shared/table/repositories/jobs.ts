import { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import type { Jobs } from "#shared/ports/jobs";
import type { TableEngine } from "#shared/table/engine";
import { keys, patterns } from "#shared/table/keys";
import { inTable, pageOf, parsed } from "./pages.ts";

export const storedJobs = (table: TableEngine): Jobs => ({
  lease: async (job) => parsed(JobLease, await table.get(keys.jobLease(job))),
  run: async (job, runId) => parsed(JobRun, await table.get(keys.jobRun(job, runId))),
  runs: (job, page) => pageOf(table, inTable(patterns.runsOfJob(job), true), JobRun, page),
});
