import { randomBytes } from "node:crypto";
import { signedClickPorts } from "#shared/adapters/signed-http/click-ports";
import { hitId, hitOf, utcDay } from "#shared/domain/tracking/hit";
import { codeOf, outcomeOf } from "#shared/domain/tracking/redirect";
import type { Clicks, TrackedLinks, Visitors } from "#shared/ports/tracking";
import { edgeHandler, edgeReplies, implementEdge } from "#shared/runtime/edge";

export interface RedirectPorts {
  readonly links: TrackedLinks;
  readonly visitors: Visitors;
  readonly clicks: Clicks;
  /** Milliseconds since 1970: the one clock of hits, days, expiry and caches. */
  readonly now: () => number;
  /** 16 bytes of randomness for a hit's id. */
  readonly random: () => Uint8Array;
}

export const redirectVisitor = ({ links, visitors, clicks, now, random }: RedirectPorts) =>
  edgeHandler(async (visit) => {
    const code = codeOf(visit.path);
    if (code === undefined) return edgeReplies.unknown();
    const at = now();
    const id = hitId(at, random());

    const [lookup, visitor] = await Promise.all([links.find(code), visitors.identify({ ...visit, day: utcDay(at) })]);
    const outcome = outcomeOf(lookup, { at, query: visit.query, hitId: id });
    if (outcome.kind === "follow") await clicks.record(hitOf({ id, at, visitor, link: outcome.link }, visit));

    return "location" in outcome ? edgeReplies.follow(outcome.location) : edgeReplies[outcome.kind]();
  });

export const handler = implementEdge((environment, { now, log }) =>
  redirectVisitor({ ...signedClickPorts(environment, now, log), now, random: () => randomBytes(16) }),
);
