import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { startSocialSync } from "#shared/contracts/social";
import { sideBySide } from "#shared/domain/kernel/side-by-side";
import { accountsAsked, toRead } from "#shared/application/social/walk";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  startSocialSync,
  { ...dynamodb, socialQueue: sqsSocialQueue },
  async ({ now }, { detail }, { socialAccounts, socialQueue }) => {
    // Whatever comes twice is read once: who was read a moment ago is not read again. Who waits for a network waits in the queue.
    const hand = toRead({ now, paused: [], asked: true }, socialQueue);
    await sideBySide(accountsAsked(socialAccounts, detail), 32, hand);
  },
);
