import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listJobRuns } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listJobRuns, dynamodb, ({ path, page }, { jobs }) => jobs.runs(path.job, page));
