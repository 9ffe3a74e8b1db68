import { dynamodb } from "#shared/adapters/dynamodb/index";
import { moveClock } from "#shared/contracts/system";
import { advanceClock } from "#shared/domain/clock/advance-clock";
import { implement } from "#shared/runtime/implement";

export const handler = implement(moveClock, dynamodb, async ({ body, receivedAt }, { testClock, commit }) => {
  const clock = await testClock.get();

  const { change, face } = advanceClock(clock, body.offsetSeconds, receivedAt);

  return change ? commit(change, face) : face;
});
