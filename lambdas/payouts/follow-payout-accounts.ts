import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { followPayoutAccounts } from "#shared/contracts/payouts";
import { accountToFollow, followAccount } from "#shared/domain/payouts/follow-account";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  followPayoutAccounts,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async ({ now }, { detail }, { payoutAccounts, connectedAccounts, commit }) => {
    const accountId = accountToFollow(detail);
    if (accountId === undefined) return;
    const atProcessor = await connectedAccounts.retrieve(accountId);
    if (atProcessor?.creatorId === undefined) return;
    const known = await payoutAccounts.get(atProcessor.creatorId);

    const { change } = followAccount(atProcessor.creatorId, known, atProcessor, now);

    if (change) await commit(change);
  },
);
