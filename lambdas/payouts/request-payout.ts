import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredPayoutRules } from "#shared/adapters/settings/payout-rules";
import { requestPayout } from "#shared/contracts/payouts";
import { payableStateOf } from "#shared/domain/payouts/payable-state";
import { requestPayout as decide } from "#shared/domain/payouts/request-payout";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  requestPayout,
  { ...dynamodb, payoutRules: configuredPayoutRules },
  async (call, { commit, ...sources }) => {
    const state = await payableStateOf(call.actor.userId, sources);

    const asked = { id: call.newId("payout"), amount: call.body.amount };
    const { change, payout } = decide(state, asked, call);

    return commit(change, payout);
  },
);
