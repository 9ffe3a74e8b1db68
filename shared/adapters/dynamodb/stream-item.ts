import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import type { StreamRecord } from "#shared/domain/kernel/stream-record";

/** A new outbox event and its place in the table's stream. */
export interface OutboxRecord {
  readonly sequence: string;
  readonly event: DeliveredEvent;
}

/** Events of new outbox items, as the table's stream spells them (`{ "S": "…" }`), and the places of those that are none of ours. */
export function outboxEvents(records: readonly StreamRecord[]): {
  readonly readable: readonly OutboxRecord[];
  readonly unreadable: readonly string[];
} {
  const readable: OutboxRecord[] = [];
  const unreadable: string[] = [];
  for (const { sequence, payload } of records) {
    const event = eventOf(payload);
    if (event) readable.push({ sequence, event });
    else unreadable.push(sequence);
  }
  return { readable, unreadable };
}

function eventOf(image: unknown): DeliveredEvent | undefined {
  try {
    return parseEvent(unmarshall(image as Parameters<typeof unmarshall>[0]));
  } catch {
    return undefined;
  }
}
