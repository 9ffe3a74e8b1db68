import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsEventQueue } from "#shared/adapters/sqs/event-queue";
import { sweepStripeEvents } from "#shared/contracts/webhooks";
import { bringBack } from "#shared/domain/webhooks/intake";
import type { StripeEvent } from "#shared/domain/webhooks/stripe-event";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  sweepStripeEvents,
  { ...dynamodb, eventQueue: sqsEventQueue },
  async ({ now }, { stripeEvents, eventQueue, commit }, each) => {
    const bring = async (event: StripeEvent): Promise<string> => {
      const { change, messages, outcome } = bringBack(event, now);
      await commit(change);
      for (const message of messages) await eventQueue.send(message);
      log(`stripe_event.${outcome}`, { eventId: event.id, type: event.type, receivedAt: event.receivedAt });
      return outcome;
    };

    await each(stripeEvents.due(now), ({ id }) => id, bring);
  },
);
