import { dynamodb } from "#shared/adapters/dynamodb/index";
import { unsubscribe } from "#shared/contracts/notifications";
import { openToken } from "#shared/domain/notifications/mail/unsubscribe-link";
import { donePage } from "#shared/domain/notifications/mail/unsubscribe-page";
import { unsubscribe as without } from "#shared/domain/notifications/prefer";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  unsubscribe,
  dynamodb,
  async ({ path, now }, { preferences, unsubscribeKeys, commit }) => {
    const subscription = openToken(await unsubscribeKeys.made(), path.token);
    const page = donePage(subscription);

    const change = without(subscription, await preferences.of(subscription.userId), now);

    return change ? commit(change, page) : page;
  },
);
