import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getMe } from "#shared/contracts/users";
import { knownAccount } from "#shared/domain/users/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getMe, dynamodb, async ({ actor }, { accounts }) =>
  knownAccount(await accounts.get(actor.userId)),
);
