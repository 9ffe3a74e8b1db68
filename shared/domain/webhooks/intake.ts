/** What becomes of an event of the processor's, from its arrival to its end. */
import * as z from "zod";
import { type Change, changed, created, type Written } from "../change.ts";
import { found, known } from "../kernel/refusal.ts";
import { type Instant, plusHours, plusMilliseconds } from "../kernel/time.ts";
import type { EventDetail } from "../events/events.ts";
import type { ReceivedEvent } from "../processor/payment.ts";
import { webhookRefusals } from "./refusals.ts";
import type { StripeEvent, StripeEventStatus } from "./stripe-event.ts";

/** A webhook's event, when the processor has signed it. */
export const signedEvent = (event: ReceivedEvent | undefined): ReceivedEvent =>
  found(event, webhookRefusals.badSignature);

/** An event is kept before it is put into the queue. @throws when it is not: its message ends in the dead-letter queue. */
export const keptEvent = (event: StripeEvent | undefined): StripeEvent => known(event, "event of this message");

/** What the queue of events carries: their names. What they say was kept before. */
const EventMessage = z.object({ eventId: z.string() });
export type EventMessage = z.infer<typeof EventMessage>;

/** @throws when it is none. */
export const messageIn = (body: unknown): EventMessage => EventMessage.parse(body);

const messageOf = ({ id }: StripeEvent): EventMessage => ({ eventId: id });

/** Types that tell of a payment of ours, of its refunds or its disputes. */
const aboutPayments = /^(payment_intent\.|charge\.(updated|refunded|refund\.updated|dispute\.)|refund\.)/;
/** Types that tell of what others of us follow. Sources: Stripe API reference, "Types of events"; stripe-node's list. */
const followed: readonly (readonly [RegExp, EventDetail<"processor.object_changed">["objectType"]])[] = [
  [/^account\.(updated$|external_account\.)/, "account"],
  [/^transfer\./, "transfer"],
  [/^payout\./, "payout"],
];

const aboutBanks = /^account\.external_account\./;

type Told = Pick<StripeEvent, "type" | "connectedAccountId" | "paymentIntentId" | "objectId">;

/** The payment to ask about; brands pay the platform itself, never an account that is connected to it. */
export const paymentOf = ({ type, connectedAccountId, paymentIntentId }: Told): string | undefined =>
  connectedAccountId === null && aboutPayments.test(type) ? (paymentIntentId ?? undefined) : undefined;

/** What others must be told has changed. */
export function changedObjectOf({ type, objectId: told, connectedAccountId }: Told) {
  const [, objectType] = followed.find(([pattern]) => pattern.test(type)) ?? [];
  // Its banks tell what it can be paid in. Those of the platform itself pay nobody.
  const objectId = aboutBanks.test(type) ? connectedAccountId : told;
  return objectType === undefined || objectId === null ? undefined : { objectType, objectId, connectedAccountId };
}

const concernsUs = (event: Told): boolean => paymentOf(event) !== undefined || changedObjectOf(event) !== undefined;

/** An event is late after this: its queue has tried it as often as it does. */
const LATE_MS = 20 * 60_000;
/** How often the sweep brings an event back before it leaves it to a person. */
const MOST_SENDS = 4;

/** A new event. One that nothing follows from has ended as soon as it is kept. */
export function newEvent(received: ReceivedEvent, rawBody: string, now: Instant): Written<"stripeEvent"> {
  const waits = concernsUs(received);
  return created("stripeEvent", {
    ...received,
    createdAt: received.createdAt ?? now,
    ...(waits && { rawBody }),
    status: waits ? "received" : "ignored",
    sends: 1,
    ...(waits && { dueAt: plusMilliseconds(now, LATE_MS) }),
    receivedAt: now,
    updatedAt: now,
  });
}

/** Keeps an event, once; no change when it is kept already. */
export function keep(
  received: ReceivedEvent,
  rawBody: string,
  kept: StripeEvent | undefined,
  now: Instant,
): { readonly change: Change | undefined; readonly event: StripeEvent } {
  if (kept !== undefined) return { change: undefined, event: kept };
  const written = newEvent(received, rawBody, now);
  return { change: { entities: [written] }, event: written.next };
}

export const hasEnded = ({ status }: StripeEvent): boolean => status === "processed" || status === "ignored";

/** What must go into the queue: an event that has not ended, also when it comes again. */
export const waiting = (event: StripeEvent): readonly EventMessage[] => (hasEnded(event) ? [] : [messageOf(event)]);

function ended(event: StripeEvent, status: StripeEventStatus, now: Instant): Written<"stripeEvent"> {
  const { dueAt: _, rawBody: _body, ...rest } = event;
  return changed("stripeEvent", event, { ...rest, status, updatedAt: now });
}

/** The end of an event whose payment is in the books; whoever follows another object is told, in the same write. */
export function finish(event: StripeEvent, now: Instant): Change {
  const detail = changedObjectOf(event);
  return {
    entities: [ended(event, concernsUs(event) ? "processed" : "ignored", now)],
    events: detail === undefined ? [] : [{ type: "processor.object_changed", detail }],
  };
}

/** What the sweep does with a late event: back into the queue, later each time, and in the end to a person. */
export function bringBack(
  event: StripeEvent,
  now: Instant,
): { readonly change: Change; readonly messages: readonly EventMessage[]; readonly outcome: "sent" | "parked" } {
  if (event.sends >= MOST_SENDS)
    return { change: { entities: [ended(event, "parked", now)] }, messages: [], outcome: "parked" };
  const sends = event.sends + 1;
  const next = changed("stripeEvent", event, { ...event, sends, dueAt: plusHours(now, sends), updatedAt: now });
  return { change: { entities: [next] }, messages: [messageOf(event)], outcome: "sent" };
}
