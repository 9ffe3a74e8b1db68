import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCreators } from "#shared/contracts/creators";
import { publicProfile } from "#shared/domain/matching/public-profile";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listCreators, dynamodb, async ({ query, page }, { creators }) => {
  const { items, ...rest } = await creators.find(query, page);

  return { ...rest, items: items.map(publicProfile) };
});
