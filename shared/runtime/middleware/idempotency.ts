import { createHash } from "node:crypto";
import type { HttpContract } from "#shared/contracts/contract";
import { IdempotencyKey } from "#shared/contracts/limits";
import { canonicalJson } from "#shared/domain/kernel/canonical";
import { refuse } from "#shared/domain/kernel/refusal";
import { idempotencyRefusals } from "#shared/domain/kernel/refusals";
import { epochSeconds, type Instant, plusHours } from "#shared/domain/kernel/time";
import type { Idempotency, IdempotencyClaim, KeyOutcome } from "#shared/ports/idempotency";
import { describeError, log } from "../log.ts";
import { mayBeDone } from "../until-decided.ts";
import type { CallMiddleware } from "./request.ts";

const KEPT_HOURS = 24;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/**
 * Under an Idempotency-Key an action runs once: its response is stored with its change, in one transaction, and given
 * again to whoever sends the key again. A refusal gives the key back; what may be done all the same keeps it, until its
 * attempt is known to be dead.
 */
export const idempotency = (contract: HttpContract, keys: Idempotency): CallMiddleware => ({
  before: async ({ event, context }) => {
    const key = keyOf(contract, event.headers["idempotency-key"]);
    if (key === undefined) return undefined;
    const { actor, path, body, now } = context.call;
    const digest = sha256(JSON.stringify([actor.userId, contract.route, key]));
    context.call = { ...context.call, idempotencyDigest: digest };
    const requestHash = sha256(canonicalJson({ path, body }));
    const claimed = claimedOf(await keys.claim({ digest, requestHash, now, ...expiryOf(contract, now) }));
    if ("attempt" in claimed) {
      context.answer.claim = claimed;
      return undefined;
    }
    return { ...claimed, headers: { ...claimed.headers, "Idempotency-Replayed": "true" } };
  },
  after: async ({ context: { answer }, response }) => {
    if (answer.claim && response && !answer.committed) await keys.complete(answer.claim, response);
  },
  onError: async ({ context: { answer }, error }) => {
    if (!answer?.claim || answer.committed || mayBeDone(error)) return;
    // The answer stays what it is, whether or not the key can be given back now.
    await keys.release(answer.claim).catch((lost: unknown) => log("key.kept", describeError(lost)));
  },
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
      throw refuse(idempotencyRefusals.inProgress, undefined, { retryAfterSeconds: 1 });
  }
}
