/** What capabilities touch in the table, altogether. */
import type { Committable } from "#shared/domain/entities";
import type { ListingName, StoredKind } from "#shared/table/items/index";
import type { Touches } from "./capability.ts";
import { type Capability, catalogue } from "./catalogue.ts";

export type Touched = Omit<Touches<never>, "commits">;

/** The kind whose things are in a listing. */
const kindListed = (name: ListingName): StoredKind => name.split(".")[0] as StoredKind;

export function touchedBy(uses: readonly Capability[]): Touched {
  const all = <K>(of: (row: Touches<Committable>) => readonly K[]): K[] => [
    ...new Set(uses.flatMap((use) => of(catalogue[use]))),
  ];
  const lists = all((row) => row.lists);
  const gets = [...new Set([...all((row) => row.gets), ...lists.map(kindListed)])];
  const [queries, commits] = [all((row) => row.queries), all((row) => row.commits)];
  // Every commit of a person's checks that their account is active; a rehearsal checks what would be added to.
  const ofCommits: readonly StoredKind[] = uses.includes("changes:commit")
    ? [...gets, ...queries, ...commits, ...all((row) => row.adds), "account"]
    : [];
  return {
    gets,
    queries,
    lists,
    writes: [...new Set([...commits, ...all((row) => row.writes)])],
    removes: all((row) => row.removes),
    adds: all((row) => row.adds),
    checks: [...new Set<StoredKind>([...ofCommits, ...all((row) => row.checks)])],
  };
}

/** What an action may commit. */
export const commitsOf = (uses: readonly Capability[]): readonly Committable[] =>
  uses.flatMap((use): readonly Committable[] => catalogue[use].commits);
