import { methodsAt } from "#shared/contracts/routes";
import { answerUnknownRoute } from "#shared/contracts/system";
import { unknownRoute } from "#shared/domain/kernel/unknown-route";
import { implement } from "#shared/runtime/implement";

export const handler = implement(answerUnknownRoute, {}, ({ method, rawPath }) =>
  Promise.reject(unknownRoute(method, rawPath, methodsAt(rawPath))),
);
