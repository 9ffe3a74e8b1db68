import { dynamodb } from "#shared/adapters/dynamodb/index";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import { sweepOutbox } from "#shared/contracts/system";
import { overdueUpTo, parseEvent, requirePublished } from "#shared/domain/events/outbox";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const idOf = ({ id }: { readonly id: string }): string => id;

export const handler = implementJob(
  sweepOutbox,
  { ...dynamodb, eventBus: eventBridge },
  async ({ now }, { outbox, eventBus }, each) => {
    const send = async ({ stored }: { readonly stored: unknown }): Promise<string> => {
      const event = parseEvent(stored);
      const { failed } = await eventBus.publish([event]);
      requirePublished(failed);
      await outbox.markSent([event], now);
      // The relay sends within seconds: whatever the sweep finds, it has left behind.
      log("outbox.left_behind", { eventId: event.id, at: event.at });
      return "sent";
    };

    await Promise.all(outbox.unsent(overdueUpTo(now)).map((part) => each(part, idOf, send)));
  },
);
