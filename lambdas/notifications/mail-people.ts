import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { mailPeople } from "#shared/contracts/notifications";
import { canBeMailed, claimMail, mailIdOf, mailSent } from "#shared/domain/notifications/mail/send-mail";
import { noticesOf } from "#shared/domain/notifications/notice";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  mailPeople,
  { ...dynamodb, mailSender: sesMailSender },
  (event) => noticesOf(event, "mail"),
  async (invocation, notice, { accounts, mails, mailSender, commit }) => {
    const recipient = await accounts.get(notice.userId);
    if (!canBeMailed(recipient)) return;
    const claim = claimMail(notice, recipient, await mails.get(mailIdOf(notice)), invocation);
    if (claim === undefined) return;

    await commit(claim.change);
    await mailSender.send(claim.written);
    await commit(mailSent(claim.mail, invocation.now));
  },
);
