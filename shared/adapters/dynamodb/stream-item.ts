import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";

/** The event in a new outbox item, as the table's stream spells it (`{ "S": "…" }`). @throws when it is none of ours. */
export const outboxEvent = (image: unknown): DeliveredEvent =>
  parseEvent(unmarshall(image as Parameters<typeof unmarshall>[0]));
