import { dynamodb } from "#shared/adapters/dynamodb/index";
import { startPayoutRun } from "#shared/contracts/payouts";
import { someOf } from "#shared/domain/kernel/some-of";
import { MOST_IN_A_RUN, startRun } from "#shared/domain/payouts/start-run";
import { whereNextBegins } from "#shared/domain/payouts/where-to-begin";
import { implement } from "#shared/runtime/implement";

export const handler = implement(startPayoutRun, dynamodb, async (call, { earnings, jobs, commit }) => {
  const creatorIds = await someOf(earnings.payableCreators(await whereNextBegins(jobs)), MOST_IN_A_RUN);

  const { change, run } = startRun(creatorIds, call);

  return commit(change, run);
});
