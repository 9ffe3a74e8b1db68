/** Entities as they are stored, by their names. */
import type { Entities, EntityName } from "#shared/domain/entities";
import type { Item, Key } from "./engine.ts";
import { type Declaration, itemKey, storedItem } from "./item.ts";
import { items } from "./items/index.ts";

/** The declaration of one entity and no other. */
export type EntityDeclaration<E extends EntityName> = Declaration<Entities[E]> & { readonly kind: E };

/** An entity without a declaration, or with that of another, does not compile. */
const declared: { readonly [E in EntityName]: EntityDeclaration<E> } = items;

export const entityKey = <E extends EntityName>(entity: E, thing: Entities[E]): Key =>
  itemKey<Entities[E]>(declared[entity], thing);

export const entityItem = <E extends EntityName>(entity: E, thing: Entities[E]): Item & Key =>
  storedItem<Entities[E]>(declared[entity], thing);
