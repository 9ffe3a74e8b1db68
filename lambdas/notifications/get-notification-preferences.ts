import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getNotificationPreferences } from "#shared/contracts/notifications";
import { preferencesOf } from "#shared/domain/notifications/preferences";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getNotificationPreferences, dynamodb, async ({ actor }, { preferences }) =>
  preferencesOf(await preferences.of(actor.userId)),
);
