import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { mailPeople } from "#shared/contracts/notifications";
import { canBeMailed, claimMail, mailIdOf, mailSent } from "#shared/domain/notifications/mail/send-mail";
import { writeMail } from "#shared/domain/notifications/mail/write-mail";
import { noticesOf } from "#shared/domain/notifications/notice";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  mailPeople,
  { ...dynamodb, mailSender: sesMailSender },
  ({ now }, event, { accounts, mails, mailSender, commit }) =>
    untilEachDecided(noticesOf(event, "mail"), async (notice) => {
      const recipient = await accounts.get(notice.userId);
      if (!canBeMailed(recipient)) return;
      const claim = claimMail(notice, await mails.get(mailIdOf(notice)), now);
      if (claim === undefined) return;

      await commit(claim.change);
      await mailSender.send(writeMail(notice, recipient));
      await commit(mailSent(claim.mail, now));
    }),
);
