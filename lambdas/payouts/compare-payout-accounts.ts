import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayoutProcessor } from "#shared/adapters/stripe/payout-processor";
import { comparePayoutAccounts } from "#shared/contracts/payouts";
import { type AccountInUse, accountsOf, MOST_ON_ACCOUNT, standingOf } from "#shared/domain/payouts/account-standing";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const idOf = ({ processorAccountId }: AccountInUse): string => processorAccountId;

export const handler = implementJob(
  comparePayoutAccounts,
  { ...dynamodb, payoutProcessor: stripePayoutProcessor },
  async (_invocation, { payouts, payoutProcessor }, each) => {
    const payoutsOf = async (creatorId: string) => {
      const { items } = await payouts.ofCreator(creatorId, { limit: MOST_ON_ACCOUNT });
      return [...items, ...(await payouts.short(creatorId))];
    };
    const compare = async (account: AccountInUse): Promise<string> => {
      const before = await payoutsOf(account.creatorId);
      const held = await payoutProcessor.heldOn(account.processorAccountId);
      const after = await payoutsOf(account.creatorId);

      const standing = standingOf({ ...account, before, held, after });

      if (standing.is === "differs") log("payout_account.differs", { ...account, ...standing });
      return standing.is;
    };
    await each(accountsOf(await payouts.underWay()), idOf, compare, { atOnce: 16 });
  },
);
