import { signedClickPorts } from "#shared/adapters/signed-http/click-ports";
import type { redirectVisitor } from "#shared/contracts/tracking";
import { hitId, hitOf, utcDay } from "#shared/domain/tracking/hit";
import { outcomeOf, wantedBy } from "#shared/domain/tracking/redirect";
import { edgeReplies, implementEdge } from "#shared/runtime/edge";

export const handler = implementEdge<typeof redirectVisitor>(
  signedClickPorts,
  async (visit, { trackedLinks, visitors, clickIds, clicks }, { now, random }) => {
    const wanted = wantedBy(visit.path);
    if (wanted === undefined) return edgeReplies.unknown();
    const at = now();
    const day = utcDay(at);
    const id = hitId(at, random());

    // Both are under way before either is waited for, and neither rejects.
    const finding = trackedLinks.find(wanted.code);
    const visitor = await visitors.identify({ ...visit, day });
    const lookup = await finding;
    const { kind } = wanted;
    const outcome = outcomeOf(lookup, { ...visit, kind, at, visitor, clickId: await clickIds.of(id, lookup) });
    if ("link" in outcome) await clicks.record(hitOf({ ...outcome, id, kind, at, day, visitor }, visit));

    return "location" in outcome ? edgeReplies.follow(outcome.location) : edgeReplies[outcome.kind]();
  },
);
