import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { openPayoutAccount } from "#shared/contracts/payouts";
import { accountView, holderOf, takeAccount } from "#shared/domain/payouts/follow-account";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openPayoutAccount,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async ({ actor: { userId }, now }, { accounts, payoutAccounts, connectedAccounts, commit }) => {
    const known = await payoutAccounts.get(userId);
    // Stripe forgets after a day what it was asked for under a key: an account that is known is not opened again.
    const instead = known?.processorAccountId;
    const inSight = instead === undefined ? undefined : await connectedAccounts.retrieve(instead);
    const atProcessor = inSight ?? (await connectedAccounts.open({ ...holderOf(await accounts.get(userId)), instead }));

    const { change, account } = takeAccount(userId, known, atProcessor, now);

    const view = await accountView(account, connectedAccounts);
    return change ? commit(change, view) : view;
  },
);
