import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listSocialAccounts } from "#shared/contracts/social";
import { socialAccountView } from "#shared/domain/social/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listSocialAccounts, dynamodb, async ({ actor, page }, { socialAccounts }) => {
  const listed = await socialAccounts.page(actor.userId, page);

  return { ...listed, items: listed.items.map(socialAccountView) };
});
