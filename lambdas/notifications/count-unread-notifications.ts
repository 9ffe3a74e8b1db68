import { dynamodb } from "#shared/adapters/dynamodb/index";
import { countUnreadNotifications } from "#shared/contracts/notifications";
import { implement } from "#shared/runtime/implement";

export const handler = implement(countUnreadNotifications, dynamodb, async ({ actor }, { notifications }) => ({
  unread: await notifications.unread(actor.userId),
}));
