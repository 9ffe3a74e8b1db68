import { type Change, created } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { derivedId } from "../kernel/derived-id.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { Instant } from "../kernel/time.ts";

/** Creators whose payouts one event asks for: an event of the bus holds 256 kB, a consumer's call takes two minutes. */
const CREATORS_AN_EVENT = 100;
/** Events that one commit holds besides the run, its audit row and its key. */
const EVENTS_A_RUN = 90;
/** More than these wait for the daily job. */
export const MOST_IN_A_RUN = CREATORS_AN_EVENT * EVENTS_A_RUN;

/** Asks for the payouts of these creators. Nothing is paid here. */
export function startRun(
  creatorIds: readonly string[],
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly run: { readonly runId: string; readonly queued: number } } {
  const runId = newId("jobRun");
  const queued = creatorIds.length;
  const events = Array.from({ length: Math.ceil(queued / CREATORS_AN_EVENT) }, (_, nth): DomainEvent => ({
    type: "payout.run_due",
    detail: { runId, creatorIds: creatorIds.slice(nth * CREATORS_AN_EVENT, (nth + 1) * CREATORS_AN_EVENT) },
  }));
  const change: Change = {
    entities: [created("payoutRun", { id: runId, startedBy: actor.userId, queued, createdAt: now })],
    events,
    audit: {
      action: "payout_run.started",
      resource: { type: "payout_run", id: runId },
      changes: [{ field: "queued", before: null, after: queued }],
    },
  };
  return { change, run: { runId, queued } };
}

/** A payout of a creator in a run, the first of them or a later one: asked for again, it has the same name and exists already. */
export const payoutIdOf = (runId: string, creatorId: string, nth = 0): string =>
  derivedId("payout", nth === 0 ? `${runId} ${creatorId}` : `${runId} ${creatorId} ${nth}`);

/** Of the daily job: run again on the same day, it pays nobody twice. */
export const dailyRunId = (now: Instant): string =>
  derivedId("jobRun", `payouts of ${now.slice(0, "YYYY-MM-DD".length)}`);
