import { problemReply } from "../problem.ts";
import { refusalOf } from "../until-decided.ts";
import type { ReplyMiddleware } from "./request.ts";

/** Whatever was thrown becomes a problem (RFC 9457). */
export const problems = (): ReplyMiddleware => ({
  onError: (request) => {
    const { rawPath, requestContext } = request.event;
    // A caller or a key can be as hard to read as anything else.
    request.error = refusalOf(request.error) as Error;
    request.response = problemReply(request.error, { path: rawPath, requestId: requestContext.requestId });
  },
});
