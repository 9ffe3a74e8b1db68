import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { followPayoutAccounts } from "#shared/contracts/payouts";
import { accountToFollow, followAccount, lookedAt } from "#shared/domain/payouts/follow-account";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  followPayoutAccounts,
  { ...dynamodb, connectedAccounts: stripeConnectedAccounts },
  async ({ now }, { detail }, { payoutAccounts, connectedAccounts, commit }) => {
    const failedFor = async (creatorId: string) => {
      const known = await payoutAccounts.get(creatorId);
      return known && lookedAt(known, await connectedAccounts.retrieve(known.processorAccountId), now);
    };
    const told = async (accountId: string | undefined) => {
      const atProcessor = accountId === undefined ? undefined : await connectedAccounts.retrieve(accountId);
      if (atProcessor?.creatorId === undefined) return undefined;
      const known = await payoutAccounts.get(atProcessor.creatorId);
      return followAccount(atProcessor.creatorId, known, atProcessor, now);
    };

    const followed = await ("payoutId" in detail ? failedFor(detail.creatorId) : told(accountToFollow(detail)));

    if (followed?.change) await commit(followed.change);
  },
);
