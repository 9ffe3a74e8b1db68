import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreator } from "#shared/contracts/users";
import { publicProfile } from "#shared/domain/users/public-profile";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getCreator, dynamodb, async ({ path }, { accounts }) =>
  publicProfile(await accounts.get(path.creatorId)),
);
