import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { getPayoutAccount } from "#shared/contracts/payouts";
import { found } from "#shared/domain/kernel/refusal";
import { accountView, lookedAt } from "#shared/domain/payouts/follow-account";
import { payoutRefusals } from "#shared/domain/payouts/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getPayoutAccount,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async ({ actor: { userId }, now }, { payoutAccounts, connectedAccounts, commit }) => {
    const known = found(await payoutAccounts.get(userId), payoutRefusals.accountNotFound);
    const atProcessor = await connectedAccounts.retrieve(known.processorAccountId);

    const { change, account } = lookedAt(known, atProcessor, now);

    const view = await accountView(account, atProcessor && connectedAccounts);
    return change ? commit(change, view) : view;
  },
);
