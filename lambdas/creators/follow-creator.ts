import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followCreator } from "#shared/contracts/creators";
import { stepsTo } from "#shared/domain/matching/follow-creator";
import { factsOf } from "#shared/application/matching/creator-facts";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  followCreator,
  dynamodb,
  async ({ now }, { detail: { userId } }, { creatorCards, commit, ...ports }) => {
    // The card first: what is read after it is as new as what it was made of, at least.
    const card = await creatorCards.get(userId);
    const steps = stepsTo(card, await factsOf(userId, ports), now);

    for (const step of steps) await commit(step);
  },
);
