import { dynamodb } from "#shared/adapters/dynamodb/index";
import { setNotificationPreferences } from "#shared/contracts/notifications";
import { prefer } from "#shared/domain/notifications/prefer";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  setNotificationPreferences,
  dynamodb,
  async ({ actor, body, now }, { preferences, commit }) => {
    const stored = await preferences.of(actor.userId);

    const { change, preferences: next } = prefer(actor.userId, stored, body, now);

    return change ? commit(change, next) : next;
  },
);
