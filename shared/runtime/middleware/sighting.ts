import type { Instant } from "#shared/domain/kernel/time";
import { wait } from "#shared/ports/call-time";
import type { Sightings } from "#shared/ports/tracking";
import { describeError } from "../describe-error.ts";
import { log } from "../log.ts";
import type { CallMiddleware } from "./request.ts";

/** An answer that is ready waits so long for the note, and nobody notices. */
const WAITS_MS = 50;

/**
 * Notes that a creator was seen, beside what they asked for: it refuses nothing, and holds an answer up by no more than its
 * bound. What could not be noted is noted with their next request.
 *
 * @param now the product's clock, which dates hits
 */
export const sighting = (sightings: Pick<Sightings, "note">, now: () => Instant): CallMiddleware => {
  const settled: CallMiddleware["after"] = async ({ context }) => {
    if (context.sighting) await Promise.race([context.sighting, wait(WAITS_MS)]);
  };
  return {
    before: ({ event, context }) => {
      const { sourceIp: address } = event.requestContext.http;
      const { userId: creatorId, roles } = context.actor;
      if (!address || !roles.includes("creator")) return;
      const occasion = { at: now(), requestId: context.awsRequestId };
      const seen = { creatorId, address, agent: event.headers["user-agent"] ?? "" };
      context.sighting = sightings
        .note(seen, occasion)
        .catch((error: unknown) => log("sighting.missed", describeError(error)));
    },
    after: settled,
    onError: settled,
  };
};
