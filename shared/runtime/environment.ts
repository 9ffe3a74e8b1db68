/** Where an action's environment is read; the edge reads two more by itself, which may be missing. */
import { OwnError } from "#shared/domain/kernel/own-error";

/** Gives the named variables; names every one that is missing at once. */
export function readEnvironment<N extends string>(names: readonly N[]): { readonly [K in N]: string } {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new OwnError(`missing environment: ${[...new Set(missing)].sort().join(", ")}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as { readonly [K in N]: string };
}
