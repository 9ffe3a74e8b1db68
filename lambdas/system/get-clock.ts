import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getClock } from "#shared/contracts/system";
import { faceOf } from "#shared/domain/clock/test-clock";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getClock, dynamodb, async ({ receivedAt }, { testClock }) =>
  faceOf(await testClock.get(), receivedAt),
);
