import { dynamodb } from "#shared/adapters/dynamodb/index";
import { forgetSocialDays } from "#shared/contracts/social";
import { everyDay, forgotten } from "#shared/domain/social/days";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  forgetSocialDays,
  dynamodb,
  async (_invocation, { detail: { userId, platform }, at }, { socialAccounts, socialDays, commit }) => {
    const days = await socialDays.ofPerson(userId, { ...everyDay, platform });

    // Whatever is of a connection that was made since stays, also one that began before.
    const connected = await socialAccounts.get(userId, platform);
    for (const change of forgotten(days, connected, at)) await commit(change);
  },
);
