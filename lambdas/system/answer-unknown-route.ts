import { routesWith } from "#shared/contracts/routes";
import { answerUnknownRoute } from "#shared/contracts/system";
import { unknownRoute } from "#shared/domain/kernel/unknown-route";
import { hasTestClock } from "#shared/runtime/clock";
import { implement } from "#shared/runtime/implement";

const methodsAt = routesWith({ testClock: hasTestClock });

export const handler = implement(answerUnknownRoute, {}, ({ method, rawPath }) =>
  Promise.reject(unknownRoute(method, rawPath, methodsAt(rawPath))),
);
