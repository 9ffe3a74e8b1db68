import { dynamodb } from "#shared/adapters/dynamodb/index";
import { forgetSocialDays } from "#shared/contracts/social";
import { everyDay, forgotten } from "#shared/domain/social/days";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  forgetSocialDays,
  dynamodb,
  async (_invocation, { detail: { userId, platform }, at }, { socialDays, commit }) => {
    const days = await socialDays.ofPerson(userId, { ...everyDay, platform });

    // What came after belongs to a connection that was made since.
    for (const change of forgotten(days, at)) await commit(change);
  },
);
