import * as z from "zod";
import { Draws } from "./random.ts";
import { StripeRefusal } from "./refusal.ts";

/**
 * What can be made to go wrong, by `POST /_faults` with
 * `{ "route": "POST /v1/payment_intents", "kind": "timeout_after", "times": 1, "skip": 0 }`:
 *
 * | kind | effect | reply | saved under the idempotency key |
 * |---|---|---|---|
 * | `timeout_before` | none | never comes | no |
 * | `timeout_after` | happens | never comes | yes |
 * | `reset` | none | the connection is reset | no |
 * | `reset_after` | happens | the connection is reset | yes |
 * | `error_500` | none | 500 `api_error` | yes |
 * | `error_500_after` | happens | 500 `api_error` | yes: only events and lists tell |
 * | `error_503` | none | 503, before execution began | no |
 * | `rate_limit_429` | none | 429 `rate_limit` with `Retry-After`, before the idempotency layer | no |
 * | `lock_timeout` | none | 429 `lock_timeout`: somebody else holds the object | no |
 * | `key_in_use` | none | 409 `idempotency_key_in_use` | no |
 * | `key_mismatch` | none | 400 `idempotency_error` | no |
 * | `hold` | happens once `DELETE /_faults` releases it | then | yes; 409 `idempotency_key_in_use` until then |
 *
 * `route` is a pattern (`POST /v1/payment_intents/{id}/confirm`), an address (`GET /v1/customers/cus_1`) or `*`.
 * `times` requests are hit (1 unless given) after `skip` matching ones passed (0 unless given). `retryAfterSeconds` is
 * what a `rate_limit_429` asks its client to wait (0 unless given).
 */
const kinds = [
  "timeout_before",
  "timeout_after",
  "reset",
  "reset_after",
  "error_500",
  "error_500_after",
  "error_503",
  "rate_limit_429",
  "lock_timeout",
  "key_in_use",
  "key_mismatch",
  "hold",
] as const;

export const faultShape = z.strictObject({
  route: z.string(),
  kind: z.enum(kinds),
  times: z.int().min(1).default(1),
  skip: z.int().min(0).default(0),
  retryAfterSeconds: z.int().min(0).default(0),
});

/**
 * Faults at random, by `POST /_faults/random` with
 * `{ "seed": 7, "route": "POST /v1/transfers", "probabilities": { "timeout_after": 0.1, "error_503": 0.1 } }`: equal
 * seeds hit the same nth request of each route. `route` is `*` unless given; `DELETE /_faults` ends it.
 */
export const randomFaultsShape = z.strictObject({
  seed: z.int(),
  route: z.string().default("*"),
  probabilities: z
    .partialRecord(z.enum(kinds), z.number().min(0).max(1))
    .refine((rates) => Object.values(rates).reduce((sum, rate) => sum + rate, 0) <= 1, "More than 1 in all."),
});

/** A fault that is set. */
export type Fault = z.output<typeof faultShape>;

/** What hits a request. */
export type Hit = Pick<Fault, "kind" | "retryAfterSeconds">;

/** Faults at random that are set. */
export type RandomFaults = z.output<typeof randomFaultsShape>;

/** The faults that wait for their requests. */
export class Faults {
  #waiting: Fault[] = [];
  #random: { readonly faults: RandomFaults; readonly draws: Draws } | undefined;
  #held: (() => void)[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  /** Lets chance decide from now on. */
  randomize(faults: RandomFaults): void {
    this.#random = { faults, draws: new Draws(faults.seed) };
  }

  /** Removes every fault, chance included, and lets held requests go on. */
  clear(): void {
    this.#waiting = [];
    this.#random = undefined;
    const held = this.#held;
    this.#held = [];
    for (const goOn of held) goOn();
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** What hits a request, used up by it. */
  take(method: string, path: string, pattern: string): Hit | undefined {
    const names = ["*", pattern, `${method} ${path}`];
    for (const fault of this.#waiting.filter((candidate) => names.includes(candidate.route))) {
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      this.#waiting = this.#waiting.filter((candidate) => candidate.times > 0);
      return fault;
    }
    return this.#byChance(names);
  }

  #byChance(names: readonly string[]): Hit | undefined {
    if (!this.#random || !names.includes(this.#random.faults.route)) return undefined;
    let left = this.#random.draws.next(names[1] ?? "");
    for (const kind of kinds) {
      left -= this.#random.faults.probabilities[kind] ?? 0;
      if (left < 0) return { kind, retryAfterSeconds: 0 };
    }
    return undefined;
  }

  /** Ends when faults are cleared. */
  held(): Promise<void> {
    return new Promise((goOn) => this.#held.push(goOn));
  }
}

/** The 500 of an execution that failed. Stripe asks not to retry it, because its key would only replay it. */
export function internalError(): StripeRefusal {
  const message =
    "An unknown error occurred. Please contact us at https://support.stripe.com/contact/email if this persists.";
  return new StripeRefusal(500, { type: "api_error", message }, { "stripe-should-retry": "false" });
}

const tryAgainLater = "Learn more about rate limits here https://stripe.com/docs/rate-limits.";

// https://docs.stripe.com/rate-limits#object-lock-timeouts, https://docs.stripe.com/api/idempotent_requests
const refusals: Partial<Record<Fault["kind"], (hit: Hit) => StripeRefusal>> = {
  rate_limit_429: ({ retryAfterSeconds }) =>
    new StripeRefusal(
      429,
      { type: "invalid_request_error", code: "rate_limit", message: `Request rate limit exceeded. ${tryAgainLater}` },
      { "retry-after": String(retryAfterSeconds), "stripe-rate-limited-reason": "global-rate" },
    ),
  lock_timeout: () =>
    new StripeRefusal(429, {
      type: "invalid_request_error",
      code: "lock_timeout",
      message:
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.",
    }),
  key_in_use: () =>
    new StripeRefusal(
      409,
      {
        type: "invalid_request_error",
        code: "idempotency_key_in_use",
        message: "There is currently another in-progress request using this Idempotent Key. Please try again later.",
      },
      { "stripe-should-retry": "true" },
    ),
  key_mismatch: () =>
    new StripeRefusal(400, {
      type: "idempotency_error",
      message: "Keys for idempotent requests can only be used with the same parameters they were first used with.",
    }),
  error_503: () => new StripeRefusal(503, { type: "api_error", message: "Stripe is temporarily unavailable." }),
};

/** A refusal from before execution began. */
export function refusalBefore(hit: Hit | undefined): StripeRefusal | undefined {
  return hit && refusals[hit.kind]?.(hit);
}
