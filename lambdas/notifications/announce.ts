import { dynamodb } from "#shared/adapters/dynamodb/index";
import { announce } from "#shared/contracts/notifications";
import { announce as decide } from "#shared/domain/notifications/announce";
import { audienceSize } from "#shared/application/notifications/audience";
import { implement } from "#shared/runtime/implement";

export const handler = implement(announce, dynamodb, async (call, { accounts, commit }) => {
  const recipients = await audienceSize(accounts, call.body);

  const { change, announcement } = decide(call.body, recipients, call);

  return commit(change, announcement);
});
