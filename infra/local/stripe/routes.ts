import * as z from "zod";
import type { Account } from "./account.ts";
import type { EventObject, EventType } from "./events.ts";
import { expanded } from "./expand.ts";
import type { FormRecord } from "./form.ts";
import { parseForm } from "./parameters.ts";

/** What the stage decides about money and time. */
export interface Settings {
  /** The time in milliseconds. */
  readonly now: () => number;
  /** Stripe's fee on a charge, in the charge's minor units. */
  readonly chargeFee: (amountMinor: number, currency: string) => number;
  /** How long a charge's funds stay pending. */
  readonly fundsDelaySeconds: number;
}

/** One execution of a route. */
export interface Call {
  readonly account: Account;
  /** What stands for `{id}` in the pattern; empty where there is none. */
  readonly id: string;
  /** The time of the call in seconds. */
  readonly nowSeconds: number;
  readonly settings: Settings;
  /** Records an event and hands it to the webhook; the reply never waits for its delivery. */
  readonly emit: (type: EventType, object: EventObject) => void;
}

/** A route, its parameter types erased. */
export interface Route {
  /** `METHOD /v1/path/{id}`. */
  readonly pattern: string;
  /**
   * Reads the parameters; what it returns executes.
   * @throws a refusal when a parameter is wrong: nothing has begun then, and no idempotency key is used up.
   */
  readonly prepare: (form: FormRecord) => (call: Call) => object;
}

type Parameters = z.ZodType<{ expand?: string[] | undefined }>;

/** Declares a route. `run` is synchronous: its changes are seen by other calls together or not at all. */
export function route<S extends Parameters>(
  pattern: string,
  schema: S,
  run: (input: z.output<S>, call: Call) => object,
): Route {
  return {
    pattern,
    prepare: (form) => {
      const input = parseForm(schema, form);
      return (call) => expanded(run(input, call), input.expand ?? [], call.account);
    },
  };
}

/** A route that a method and path lead to. */
export interface Match {
  readonly route: Route;
  readonly id: string;
}

/** The routes of all resources. */
export class Routes {
  readonly #routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  find(method: string, path: string): Match | undefined {
    const wanted = `${method} ${path}`.split("/");
    for (const candidate of this.#routes) {
      const pattern = candidate.pattern.split("/");
      if (pattern.length !== wanted.length) continue;
      if (!pattern.every((part, at) => (part === "{id}" ? wanted[at] !== "" : part === wanted[at]))) continue;
      return { route: candidate, id: wanted[pattern.indexOf("{id}")] ?? "" };
    }
    return undefined;
  }
}
