import type { HttpContract } from "#shared/contracts/contract";
import type { World } from "../call.ts";
import { decodeCursor } from "../cursor.ts";
import { parseRequest } from "../parse.ts";
import { replyOf, versionOf } from "../reply.ts";
import type { CallMiddleware } from "./request.ts";

/** Checks a request against its contract, makes the call that `run` receives, and knows how its result is answered. */
export const parsing = (contract: HttpContract, world: World): CallMiddleware => ({
  before: ({ event, context }) => {
    const { actor } = context;
    const { path, query, body, rawBody, limit, cursor } = parseRequest(contract, event);
    const route = `${contract.route} ${event.rawPath}`;
    const scope = { callerId: actor.userId, route, filters: query ?? {}, limit };
    context.call = {
      actor,
      now: world.now(),
      newId: world.newId,
      requestId: event.requestContext.requestId,
      path,
      query,
      body,
      page: { limit, ...(cursor !== undefined && { after: decodeCursor(scope, cursor) }) },
      ifMatch: versionOf(event.headers["if-match"]),
      method: event.requestContext.http.method,
      rawPath: event.rawPath,
      headers: event.headers,
      rawBody,
      idempotencyDigest: undefined,
    };
    context.answer = { present: (result) => replyOf(contract, result, scope) };
  },
});
