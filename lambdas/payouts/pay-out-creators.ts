import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { payOutCreators } from "#shared/contracts/payouts";
import { payOut } from "#shared/domain/payouts/pay-out";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  payOutCreators,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  ({ detail: { runId, creatorIds } }) => creatorIds.map((creatorId) => ({ runId, creatorId })),
  async (invocation, creatorsRun, ports) => {
    await payOut(creatorsRun, ports, invocation);
  },
);
