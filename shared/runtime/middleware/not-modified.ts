import { isKnown } from "../entity-tag.ts";
import type { ReplyMiddleware } from "./request.ts";

/** A client that has what it would be sent gets its tag alone (304; source: RFC 9110, 15.4.5). */
export const notModified = (): ReplyMiddleware => ({
  after: (request) => {
    const tag = request.response?.headers?.["ETag"];
    const known = request.event.headers["if-none-match"];
    if (request.response?.statusCode !== 200 || typeof tag !== "string" || known === undefined) return;
    if (isKnown(known, tag)) request.response = { statusCode: 304, headers: { ETag: tag } };
  },
});
