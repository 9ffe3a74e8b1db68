/**
 * A deliverable's own date. It settles nothing: who owes some of it is reminded a day before, and what is handed in after it
 * is taken all the same, and says so.
 */
import type { Campaign } from "../campaigns/campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { hasEnded, isRunning } from "../campaigns/lifecycle.ts";
import { type Change, changed } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { type Participant, type Unit, untouchedUnits } from "../invitations/participant.ts";
import { type Instant, plusHours } from "../kernel/time.ts";

const NOTICE_HOURS = 24;
/** Events of one commit: well within the hundred items of a transaction. */
const TOGETHER = 50;

/** Reminders are due of dates up to this one. */
export const remindedUntil = (now: Instant): Instant => plusHours(now, NOTICE_HOURS);

/** Who takes part and has not begun some of it. */
export async function owing(id: string, everybody: AsyncIterable<Participant>): Promise<string[]> {
  const creatorIds: string[] = [];
  for await (const participant of everybody) {
    const owes = untouchedUnits(participant).some(({ deliverableId }) => deliverableId === id);
    if (participant.status === "active" && owes) creatorIds.push(participant.creatorId);
  }
  return creatorIds;
}

/** Something that is due soon, and who owes it. */
interface Owed {
  readonly campaign: Campaign;
  /** Missing when it was taken out of its draft meanwhile. */
  readonly deliverable: Deliverable | undefined;
  readonly creatorIds: readonly string[];
}

interface Reminding {
  readonly changes: readonly Change[];
  /** As the run counts it. */
  readonly outcome?: "reminded";
}

/**
 * What is to be written, in this order: reminders, and with the last of them that they were. Of more than one commit whoever dies
 * in between says some again, and each person is told once, since what tells them apart is the deliverable. Of a date that has
 * passed nobody is reminded, and of one whose campaign is still to start whoever owes it then.
 */
export function remindCreators({ campaign, deliverable, creatorIds }: Owed, now: Instant): Reminding {
  const dueAt = untoldDate(deliverable);
  if (deliverable === undefined || dueAt === undefined) return { changes: [] };
  if (dueAt > now && isStillToStart(campaign, now)) return { changes: [] };
  const told = dueAt > now && isRunning(campaign, now) ? creatorIds : [];
  const events = told.map((creatorId) => reminder(campaign, deliverable.id, dueAt, creatorId));
  const reminded = changed("deliverable", deliverable, { ...deliverable, remindedOf: dueAt, updatedAt: now });
  const groups = inGroups(events);
  const changes = groups.map((those) => ({ entities: those === groups.at(-1) ? [reminded] : [], events: those }));
  return events.length > 0 ? { changes, outcome: "reminded" } : { changes };
}

const isStillToStart = (campaign: Campaign, now: Instant): boolean =>
  !isRunning(campaign, now) && !hasEnded(campaign, now);

const untoldDate = (deliverable: Deliverable | undefined): Instant | undefined =>
  deliverable?.dueAt === deliverable?.remindedOf ? undefined : (deliverable?.dueAt ?? undefined);

/** One at least. */
const inGroups = (events: readonly DomainEvent[]): readonly (readonly DomainEvent[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(events.length / TOGETHER)) }, (_, at) =>
    events.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );

const reminder = (
  { id: campaignId, name: campaignName, brandId }: Campaign,
  deliverableId: string,
  dueAt: Instant,
  creatorId: string,
): DomainEvent => ({
  type: "submission.due",
  detail: {
    campaignId,
    campaignName,
    brandId,
    creatorId,
    deliverableId,
    dueAt,
    sinceAt: plusHours(dueAt, -NOTICE_HOURS),
  },
});

/** Of a first round after its deliverable's date. Further rounds have a date of their own, past which their unit is released. */
export function lateness(deliverables: readonly Deliverable[], unit: Unit, now: Instant): { readonly late?: true } {
  const dueAt = deliverables.find(({ id }) => id === unit.deliverableId)?.dueAt ?? null;
  return unit.rounds === 0 && dueAt !== null && dueAt <= now ? { late: true } : {};
}
