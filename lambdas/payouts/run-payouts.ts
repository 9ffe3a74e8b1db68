import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { runPayouts } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { dailyRunId, payoutIdOf } from "#shared/domain/payouts/start-run";
import { DAILY_JOB, RUNS_LOOKED_AT, whereToBegin } from "#shared/domain/payouts/where-to-begin";
import { MOST_EARNINGS } from "#shared/domain/payouts/request-payout";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  runPayouts,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  async (invocation, { wallets, payoutAccounts, earnings, payouts, payoutRules, jobs, commit }, each) => {
    const runId = dailyRunId(invocation.now);
    const { items: runs } = await jobs.runs(DAILY_JOB, { limit: RUNS_LOOKED_AT });
    await each(earnings.payableCreators(whereToBegin(runs)), String, async (creatorId) => {
      const id = payoutIdOf(runId, creatorId);
      const existing = await payouts.get(id);
      const wallet = await wallets.get(creatorId);
      const account = await payoutAccounts.get(creatorId);
      const payable = await earnings.payable(creatorId, MOST_EARNINGS);
      const { minimums } = payoutRules;

      const change = payOut({ wallet, account, earnings: payable, minimums }, { id, runId, existing }, invocation);

      return change && (await commit(change, "requested"));
    });
  },
);
