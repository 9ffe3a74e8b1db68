import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followMailFeedback } from "#shared/contracts/notifications";
import { suppress } from "#shared/domain/notifications/mail/suppress";
import { stoppedBy } from "#shared/domain/notifications/mail/suppression";
import { implementQueue } from "#shared/runtime/implement-consumer";

export const handler = implementQueue(
  followMailFeedback,
  dynamodb,
  async ({ now }, event, { mailSuppressions, commit }) => {
    for (const stopped of stoppedBy(event)) {
      const change = suppress(stopped, await mailSuppressions.of(stopped.address), now);
      if (change) await commit(change);
    }
  },
);
