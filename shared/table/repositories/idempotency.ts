import { randomUUID } from "node:crypto";
import * as z from "zod";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { Idempotency, IdempotencyClaim, KeyedRequest, KeyOutcome, StoredReply } from "#shared/ports/idempotency";
import { type Condition, ConditionsFailed, type TableEngine, type Write } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** Longer than any action may run: after it, an unfinished attempt is known to be dead. */
export const LEASE_MS = 30_000;

const Reply = z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });
const Stored = z.discriminatedUnion("state", [
  z.object({ state: z.literal("in_progress"), requestHash: z.string(), attempt: z.string(), leaseUntil: z.string() }),
  z.object({ state: z.literal("completed"), requestHash: z.string(), reply: Reply }),
]);
type Stored = z.infer<typeof Stored>;

/** A claim that is still this attempt's. */
const heldBy = (attempt: string): Condition => ({ equals: { state: "in_progress", attempt } });

export const storedIdempotency = (table: TableEngine): Idempotency => ({
  claim: (request) => claimed(table, request),
  complete: (claim, reply) => writeIfHeld(table, completionOf(claim, reply)),
  release: ({ digest, attempt }) =>
    writeIfHeld(table, { kind: "remove", key: itemKey(items.idempotencyRecord, { digest }), when: heldBy(attempt) }),
});

/** The response under its key, written only while this attempt still holds it. */
export function completionOf(claim: IdempotencyClaim, reply: StoredReply): Write {
  const { digest, attempt, requestHash, expiresAtSeconds } = claim;
  const expiry = expiresAtSeconds === undefined ? {} : { expiresAtSeconds };
  const item = storedItem(items.idempotencyRecord, { digest, state: "completed", requestHash, reply, ...expiry });
  return { kind: "put", item, when: heldBy(attempt) };
}

async function claimed(table: TableEngine, request: KeyedRequest): Promise<KeyOutcome> {
  const attempt = randomUUID();
  for (;;) {
    const item = await table.get(itemKey(items.idempotencyRecord, request));
    const stored = item === undefined ? undefined : Stored.parse(item);
    const outcome = stored && outcomeOf(stored, request, attempt);
    if (outcome !== undefined) return outcome;
    // Whether our write was quicker, or took effect though its reply was lost, is read in the next round.
    if (await isWritten(table, claimOf(request, attempt, stored)))
      return { is: "claimed", claim: { ...request, attempt } };
  }
}

/** What a stored record means for this attempt; undefined when it may be taken over. */
function outcomeOf(stored: Stored, request: KeyedRequest, attempt: string): KeyOutcome | undefined {
  // Also while the first is worked on: "try again later" would send another request back here for ever.
  if (stored.requestHash !== request.requestHash) return { is: "reused" };
  if (stored.state === "completed") return { is: "answered", reply: stored.reply };
  if (stored.attempt === attempt) return { is: "claimed", claim: { ...request, attempt } };
  return stored.leaseUntil > request.now ? { is: "in_progress" } : undefined;
}

function claimOf(request: KeyedRequest, attempt: string, dead: Stored | undefined): Write {
  const { digest, requestHash, now, expiresAtSeconds } = request;
  const expiry = expiresAtSeconds === undefined ? {} : { expiresAtSeconds };
  const leaseUntil = plusMilliseconds(now, LEASE_MS);
  const record = { digest, state: "in_progress", requestHash, attempt, leaseUntil, ...expiry };
  const item = storedItem(items.idempotencyRecord, record);
  return { kind: "put", item, when: dead?.state === "in_progress" ? heldBy(dead.attempt) : { absent: true } };
}

async function isWritten(table: TableEngine, operation: Write): Promise<boolean> {
  try {
    await table.write(operation);
    return true;
  } catch (error) {
    if (error instanceof ConditionsFailed) return false;
    throw error;
  }
}

/** The key may be completed or another attempt's by now: both are final answers, and not ours to change. */
async function writeIfHeld(table: TableEngine, operation: Write): Promise<void> {
  await isWritten(table, operation);
}
