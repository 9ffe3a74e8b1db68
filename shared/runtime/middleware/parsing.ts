import type { HttpContract } from "#shared/contracts/contract";
import type { Cursors } from "#shared/ports/page";
import { machineNowOf, type World } from "../call.ts";
import { cursorsOf } from "../cursor.ts";
import { parseRequest } from "../parse.ts";
import { versionsOf } from "../entity-tag.ts";
import { replyOf } from "../reply.ts";
import type { CallMiddleware } from "./request.ts";

/**
 * Checks a request against its contract, makes the call that `run` receives, and knows how its result is answered.
 *
 * @param cursors of a list
 */
export const parsing = (contract: HttpContract, world: World, cursors?: Cursors): CallMiddleware => ({
  before: async ({ event, context }) => {
    const { actor } = context;
    const { path, query, body, rawBody, limit, cursor, isRehearsal } = parseRequest(contract, event);
    const scope = { caller: actor, route: `${contract.route} ${event.rawPath}`, filters: query ?? {} };
    const list = cursors && (await cursorsOf(cursors, scope));
    context.call = {
      actor,
      now: world.now(),
      receivedAt: machineNowOf(world),
      newId: world.newId,
      requestId: event.requestContext.requestId,
      path,
      query,
      body,
      page: { limit, ...(list && cursor !== undefined && { after: list.open(cursor) }) },
      method: event.requestContext.http.method,
      rawPath: event.rawPath,
      headers: event.headers,
      rawBody,
      idempotencyDigest: undefined,
      ifMatch: contract.ifMatch && versionsOf(event.headers["if-match"]),
    };
    const paging = list && { limit, seal: list.seal };
    context.answer = {
      present: (result, change) => replyOf(contract, result, change, paging),
      isRehearsal,
      inPages: contract.inPages === true,
    };
  },
});
