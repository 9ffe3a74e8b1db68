import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { openPayoutAccount } from "#shared/contracts/payouts";
import { followAccount } from "#shared/domain/payouts/follow-account";
import { knownAccount } from "#shared/domain/users/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openPayoutAccount,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async ({ actor: { userId }, now }, { accounts, payoutAccounts, connectedAccounts, commit }) => {
    const { email } = knownAccount(await accounts.get(userId));
    const known = await payoutAccounts.get(userId);
    const atProcessor = await connectedAccounts.open({ creatorId: userId, email });

    const { change, account } = followAccount(userId, known, atProcessor, now);

    const onboarding = account.payoutsEnabled
      ? {}
      : { onboardingUrl: await connectedAccounts.onboardingUrl(account.processorAccountId) };
    const view = { ...account, ...onboarding };
    return change ? commit(change, view) : view;
  },
);
