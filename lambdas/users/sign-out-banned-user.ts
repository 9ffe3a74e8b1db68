import { cognitoSessions } from "#shared/adapters/cognito/sessions";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { signOutBannedUser } from "#shared/contracts/users";
import { knownAccount } from "#shared/domain/users/access";
import { bannedOf } from "#shared/domain/users/suspension";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  signOutBannedUser,
  { ...dynamodb, userPoolSessions: cognitoSessions },
  async (_invocation, { detail }, { accounts, userPoolSessions }) => {
    // A ban that is over by now leaves whoever has signed in since alone.
    const banned = bannedOf([knownAccount(await accounts.get(detail.userId))]);

    for (const { id } of banned) await userPoolSessions.end(id);
  },
);
