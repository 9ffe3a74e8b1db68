import { dynamodb } from "#shared/adapters/dynamodb/index";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import { sweepOutbox } from "#shared/contracts/system";
import { overdueUpTo, parseEvent, requirePublished } from "#shared/domain/events/outbox";
import { implementJob } from "#shared/runtime/implement-job";

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
      return "sent";
    };

    await Promise.all(outbox.unsent(overdueUpTo(now)).map((lane) => each(lane, idOf, send)));
  },
);
