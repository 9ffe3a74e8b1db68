import { type Instant } from "./time.ts";
import { refuse, type RefusalCode } from "./refusal.ts";

/**
 * One way a thing may change its status. The rule, the stored condition, the diagram in the docs and the property
 * tests all read the same table.
 */
export interface Transition<S extends string> {
  readonly from: readonly S[];
  readonly to: S;
  /** Who may cause it, in words of the permission table. */
  readonly who: readonly ("brand" | "creator" | "admin" | "system")[];
  /** What must hold besides, in one phrase. */
  readonly guard?: string;
  /** What a client is told when the status does not allow it. */
  readonly otherwise: RefusalCode;
}

export type Lifecycle<S extends string> = Readonly<Record<string, Transition<S>>>;

interface Living {
  readonly status: string;
  readonly updatedAt: Instant;
}

/** Moves a thing along one transition, or refuses with the transition's own code and the current state. */
export function transition<T extends Living>(thing: T, step: Transition<T["status"]>, now: Instant): T {
  if (!step.from.includes(thing.status)) {
    throw refuse(step.otherwise, `${step.otherwise.title}: it is ${thing.status}`, { currentState: thing.status });
  }
  return { ...thing, status: step.to, updatedAt: now };
}
