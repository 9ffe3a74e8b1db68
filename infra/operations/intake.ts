import { randomUUID } from "node:crypto";
import { systemActor } from "#shared/domain/kernel/actor";
import { keep, waiting } from "#shared/domain/webhooks/intake";
import type { Changes } from "#shared/ports/changes";
import type { EventQueue, StripeEvents } from "#shared/ports/webhooks";
import { realWorld } from "#shared/runtime/call";
import type { ListedEvent, Taken } from "./replay-stripe-events.ts";

export interface IntakePorts {
  readonly stripeEvents: Pick<StripeEvents, "get">;
  readonly changes: Changes;
  readonly eventQueue: EventQueue;
}

/** The intake of the webhook's action, for an operator. */
export const intakeOn =
  ({ stripeEvents, changes, eventQueue }: IntakePorts, dryRun: boolean) =>
  async ({ event: received, rawBody }: ListedEvent): Promise<Taken> => {
    const now = realWorld.now();
    const { change, event } = keep(received, rawBody, await stripeEvents.get(received.id), now);
    const messages = waiting(event);
    const taken = messages.length > 0 ? "queued" : change ? "ignored" : "known";
    if (dryRun) return taken;
    const context = { actor: systemActor("replay"), now, newId: realWorld.newId, requestId: `replay-${randomUUID()}` };
    if (change) await changes.commit({ ...context, writes: new Set(["stripeEvent"]) }, change);
    for (const message of messages) await eventQueue.send(message);
    return taken;
  };
