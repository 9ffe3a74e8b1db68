import { type Capability, committable, environmentOf, isWrite, type Wiring } from "#shared/ports/catalogue";
import type { Changes, CommitContext } from "#shared/ports/changes";
import type { Change } from "#shared/domain/change";
import type { TableEngine } from "#shared/table/engine";
import { readEnvironment } from "./environment.ts";

/** A wiring with the types of its nouns forgotten: `Wiring` has checked them where the lambda named them. */
interface LooseWiring {
  readonly table: (env: { readonly TABLE_NAME: string }) => TableEngine;
  readonly changes?: (table: TableEngine) => Changes;
}
type LooseFactory = (env: Readonly<Record<string, string>>, table: TableEngine) => unknown;

/** An action's adapters, made once per process. */
export interface Connected {
  readonly table: TableEngine;
  /** The ports of one call, with a `commit` that knows whose call it is. */
  portsFor(context: Omit<CommitContext, "writes">): unknown;
}

/**
 * Makes the adapters that `uses` calls for; every missing environment variable is named in one error. What the event
 * itself tells is `given`, and not asked of the environment.
 */
export function connect<U extends Capability>(
  uses: readonly U[],
  wiring: Wiring<U>,
  alsoNeeds: readonly string[] = [],
  given: Readonly<Record<string, string>> = {},
): Connected {
  const { table: makeTable, changes: makeChanges, ...factories } = wiring as LooseWiring & Record<string, LooseFactory>;
  const names = [...uses.flatMap((use): readonly string[] => environmentOf[use]), ...alsoNeeds, "TABLE_NAME"];
  const env = { ...readEnvironment(names.filter((name) => !(name in given))), ...given };
  const table = makeTable({ TABLE_NAME: env["TABLE_NAME"] ?? "" });
  const ports = Object.fromEntries(Object.entries(factories).map(([noun, make]) => [noun, make(env, table)]));
  const changes = makeChanges?.(table);
  if (uses.some(isWrite) && changes === undefined)
    throw new Error("an action that writes needs `changes` in its wiring");
  const writes = committable(uses);
  return {
    table,
    portsFor: (context) => ({ ...ports, ...(changes && { commit: commitWith(changes, { ...context, writes }) }) }),
  };
}

const commitWith =
  (changes: Changes, context: CommitContext) =>
  async <R>(change: Change, reply: R): Promise<R> => {
    await changes.commit(context, change, reply);
    return reply;
  };
