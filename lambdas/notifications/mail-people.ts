import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { mailPeople } from "#shared/contracts/notifications";
import { canBeMailed, claimMail, mailIdOf, mailSent } from "#shared/domain/notifications/mail/send-mail";
import { noticesOf } from "#shared/domain/notifications/notice";
import { implementEach } from "#shared/runtime/implement-consumer";
import { describeError } from "#shared/runtime/describe-error";
import { log } from "#shared/runtime/log";

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
    // It is out: failing now would bring the event again, and the mail with it.
    await commit(mailSent(claim.mail, invocation.now)).catch((error: unknown) =>
      log("mail.unclosed", { mailId: claim.mail.id, ...describeError(error) }),
    );
  },
);
