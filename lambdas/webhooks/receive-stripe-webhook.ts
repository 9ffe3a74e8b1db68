import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsEventQueue } from "#shared/adapters/sqs/event-queue";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { receiveStripeWebhook } from "#shared/contracts/webhooks";
import { keep, signedEvent, waiting } from "#shared/domain/webhooks/intake";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  receiveStripeWebhook,
  { ...dynamodb, payments: stripePayments, eventQueue: sqsEventQueue },
  async ({ rawBody, headers, now }, { payments, stripeEvents, eventQueue, commit }) => {
    const received = signedEvent(await payments.verifyWebhook(rawBody, headers["stripe-signature"]));
    const { change, event } = keep(received, rawBody, await stripeEvents.get(received.id), now);
    const reply = { received: true } as const;

    if (change) await commit(change, reply);
    // After it is kept, and before Stripe is told so: what does not get into the queue comes again.
    for (const message of waiting(event)) await eventQueue.send(message);

    return reply;
  },
);
