import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { payOutCreators } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { payableStateOf } from "#shared/domain/payouts/payable-state";
import { payoutIdOf } from "#shared/domain/payouts/start-run";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  payOutCreators,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  ({ detail: { runId, creatorIds } }) => creatorIds.map((creatorId) => ({ runId, creatorId })),
  async (invocation, { runId, creatorId }, { payouts, commit, ...sources }) => {
    const id = payoutIdOf(runId, creatorId);
    const existing = await payouts.get(id);
    const state = await payableStateOf(creatorId, sources);

    const change = payOut(state, { id, runId, existing }, invocation);

    if (change) await commit(change);
  },
);
