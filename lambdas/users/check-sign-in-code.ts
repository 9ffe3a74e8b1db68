import { cognitoSecondFactors } from "#shared/adapters/cognito/second-factors";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { checkSignInCode } from "#shared/contracts/users";
import { judgeAnswer, signInCodeIdOf } from "#shared/domain/users/sign-in";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  checkSignInCode,
  { ...dynamodb, secondFactors: cognitoSecondFactors },
  async ({ userName, challengeAnswer, now }, { signInCodes, secondFactors, commit }) => {
    const code = await signInCodes.get(signInCodeIdOf(userName));

    const { isCorrect, change } = judgeAnswer(code, challengeAnswer, now);

    if (change) await commit(change);
    // One may have been set up since the code was mailed: a mailbox alone is no way around it.
    return { answerCorrect: isCorrect && !(await secondFactors.hasOne(userName)) };
  },
);
