/** Rows of the catalogue: how one is spelled, and what it may say. */
import type { Committable } from "#shared/domain/entities";
import type { ListingName, StoredKind } from "#shared/table/items/index";

/** What a capability touches in the table, kind by kind. */
export interface Touches<C extends Committable> {
  /** By their keys. */
  readonly gets: readonly StoredKind[];
  /** By their partitions. */
  readonly queries: readonly StoredKind[];
  /** By the listings they are in, and then by their keys: indexes hold nothing else. */
  readonly lists: readonly ListingName[];
  /** What a change may hold under it; with any of them `run` is handed `commit`. */
  readonly commits: readonly C[];
  /** Written besides: by the port itself, or in the wake of what is committed. */
  readonly writes: readonly StoredKind[];
  /** Of what is committed or written: what may be deleted as well. */
  readonly removes: readonly StoredKind[];
  /** Added to in place: figures, and the notes of hits. */
  readonly adds: readonly StoredKind[];
  /** Made a condition of what is written: besides what a commit checks, that it is still what was read. */
  readonly checks: readonly StoredKind[];
}

export interface Row<P, N extends string, C extends Committable> extends Touches<C> {
  /** For the types alone: what `run` is handed under the noun. */
  readonly port?: P;
  /** Environment variables. Infra supplies them, adapters read them, nobody else gets them. */
  readonly environment: readonly N[];
}

const nothing = {
  environment: [],
  gets: [],
  queries: [],
  lists: [],
  commits: [],
  writes: [],
  removes: [],
  adds: [],
  checks: [],
};

/** A row, of which only what differs from nothing is said. */
export const capability =
  <P>() =>
  <const N extends string = never, const C extends Committable = never>(
    touches: Partial<Touches<C>> & { readonly environment?: readonly N[] },
  ): Row<P, N, C> => ({ ...nothing, ...touches });

/** A row of what the table gives; without an interface, a right to commit and nothing more. */
export const stored =
  <P = never>() =>
  <const C extends Committable = never>(touches: Partial<Touches<C>>): Row<P, "TABLE_NAME", C> =>
    capability<P>()({ environment: ["TABLE_NAME"], ...touches });

/** What whoever talks to the payment processor needs of its environment. */
export const processor = { environment: ["STRIPE_SECRET_ARN", "STRIPE_API_BASE"] } as const;

/** What `run` finds its port under: the part before the colon. */
export const nounOf = (capability: `${string}:${string}`): string => capability.slice(0, capability.indexOf(":"));
