import { problemReply } from "../problem.ts";
import type { ReplyMiddleware } from "./request.ts";

/** Whatever was thrown becomes a problem (RFC 9457). */
export const problems = (): ReplyMiddleware => ({
  onError: (request) => {
    const { rawPath, requestContext } = request.event;
    request.response = problemReply(request.error, { path: rawPath, requestId: requestContext.requestId });
  },
});
