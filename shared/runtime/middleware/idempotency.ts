import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { HttpContract } from "#shared/contracts/contract";
import { IdempotencyKey } from "#shared/contracts/limits";
import { canonicalJson } from "#shared/domain/kernel/canonical";
import { refuse } from "#shared/domain/kernel/refusal";
import { idempotencyRefusals } from "#shared/domain/kernel/refusals";
import { epochSeconds, type Instant, plusHours } from "#shared/domain/kernel/time";
import type { Idempotency, IdempotencyClaim, KeyOutcome } from "#shared/ports/idempotency";
import { describeError } from "../describe-error.ts";
import { log } from "../log.ts";
import { openReply, sealReply } from "../sealed-reply.ts";
import { mayBeDone } from "../until-decided.ts";
import { keptOf } from "../connect.ts";
import type { AnyCall, CallMiddleware } from "./request.ts";

const KEPT_HOURS = 24;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * Under an Idempotency-Key an action runs once: its response is stored with its change, in one transaction, and given
 * again to whoever sends the key again. A refusal gives the key back; what may be done all the same keeps it, until its
 * attempt is known to be dead.
 */
export const idempotency = (contract: HttpContract, keys: Idempotency): CallMiddleware => ({
  before: async ({ event, context }) => {
    const { isRehearsal } = context.answer;
    const sent = event.headers["idempotency-key"];
    // A rehearsal needs no key, and uses none up.
    const key = keyOf(contract, isRehearsal ? (sent ?? context.call.requestId) : sent);
    if (key === undefined) return undefined;
    const { actor, receivedAt } = context.call;
    const digest = sha256(JSON.stringify([actor.userId, unnamed(contract.route), key]));
    context.call = { ...context.call, idempotencyDigest: digest };
    if (isRehearsal) return undefined;
    const requestHash = sha256(canonicalJson(sentRequest(contract, event, context.call)));
    const claimed = claimedOf(
      await keys.claim({ digest, requestHash, now: receivedAt, ...expiryOf(contract, receivedAt) }),
    );
    if ("attempt" in claimed) {
      context.answer.claim = claimed;
      if (contract.sealsReply) context.answer.kept = (reply) => sealReply(reply, key, digest);
      return undefined;
    }
    const first = contract.sealsReply ? openReply(claimed, key, digest) : claimed;
    return { ...first, headers: { ...first.headers, "Idempotency-Replayed": "true" } };
  },
  after: async ({ context: { answer }, response }) => {
    if (answer.claim && response && !answer.committed) await keys.complete(answer.claim, keptOf(answer, response));
  },
  onError: async ({ context: { answer }, error }) => {
    if (!answer?.claim || answer.committed || mayBeDone(error)) return;
    // The answer stays what it is, whether or not the key can be given back now.
    await keys.release(answer.claim).catch((lost: unknown) => log("key.kept", describeError(lost)));
  },
});

/** Parameters of a route. Their names are ours to change; a key is kept for ever. */
const parameter = /\{(\w+)\}/g;
const unnamed = (route: string): string => route.replace(parameter, "{}");

/**
 * A request as it was sent, before the contract fills in what was left out: a default that a later deployment adds is no
 * part of what was asked, and a field that is sent says more than one that is left out. Nothing is sent as `{}`.
 */
const sentRequest = ({ route }: HttpContract, event: APIGatewayProxyEventV2, { rawBody }: AnyCall) => ({
  path: [...route.matchAll(parameter)].map(([, name = ""]) => event.pathParameters?.[name]),
  query: event.queryStringParameters ?? {},
  body: JSON.parse(rawBody.trim() || "{}") as unknown,
});

/** The key of a request that may have one; refuses a missing or malformed one. */
function keyOf({ idempotency: needed }: HttpContract, header: string | undefined): string | undefined {
  if (header === undefined) {
    if (needed === "required") throw refuse(idempotencyRefusals.keyMissing);
    return undefined;
  }
  if (!IdempotencyKey.safeParse(header).success) throw refuse(idempotencyRefusals.keyInvalid);
  return header;
}

/**
 * By the machine's clock: clients try again while real minutes pass, however far tests move the product's clock, and
 * DynamoDB forgets by its own.
 */
const expiryOf = ({ idempotency: needed }: HttpContract, now: Instant) =>
  needed === "required" ? {} : { expiresAtSeconds: epochSeconds(plusHours(now, KEPT_HOURS)) };

/** The claim to work under, or the stored reply. */
function claimedOf(outcome: KeyOutcome): IdempotencyClaim | Extract<KeyOutcome, { is: "answered" }>["reply"] {
  switch (outcome.is) {
    case "claimed":
      return outcome.claim;
    case "answered":
      return outcome.reply;
    case "reused":
      throw refuse(idempotencyRefusals.keyReused);
    case "in_progress":
      throw refuse(idempotencyRefusals.inProgress, undefined, { currentState: "in_progress", retryAfterSeconds: 1 });
  }
}
