import type * as z from "zod";
import type { Call } from "./call.ts";
import { expanded } from "./expand.ts";
import type { FormRecord } from "./form.ts";
import { parseForm } from "./parameters.ts";

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
      return (call) => expanded(run(input, call), input.expand ?? [], call);
    },
  };
}

/** A route that a method and path lead to, and what stands for its placeholders. */
export interface Match<R> {
  readonly route: R;
  readonly ids: readonly string[];
}

const isPlaceholder = (part: string) => part.startsWith("{");

/** The routes of all resources, found by their patterns. */
export class Routes<R extends { readonly pattern: string }> {
  readonly #routes: readonly R[];

  constructor(routes: readonly R[]) {
    this.#routes = routes;
  }

  find(method: string, path: string): Match<R> | undefined {
    const wanted = `${method} ${path}`.split("/");
    for (const candidate of this.#routes) {
      const pattern = candidate.pattern.split("/");
      if (pattern.length !== wanted.length) continue;
      if (!pattern.every((part, at) => (isPlaceholder(part) ? wanted[at] !== "" : part === wanted[at]))) continue;
      return { route: candidate, ids: wanted.filter((_part, at) => isPlaceholder(pattern[at] ?? "")) };
    }
    return undefined;
  }
}
