import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getMe } from "#shared/contracts/users";
import { found } from "#shared/domain/kernel/refusal";
import { userRefusals } from "#shared/domain/users/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getMe, dynamodb, async ({ actor }, { accounts }) =>
  found(await accounts.get(actor.userId), userRefusals.notFound),
);
