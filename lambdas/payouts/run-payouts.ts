import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { runPayouts } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { payableStateOf } from "#shared/domain/payouts/payable-state";
import { dailyRunId, payoutIdOf } from "#shared/domain/payouts/start-run";
import { whereNextBegins } from "#shared/domain/payouts/where-to-begin";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  runPayouts,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  async (invocation, { payouts, jobs, commit, ...sources }, each) => {
    const runId = dailyRunId(invocation.now);
    const creators = sources.earnings.payableCreators(await whereNextBegins(jobs));
    await each(creators, String, async (creatorId) => {
      const id = payoutIdOf(runId, creatorId);
      const existing = await payouts.get(id);
      const state = await payableStateOf(creatorId, sources);

      const change = payOut(state, { id, runId, existing }, invocation);

      return change && (await commit(change, "requested"));
    });
  },
);
