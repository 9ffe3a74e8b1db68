import { collectionOf } from "./account.ts";
import type { Account } from "./account.ts";
import { newId } from "./identifiers.ts";

/** The version of Stripe's API whose shapes the fake speaks, and the one its events carry. */
export const apiVersion = "2026-10-28.endive";

/** The name of an event, for example `payment_intent.succeeded`. */
export type EventType = `${string}.${string}`;

/** An object as an event carries it. */
export interface EventObject {
  readonly object: string;
}

/** Stripe's `event`. */
export interface StripeEvent {
  readonly id: string;
  readonly object: "event";
  /** The connected account it happened in; absent for the platform's own. */
  readonly account?: string;
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: EventObject };
  readonly livemode: false;
  /** Deliveries that have not succeeded yet. */
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: EventType;
}

/** The events of an account. */
export const events = collectionOf<StripeEvent>("event");

/** The request that caused an event. */
export interface EventCause {
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

/** Records an event with the object as it is now. */
export function recordEvent(
  account: Account,
  type: EventType,
  object: EventObject,
  cause: EventCause & { readonly nowSeconds: number; readonly webhooks: number },
): StripeEvent {
  return events(account).put({
    id: newId("evt"),
    object: "event",
    ...(account.isPlatform ? {} : { account: account.id }),
    api_version: apiVersion,
    created: cause.nowSeconds,
    data: { object },
    livemode: false,
    pending_webhooks: cause.webhooks,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type,
  });
}

/** Notes that an event reached its webhook. */
export function markDelivered(account: Account, event: StripeEvent): void {
  events(account).put({ ...event, pending_webhooks: 0 });
}
