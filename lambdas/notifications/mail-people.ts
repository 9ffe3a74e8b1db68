import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { configuredMailLinks } from "#shared/adapters/settings/mail-links";
import { mailPeople } from "#shared/contracts/notifications";
import { claimMail, isMailed, mailIdOf, mailSent } from "#shared/domain/notifications/mail/send-mail";
import { writeMail } from "#shared/domain/notifications/mail/write-mail";
import { noticesOf } from "#shared/domain/notifications/notice";
import { implementEach } from "#shared/runtime/implement-consumer";
import { describeError } from "#shared/runtime/describe-error";
import { log } from "#shared/runtime/log";

export const handler = implementEach(
  mailPeople,
  { ...dynamodb, mailSender: sesMailSender, mailLinks: configuredMailLinks },
  (event) => noticesOf(event, "mail"),
  async (invocation, notice, { recipients, mails, mailSender, mailLinks: links, unsubscribeKeys, commit }) => {
    const recipient = await recipients.get(notice.userId);
    if (!isMailed(notice, recipient)) return;
    const claim = claimMail(notice, await mails.get(mailIdOf(notice)), invocation);
    if (claim === undefined) return;
    const written = writeMail(notice, recipient.account, claim.mail.id, { links, key: await unsubscribeKeys.key() });

    await commit(claim.change);
    await mailSender.send(written);
    // It is out: failing now would bring the event again, and the mail with it.
    await commit(mailSent(claim.mail, invocation.now)).catch((error: unknown) =>
      log("mail.unclosed", { mailId: claim.mail.id, ...describeError(error) }),
    );
  },
);
