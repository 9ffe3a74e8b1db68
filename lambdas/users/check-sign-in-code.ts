import { dynamodb } from "#shared/adapters/dynamodb/index";
import { checkSignInCode } from "#shared/contracts/users";
import { judgeAnswer, signInCodeIdOf } from "#shared/domain/users/sign-in";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  checkSignInCode,
  dynamodb,
  async ({ userName, challengeAnswer, now }, { signInCodes, commit }) => {
    const code = await signInCodes.get(signInCodeIdOf(userName));

    const { isCorrect, change } = judgeAnswer(code, challengeAnswer, now);

    if (change) await commit(change);
    return { answerCorrect: isCorrect };
  },
);
