import { dynamodb } from "#shared/adapters/dynamodb/index";
import { showUnsubscription } from "#shared/contracts/notifications";
import { askingPage } from "#shared/domain/notifications/mail/unsubscribe-page";
import { openToken } from "#shared/domain/notifications/mail/unsubscribe-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(showUnsubscription, dynamodb, async ({ path }, { unsubscribeKeys }) =>
  askingPage(openToken(await unsubscribeKeys.made(), path.token)),
);
