/** Creators who visit links of their own: their hits are `self`. */
import type { DeliveredEvent, EventDetail } from "../events/events.ts";
import { derivedId } from "../kernel/derived-id.ts";
import type { Instant } from "../kernel/time.ts";
import type { Hit } from "./hit.ts";

/** A creator who made a signed-in request, as the visitor that the click path would take them for on that UTC day. */
export type Sighting = EventDetail<"creator.seen">;

/** What is said of a sighting: the same each time, so that it is said once. */
export function sightingEvent(
  sighting: Sighting,
  { at, requestId }: { readonly at: Instant; readonly requestId: string },
): DeliveredEvent<"creator.seen"> {
  const { creatorId, day, visitor } = sighting;
  return {
    id: derivedId("event", `${creatorId} ${day} ${visitor}`, day),
    type: "creator.seen",
    at,
    requestId,
    detail: sighting,
  };
}

interface OwnLink {
  readonly code: string;
  readonly campaignId: string;
}

/**
 * What the stream is told, once for each campaign in which the creator has links: a record of the visitor, so that it reaches
 * the shard of their hits, and stays in the archive beside them.
 */
export function ownVisit({ creatorId, day, visitor }: Sighting, { code, campaignId }: OwnLink, at: Instant): Hit {
  const id = derivedId("hit", `${campaignId} ${creatorId} ${day} ${visitor}`, at);
  return { id, kind: "own", code, campaignId, creatorId, at: Date.parse(at), day, visitor, agent: "", method: "GET" };
}
