import { type Actor, isAdmin } from "./actor.ts";
import type { NewId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** What a rule knows besides the things it decides about: who acts, when, and which ids are next. */
export interface Occasion {
  readonly actor: Actor;
  readonly now: Instant;
  readonly newId: NewId;
  /** Versions of the thing that the call's `If-Match` allows; left out where any will do. See `requireVersion`. */
  readonly ifMatch?: readonly number[] | undefined;
}

/** For whom an admin acts, for the audit; nothing when people act for themselves. */
export const actingFor = (actor: Actor, ownerId: string): { readonly onBehalfOf?: string } =>
  isAdmin(actor) && actor.userId !== ownerId ? { onBehalfOf: ownerId } : {};
