import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { HttpContract } from "#shared/contracts/contract";
import { canonicalJson } from "#shared/domain/kernel/canonical";
import { refuse } from "#shared/domain/kernel/refusal";
import { idempotencyRefusals } from "#shared/domain/kernel/refusals";
import { epochSeconds, type Instant, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import type { IdempotencyClaim } from "#shared/ports/changes";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { idempotencyRecord } from "#shared/table/items/system";

/** Longer than any action may run: after it, an unfinished attempt is known to be dead. */
const LEASE_MS = 30_000;
const KEPT_HOURS = 24;

const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);
const Stored = z.discriminatedUnion("state", [
  z.object({ state: z.literal("in_progress"), requestHash: z.string(), attempt: z.string(), leaseUntil: z.string() }),
  z.object({ state: z.literal("completed"), requestHash: z.string(), status: z.int(), response: z.string() }),
]);
type Stored = z.infer<typeof Stored>;
type InProgress = Extract<Stored, { state: "in_progress" }>;

/** What a key turned out to be: ours to work under, or a response that was given before. */
export type Claimed =
  { readonly claim: IdempotencyClaim } | { readonly replay: { readonly status: number; readonly response: string } };

export interface KeyedRequest {
  readonly contract: HttpContract;
  readonly callerId: string;
  readonly key: string;
  /** The parsed path and body: what the request means, not how it was spelled. */
  readonly meaning: unknown;
  readonly now: Instant;
}

/** The key of a request that may have one; refuses a missing or malformed one. */
export function keyOf(contract: HttpContract, header: string | undefined): string | undefined {
  if (!contract.route.startsWith("POST ") || contract.roles === "public") return undefined;
  if (header === undefined) {
    if (contract.idempotency === "required") throw refuse(idempotencyRefusals.keyMissing);
    return undefined;
  }
  if (!Key.safeParse(header).success) throw refuse(idempotencyRefusals.keyInvalid);
  return header;
}

/** Names a key for ever: caller, route and key, so that nobody meets another's. */
export const digestOf = (callerId: string, route: string, key: string): string =>
  sha256(JSON.stringify([callerId, route, key]));

/**
 * Claims a key for one attempt, or gives back the response it has. An attempt that died is taken over after its lease;
 * should it still be alive, its commit fails, because the key is no longer its own.
 */
export async function claimKey(table: TableEngine, request: KeyedRequest): Promise<Claimed> {
  const digest = digestOf(request.callerId, request.contract.route, request.key);
  const requestHash = sha256(canonicalJson(request.meaning));
  for (;;) {
    const item = await table.get(itemKey(idempotencyRecord, { digest }));
    const stored = item === undefined ? undefined : Stored.parse(item);
    if (stored?.state === "completed") return { replay: replayOf(stored, requestHash) };
    const claim = await tryClaim(table, request, digest, requestHash, abandoned(stored, requestHash, request.now));
    if (claim) return { claim };
  }
}

function replayOf(stored: Extract<Stored, { state: "completed" }>, requestHash: string) {
  if (stored.requestHash !== requestHash) throw refuse(idempotencyRefusals.keyReused);
  return { status: stored.status, response: stored.response };
}

/** An attempt that may be taken over: its lease has run out. Undefined when there is none at all. */
function abandoned(stored: InProgress | undefined, requestHash: string, now: Instant): InProgress | undefined {
  if (stored === undefined) return undefined;
  if (stored.requestHash !== requestHash) throw refuse(idempotencyRefusals.keyReused);
  if (stored.leaseUntil > now) throw refuse(idempotencyRefusals.inProgress, undefined, { retryAfterSeconds: 1 });
  return stored;
}

async function tryClaim(
  table: TableEngine,
  { contract, now }: KeyedRequest,
  digest: string,
  requestHash: string,
  dead: InProgress | undefined,
): Promise<IdempotencyClaim | undefined> {
  const attempt = randomUUID();
  const expiry =
    contract.idempotency === "required" ? {} : { expiresAtSeconds: epochSeconds(plusHours(now, KEPT_HOURS)) };
  const leaseUntil = plusMilliseconds(now, LEASE_MS);
  const item = {
    state: "in_progress",
    requestHash,
    attempt,
    leaseUntil,
    ...expiry,
    ...itemKey(idempotencyRecord, { digest }),
  };
  try {
    const when = dead ? { equals: { state: "in_progress", attempt: dead.attempt } } : ({ absent: true } as const);
    await table.transact([{ kind: "put", item, when }]);
    return { digest, attempt, requestHash, status: contract.status ?? 200, ...expiry };
  } catch (error) {
    // Another attempt was quicker; what it wrote decides.
    if (error instanceof ConditionsFailed) return undefined;
    throw error;
  }
}

/** Gives a key back unused: a refused request may be sent again under it. Does nothing once the key is completed. */
export async function releaseKey(table: TableEngine, claim: IdempotencyClaim): Promise<void> {
  const when = { equals: { state: "in_progress", attempt: claim.attempt } };
  await ignoreFailedCondition(table.transact([{ kind: "remove", key: itemKey(idempotencyRecord, claim), when }]));
}

/** Stores the response of an action that committed nothing; one that committed has stored it already. */
export async function completeKey(table: TableEngine, claim: IdempotencyClaim, response: string): Promise<void> {
  const { digest, attempt, requestHash, status, expiresAtSeconds } = claim;
  const expiry = expiresAtSeconds === undefined ? {} : { expiresAtSeconds };
  const item = {
    state: "completed",
    requestHash,
    status,
    response,
    ...expiry,
    ...itemKey(idempotencyRecord, { digest }),
  };
  await ignoreFailedCondition(
    table.transact([{ kind: "put", item, when: { equals: { state: "in_progress", attempt } } }]),
  );
}

async function ignoreFailedCondition(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    // The key is completed or another attempt's: both are final answers, and not ours to change.
    if (!(error instanceof ConditionsFailed)) throw error;
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
