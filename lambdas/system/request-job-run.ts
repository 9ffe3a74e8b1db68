import { dynamodb } from "#shared/adapters/dynamodb/index";
import { requestJobRun } from "#shared/contracts/system";
import { requestRun } from "#shared/domain/jobs/request-run";
import { implement } from "#shared/runtime/implement";

export const handler = implement(requestJobRun, dynamodb, (call, { commit }) => {
  const { change, run } = requestRun(call.path.job, call);

  return commit(change, run);
});
