/** Puts back what consumers of streams gave up: each parked batch to its function, as the stream once handed it over. */
import * as z from "zod";

/** Where batches are parked. */
export interface ParkedBatches {
  /** Keys of all there are, of one shard the longest parked first. */
  keys(): AsyncIterable<string>;
  read(key: string): Promise<string>;
  remove(key: string): Promise<void>;
}

/** What a function answered: its reply's text, and what kind of error it ended with, if any. */
export interface Answer {
  readonly functionError?: string | undefined;
  readonly payload: string;
}
/** Calls a function and waits for its answer. */
export type Invoke = (functionArn: string, payload: string) => Promise<Answer>;

export interface RedriveProps {
  readonly parked: ParkedBatches;
  readonly invoke: Invoke;
  /** Batches of this action alone, by its name in kebab-case. */
  readonly only?: string | undefined;
  /** Nothing is called and nothing removed. */
  readonly dryRun: boolean;
  readonly say: (line: string) => void;
}

export interface Redriven {
  readonly done: number;
  readonly failed: number;
}

/** What lies in such an object. Source: Lambda developer guide, "Retain discarded records for a DynamoDB event source". */
const Parked = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  /** The whole event, as text. */
  payload: z.string(),
});
const Event = z.object({ Records: z.array(z.unknown()).min(1) });
const Reply = z.object({ batchItemFailures: z.array(z.unknown()) });

/**
 * One batch after the other. One that its function has done is removed; one that failed stays, and stops no other. Safe to
 * repeat, as consumers are: events go out under the same ids, and no hit is counted twice.
 */
export async function redrive({ parked, invoke, only, dryRun, say }: RedriveProps): Promise<Redriven> {
  const counts = { done: 0, failed: 0 };
  for await (const key of parked.keys()) {
    try {
      const batch = batchOf(await parked.read(key));
      if (only !== undefined && !batch.functionArn.endsWith(`-${only}`)) continue;
      say(`${key}: ${batch.records} records of ${batch.functionArn} (${batch.condition})`);
      if (!dryRun) {
        requireDone(await invoke(batch.functionArn, batch.payload));
        await parked.remove(key);
      }
      counts.done += 1;
    } catch (error) {
      counts.failed += 1;
      say(`${key}: stays, ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return counts;
}

function batchOf(text: string) {
  const { requestContext, payload } = Parked.parse(JSON.parse(text));
  return { ...requestContext, payload, records: Event.parse(JSON.parse(payload)).Records.length };
}

/** @throws Error when the function did not do all of it. */
function requireDone({ functionError, payload }: Answer): void {
  if (functionError !== undefined) throw new Error(`the function failed (${functionError})`);
  const { batchItemFailures } = Reply.parse(JSON.parse(payload));
  if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} of its records failed`);
}
