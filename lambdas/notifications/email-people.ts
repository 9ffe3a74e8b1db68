import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesEmails } from "#shared/adapters/ses/emails";
import { emailPeople } from "#shared/contracts/notifications";
import { writeMail } from "#shared/domain/notifications/mail/mail";
import { canBeMailed, claimMessage, messageIdOf, messageSent } from "#shared/domain/notifications/send-mail";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  emailPeople,
  { ...dynamodb, emails: sesEmails },
  async ({ now }, event, { accounts, messages, emails, commit }) => {
    const recipient = await accounts.get(event.detail.creatorId);
    if (!canBeMailed(recipient)) return;
    const claim = claimMessage(event, await messages.get(messageIdOf(event)), now);
    if (claim === undefined) return;

    await commit(claim.change);
    await emails.send({ ...writeMail(event, recipient), to: recipient.email, messageId: claim.message.id });
    await commit(messageSent(claim.message, now));
  },
);
