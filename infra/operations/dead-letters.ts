/** Brings what lies in a dead-letter queue back to the queue it came from. */

/** A queue that messages are taken out of, and the one that they go back to. */
export interface DeadLetters {
  /** Messages, each given once in a while of several minutes: who fails before they are removed sees them again later. */
  messages(): AsyncIterable<{ readonly body: string; readonly receipt: string }>;
  send(body: string): Promise<void>;
  remove(receipt: string): Promise<void>;
}

export interface BringBackProps {
  readonly letters: DeadLetters;
  /** Nothing is sent and nothing removed. */
  readonly dryRun: boolean;
  readonly say: (line: string) => void;
}

/** One after the other: sent first and removed then, so that what fails half-way comes twice and is never lost. */
export async function bringBack({ letters, dryRun, say }: BringBackProps): Promise<number> {
  let count = 0;
  for await (const { body, receipt } of letters.messages()) {
    say(body);
    count += 1;
    if (dryRun) continue;
    await letters.send(body);
    await letters.remove(receipt);
  }
  return count;
}
