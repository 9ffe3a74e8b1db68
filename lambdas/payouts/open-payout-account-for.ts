import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { openPayoutAccountFor } from "#shared/contracts/payouts";
import { found } from "#shared/domain/kernel/refusal";
import { openAccount } from "#shared/domain/payouts/open-account";
import { userRefusals } from "#shared/domain/users/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openPayoutAccountFor,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async (call, { commit, ...sources }) => {
    const { id } = found(await sources.accounts.get(call.path.userId), userRefusals.notFound);

    const { change, view } = await openAccount(id, sources, call);

    return change ? commit(change, view) : view;
  },
);
