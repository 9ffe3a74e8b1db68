import * as z from "zod";
import type { Call } from "./call.ts";
import type { Stage } from "./pipeline.ts";

/** What the stage answers to a switch that cannot be thrown. */
export class ControlProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One of the stage's own switches, its body's type erased. */
export interface Control {
  /** `METHOD /_path/{id}`. */
  readonly pattern: string;
  /** Reads the JSON body; what it returns executes, in the account that holds the object of the path. */
  readonly prepare: (body: string) => (call: Call, stage: Stage) => object;
}

/** Declares a switch. Stripe has none of these; they need no key. */
export function control<S extends z.ZodType>(
  pattern: string,
  shape: S,
  run: (input: z.output<S>, call: Call, stage: Stage) => object,
): Control {
  return {
    pattern,
    prepare: (body) => {
      const input = shape.safeParse(parsed(body));
      if (!input.success) throw new ControlProblem(400, z.prettifyError(input.error));
      return (call, stage) => run(input.data, call, stage);
    },
  };
}

/** A body that says nothing. */
export const nothing = z.strictObject({});

function parsed(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    return undefined;
  }
}
