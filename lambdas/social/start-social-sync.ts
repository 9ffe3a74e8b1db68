import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { startSocialSync } from "#shared/contracts/social";
import { syncAsked } from "#shared/domain/social/request-sync";
import { accountsAsked } from "#shared/application/social/walk";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  startSocialSync,
  { ...dynamodb, socialQueue: sqsSocialQueue },
  async (_invocation, { detail }, { socialAccounts, socialQueue }) => {
    // Whatever comes twice is read once: who was read a moment ago is not read again.
    for await (const name of accountsAsked(socialAccounts, detail)) await socialQueue.send(syncAsked(name));
  },
);
