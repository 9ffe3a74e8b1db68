import { cognitoSecondFactors } from "#shared/adapters/cognito/second-factors";
import { randomOneTimeCodes } from "#shared/adapters/codes/one-time-codes";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { mailSignInCode } from "#shared/contracts/users";
import { awaited, codeMail, codeMailed, issueCode, mayUseCode } from "#shared/domain/users/sign-in-mail";
import { describeError } from "#shared/runtime/describe-error";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { log } from "#shared/runtime/log";

export const handler = implementConsumer(
  mailSignInCode,
  { ...dynamodb, secondFactors: cognitoSecondFactors, oneTimeCodes: randomOneTimeCodes, mailSender: sesMailSender },
  async (invocation, { detail }, ports) => {
    const { signInCodes, secondFactors, oneTimeCodes, accounts, mailSuppressions, mailSender, commit } = ports;
    const waiting = awaited(await signInCodes.get(detail.codeId), detail.requestedAt);
    if (waiting === undefined) return;
    const { userId, address } = waiting.person;
    const account = await accounts.get(userId);
    const hasSecondFactor = await secondFactors.hasOne(userId);
    const isSuppressed = (await mailSuppressions.of(address)) !== undefined;
    if (!mayUseCode(account, { hasSecondFactor, isSuppressed })) return;

    const code = oneTimeCodes.next();
    const { change, issued } = issueCode(waiting, code, invocation);
    await commit(change);
    await mailSender.send(codeMail(waiting, account, code));
    // It is out: failing now would bring the event again, and another code with it.
    await commit(codeMailed(issued, invocation.now)).catch((error: unknown) =>
      log("mail.unclosed", { mailId: issued.id, ...describeError(error) }),
    );
  },
);
