import * as z from "zod";
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
 * | `rate_limit_429` | none | 429 `rate_limit`, before the idempotency layer | no |
 * | `hold` | happens once `DELETE /_faults` releases it | then | yes; 409 `idempotency_key_in_use` until then |
 *
 * `route` is a pattern (`POST /v1/payment_intents/{id}/confirm`), an address (`GET /v1/customers/cus_1`) or `*`.
 * `times` requests are hit (1 unless given) after `skip` matching ones passed (0 unless given).
 */
export const faultShape = z.strictObject({
  route: z.string(),
  kind: z.enum([
    "timeout_before",
    "timeout_after",
    "reset",
    "reset_after",
    "error_500",
    "error_500_after",
    "error_503",
    "rate_limit_429",
    "hold",
  ]),
  times: z.int().min(1).default(1),
  skip: z.int().min(0).default(0),
});

/** A fault that is set. */
export type Fault = z.output<typeof faultShape>;

/** The faults that wait for their requests. */
export class Faults {
  #waiting: Fault[] = [];
  #held: (() => void)[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault });
  }

  /** Removes every fault and lets held requests go on. */
  clear(): void {
    this.#waiting = [];
    const held = this.#held;
    this.#held = [];
    for (const goOn of held) goOn();
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** The kind that hits a request, used up by it. */
  take(method: string, path: string, pattern: string): Fault["kind"] | undefined {
    const names = ["*", pattern, `${method} ${path}`];
    for (const fault of this.#waiting.filter((candidate) => names.includes(candidate.route))) {
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      this.#waiting = this.#waiting.filter((candidate) => candidate.times > 0);
      return fault.kind;
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

/** A refusal from before execution began. */
export function refusalBefore(kind: Fault["kind"] | undefined): StripeRefusal | undefined {
  if (kind === "rate_limit_429") {
    return new StripeRefusal(
      429,
      {
        type: "invalid_request_error",
        code: "rate_limit",
        message: "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
      },
      { "stripe-rate-limited-reason": "global-rate" },
    );
  }
  if (kind === "error_503") {
    return new StripeRefusal(503, { type: "api_error", message: "Stripe is temporarily unavailable." });
  }
  return undefined;
}
