import { randomOneTimeCodes } from "#shared/adapters/codes/one-time-codes";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { mailSignInCode } from "#shared/contracts/users";
import { canBeMailed, mailIdOf, mailSent } from "#shared/domain/notifications/mail/send-mail";
import { awaited } from "#shared/domain/users/sign-in";
import { codeNotice, issueAndClaim } from "#shared/domain/users/sign-in-mail";
import { describeError } from "#shared/runtime/describe-error";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { log } from "#shared/runtime/log";

export const handler = implementConsumer(
  mailSignInCode,
  { ...dynamodb, oneTimeCodes: randomOneTimeCodes, mailSender: sesMailSender },
  async (invocation, event, { signInCodes, oneTimeCodes, accounts, mails, mailSender, commit }) => {
    const waiting = awaited(await signInCodes.get(event.detail.codeId), event.detail.requestedAt);
    const recipient = waiting && (await accounts.get(waiting.person.userId));
    if (!waiting || !canBeMailed(recipient)) return;
    const code = oneTimeCodes.next();
    const notice = codeNotice(event, waiting, code);
    const issued = issueAndClaim({ waiting, recipient, notice, code }, await mails.get(mailIdOf(notice)), invocation);
    if (issued === undefined) return;

    await commit(issued.change);
    await mailSender.send(issued.written);
    // It is out: failing now would bring the event again, and another code with it.
    await commit(mailSent(issued.mail, invocation.now)).catch((error: unknown) =>
      log("mail.unclosed", { mailId: issued.mail.id, ...describeError(error) }),
    );
  },
);
