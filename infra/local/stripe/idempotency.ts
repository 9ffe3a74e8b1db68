import { StripeRefusal, invalidRequest } from "./refusal.ts";

/** A finished reply, exactly as it went out. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A POST as the idempotency layer sees it. */
export interface KeyedRequest {
  readonly key: string;
  readonly path: string;
  /** Equal for equal parameters. */
  readonly fingerprint: string;
  readonly requestId: string;
}

interface KeyRecord {
  readonly request: KeyedRequest;
  readonly startedAtMs: number;
  reply: Reply | undefined;
}

const keptMs = 24 * 60 * 60 * 1000;

/**
 * The idempotency keys of one account. Stripe saves the reply of the first execution under its key, errors included,
 * and never saves what was refused before execution began. A key is forgotten after 24 hours.
 */
export class IdempotencyKeys {
  readonly #records = new Map<string, KeyRecord>();

  /**
   * Claims a key for execution.
   * @returns the saved reply of the first request when there is one; the caller executes when there is none.
   * @throws 400 `idempotency_error` for other parameters, 409 `idempotency_key_in_use` while the first one still runs.
   */
  claim(request: KeyedRequest, nowMs: number): Reply | undefined {
    refuseMalformed(request.key);
    const known = this.#records.get(request.key);
    if (!known || nowMs - known.startedAtMs >= keptMs) {
      this.#records.set(request.key, { request, startedAtMs: nowMs, reply: undefined });
      return undefined;
    }
    refuseOtherRequest(known.request, request);
    if (!known.reply) throw inUse(request.key);
    const replayed = { "idempotent-replayed": "true", "original-request": known.request.requestId };
    return { ...known.reply, headers: { ...known.reply.headers, ...replayed } };
  }

  /** Saves the reply of the execution that claimed the key. */
  save(key: string, reply: Reply): void {
    const record = this.#records.get(key);
    if (record) record.reply = reply;
  }
}

function refuseMalformed(key: string): void {
  if (key.trim() === "") throw invalidRequest("Idempotency Key must be a non-empty string.");
  if (key.length > 255) {
    throw invalidRequest(
      `Idempotency keys may be up to 255 characters long, but you passed in ${key.length} characters.`,
    );
  }
}

function refuseOtherRequest(first: KeyedRequest, again: KeyedRequest): void {
  const otherKey = `Try using a key other than '${again.key}' if you meant to execute a different request.`;
  if (first.path !== again.path) {
    throw mismatch(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${first.path}' vs '${again.path}'). ${otherKey}`,
    );
  }
  if (first.fingerprint !== again.fingerprint) {
    throw mismatch(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. ${otherKey}`,
    );
  }
}

function mismatch(message: string): StripeRefusal {
  return new StripeRefusal(400, { type: "idempotency_error", message });
}

function inUse(key: string): StripeRefusal {
  return new StripeRefusal(
    409,
    {
      type: "invalid_request_error",
      code: "idempotency_key_in_use",
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    { "stripe-should-retry": "true" },
  );
}
