import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { requestPayout } from "#shared/contracts/payouts";
import { MOST_EARNINGS, requestPayout as decide } from "#shared/domain/payouts/request-payout";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  requestPayout,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  async (call, { wallets, payoutAccounts, earnings, payoutRules: { minimums }, commit }) => {
    const { userId } = call.actor;
    const wallet = await wallets.get(userId);
    const account = await payoutAccounts.get(userId);
    const payable = await earnings.payable(userId, MOST_EARNINGS);

    const asked = { id: call.newId("payout"), amount: call.body.amount };
    const { change, payout } = decide({ wallet, account, earnings: payable, minimums }, asked, call);

    return commit(change, payout);
  },
);
