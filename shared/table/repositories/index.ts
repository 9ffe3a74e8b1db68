/** The one record that every engine turns into adapters. */
import type { TableEngine } from "../engine.ts";
import * as repositories from "./by-noun.ts";

type Repositories = typeof repositories;
/** Each repository as an adapter: made from what an engine is made from. */
export type RepositoriesOn<E> = { readonly [N in keyof Repositories]: (env: E) => ReturnType<Repositories[N]> };

/** The record on one engine. A repository is made when an action calls for it, and not before. */
export const repositoriesOn = <E>(engine: (env: E) => TableEngine): RepositoriesOn<E> =>
  Object.fromEntries(
    Object.entries(repositories).map(([noun, make]) => [noun, (env: E) => make(engine(env))]),
  ) as RepositoriesOn<E>;
