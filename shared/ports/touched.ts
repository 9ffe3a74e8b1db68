/** What capabilities touch in the table, altogether. */
import type { Committable } from "#shared/domain/entities";
import type { ListingName, StoredKind } from "#shared/table/items/index";
import type { Touches } from "./capability.ts";
import { type Capability, catalogue } from "./catalogue.ts";

export interface Touched extends Omit<Touches<never>, "commits"> {
  /** Made a condition of a commit: that it is still what was read. */
  readonly checks: readonly StoredKind[];
}

/** The kind whose things are in a listing. */
const kindListed = (name: ListingName): StoredKind => name.split(".")[0] as StoredKind;

export function touchedBy(uses: readonly Capability[]): Touched {
  const all = <K>(of: (row: Touches<Committable>) => readonly K[]): K[] => [
    ...new Set(uses.flatMap((use) => of(catalogue[use]))),
  ];
  const lists = all((row) => row.lists);
  const gets = [...new Set([...all((row) => row.gets), ...lists.map(kindListed)])];
  const [queries, commits] = [all((row) => row.queries), all((row) => row.commits)];
  return {
    gets,
    queries,
    lists,
    writes: [...new Set([...commits, ...all((row) => row.writes)])],
    removes: all((row) => row.removes),
    adds: all((row) => row.adds),
    // Every commit of a person's checks that their account is active; a rehearsal checks what would be added to.
    checks: uses.includes("changes:commit")
      ? [...new Set<StoredKind>([...gets, ...queries, ...commits, ...all((row) => row.adds), "account"])]
      : [],
  };
}

/** What an action may commit. */
export const commitsOf = (uses: readonly Capability[]): readonly Committable[] =>
  uses.flatMap((use): readonly Committable[] => catalogue[use].commits);
