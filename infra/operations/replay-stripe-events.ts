/** Brings Stripe's own list of events through the intake: what a webhook would have brought, and did not. */
import type { ReceivedEvent } from "#shared/domain/processor/payment";

/** An event as Stripe lists it. */
export interface ListedEvent {
  readonly event: ReceivedEvent;
  readonly rawBody: string;
}
export type Taken = "known" | "ignored" | "queued";

export interface ReplayProps {
  readonly listed: AsyncIterable<ListedEvent>;
  /** As a webhook's action takes one: kept once, and put into the queue while it has not ended. */
  readonly take: (event: ListedEvent) => Promise<Taken>;
  readonly say: (line: string) => void;
}

/** Each event once; one that fails stops no other. Safe to repeat, and while webhooks come. */
export async function replay({ listed, take, say }: ReplayProps): Promise<Readonly<Record<Taken | "failed", number>>> {
  const counts = { known: 0, ignored: 0, queued: 0, failed: 0 };
  for await (const one of listed) {
    const { id, type, createdAt } = one.event;
    const taken = await take(one).catch((error: unknown) => {
      say(`${id} ${type}: ${error instanceof Error ? error.message : String(error)}`);
      return "failed" as const;
    });
    counts[taken] += 1;
    if (taken === "queued") say(`${id} ${type} of ${createdAt}: queued`);
  }
  return counts;
}
