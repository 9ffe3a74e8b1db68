import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { payOutCreators } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { payoutIdOf } from "#shared/domain/payouts/start-run";
import { MOST_EARNINGS } from "#shared/domain/payouts/request-payout";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  payOutCreators,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  ({ detail: { runId, creatorIds } }) => creatorIds.map((creatorId) => ({ runId, creatorId })),
  async (invocation, { runId, creatorId }, { wallets, payoutAccounts, earnings, payouts, payoutRules, commit }) => {
    const id = payoutIdOf(runId, creatorId);
    const existing = await payouts.get(id);
    const wallet = await wallets.get(creatorId);
    const account = await payoutAccounts.get(creatorId);
    const payable = await earnings.payable(creatorId, MOST_EARNINGS);
    const { minimums } = payoutRules;

    const change = payOut({ wallet, account, earnings: payable, minimums }, { id, runId, existing }, invocation);

    if (change) await commit(change);
  },
);
