import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedJobs } from "#shared/table/repositories/jobs";
import { listJobRuns } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listJobRuns, { table: dynamoTable, jobs: storedJobs }, ({ path, page }, { jobs }) =>
  jobs.runs(path.job, page),
);
