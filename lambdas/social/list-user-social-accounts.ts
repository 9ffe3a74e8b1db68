import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listUserSocialAccounts } from "#shared/contracts/social";
import { found } from "#shared/domain/kernel/refusal";
import { socialAccountView } from "#shared/domain/social/view";
import { userRefusals } from "#shared/domain/users/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listUserSocialAccounts,
  dynamodb,
  async ({ path: { userId }, page }, { accounts, socialAccounts }) => {
    found(await accounts.get(userId), userRefusals.notFound);
    const listed = await socialAccounts.page(userId, page);

    return { ...listed, items: listed.items.map(socialAccountView) };
  },
);
