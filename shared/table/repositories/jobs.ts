import { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import type { Jobs } from "#shared/ports/jobs";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { newestFirst, pageOf, parsed } from "./pages.ts";

export const storedJobs = (table: TableEngine): Jobs => ({
  lease: async (job) => parsed(JobLease, await table.get(itemKey(items.jobLease, { job }))),
  run: async (job, id) => parsed(JobRun, await table.get(itemKey(items.jobRun, { job, id }))),
  runs: (job, page) => pageOf(table, newestFirst(listing(items.jobRun, { job })), JobRun, page),
});
