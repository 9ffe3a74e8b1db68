import { dynamodb } from "#shared/adapters/dynamodb/index";
import { resumePayouts } from "#shared/contracts/payouts";
import { MOST_RESUMED, resumed } from "#shared/domain/payouts/resume";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  resumePayouts,
  dynamodb,
  async ({ now }, { detail: { userId } }, { payouts, commit }) => {
    const { items } = await payouts.ofCreator(userId, { limit: MOST_RESUMED });

    await untilEachDecided(items, async ({ id }) => {
      const payout = await payouts.get(id);
      const change = payout && resumed(payout, now);
      if (change) await commit(change);
    });
  },
);
