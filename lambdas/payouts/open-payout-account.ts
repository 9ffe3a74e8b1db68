import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { openPayoutAccount } from "#shared/contracts/payouts";
import { openAccount } from "#shared/domain/payouts/open-account";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openPayoutAccount,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async (call, { commit, ...sources }) => {
    const { change, view } = await openAccount(call.actor.userId, sources, call);

    return change ? commit(change, view) : view;
  },
);
