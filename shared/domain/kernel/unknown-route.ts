import { type Refusal, refuse } from "./refusal.ts";
import { requestRefusals } from "./refusals.ts";

/** Why a request reached no action: its path is unknown, or its method is. */
export function unknownRoute(method: string, path: string, known: readonly string[]): Refusal {
  if (known.length === 0) return refuse(requestRefusals.unknownRoute, `There is nothing at ${path}`);
  const allow = [...known].sort();
  return refuse(requestRefusals.methodNotAllowed, `${path} knows ${allow.join(", ")}, not ${method}`, { allow });
}
