/** What an area brings along to be simulated. */
import type { Role } from "#shared/domain/kernel/actor";
import type { Chance } from "./chance.ts";
import type { Client } from "./client.ts";
import type { World } from "./world.ts";

/** Something that people do of their own accord. */
export interface Move {
  readonly name: string;
  readonly role: Role;
  /** How often it is done, against the other moves of its role. */
  readonly weight: number;
  /**
   * Looks through the API whether there is something to do, and does it; false when there is not. Chance is the step's own:
   * everything that is drawn is drawn from it.
   */
  readonly act: (me: Client, chance: Chance, world: World) => Promise<boolean>;
}

/** What must hold of a world that has come to rest: each sentence says what does not. */
export interface Invariant {
  readonly says: string;
  readonly broken: (world: World) => Promise<readonly string[]> | readonly string[];
}

/**
 * A short history without chance, on which every invocation is killed at each of its calls. It must come to the same end
 * whatever dies: people ask again until they are answered.
 */
export interface Story {
  readonly name: string;
  readonly tell: (world: World) => Promise<void>;
}

export interface Area {
  readonly moves?: readonly Move[];
  /** What stands outside the system and is this area's, by its port's noun; `unreliable` puts faults around it. */
  readonly outside?: (world: World) => Readonly<Record<string, unknown>>;
  /** Ports of this area that never leave the process: no call of theirs is lost, and nobody dies at one. */
  readonly inside?: Readonly<Record<string, unknown>>;
  /** Ports that hand out others, of which the area makes each one's calls calls (`callingPort`). */
  readonly handsOut?: (world: World) => Readonly<Record<string, unknown>>;
  /** Work of what is outside that is still to be done: notices that are under way, and the like. */
  readonly left?: (world: World) => number;
  /** What people still do when everybody else has gone. */
  readonly evening?: (world: World, chance: Chance) => Promise<void>;
  readonly invariants?: readonly Invariant[];
  readonly stories?: readonly Story[];
}
