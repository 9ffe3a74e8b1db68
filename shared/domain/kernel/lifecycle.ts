/**
 * Ways things change their status. The rule, the permission of its action (`causes` in the contract), the diagram in
 * docs/lifecycles.md and the property tests all read the same tables.
 */
import { OwnError } from "./own-error.ts";
import { type Actor, isSystem, type Role } from "./actor.ts";
import type { Occasion } from "./occasion.ts";
import { Refusal, type RefusalCode, type RefusalKind } from "./refusal.ts";
import { accessRefusals, lifecycleRefusals } from "./refusals.ts";
import type { Instant } from "./time.ts";

interface StopOf<K extends RefusalKind> {
  readonly refusal: RefusalCode & { readonly kind: K };
  readonly detail: string;
}
/** One thing that stands in the way of a transition; of a conflict, with the state that does. */
export type Stop =
  | (StopOf<"conflict"> & { readonly currentState: string })
  | (StopOf<Exclude<RefusalKind, "conflict">> & { readonly currentState?: string });

/** What must hold besides the status, on facts `F`. */
export interface Guard<F> {
  /** In one phrase. */
  readonly says: string;
  /** Every refusal that `stops` may give: what the causing actions may answer follows from it. */
  readonly refuses: readonly RefusalCode[];
  /** Everything that does not hold: states before rules before funds. */
  stops(facts: F, occasion: Occasion): readonly Stop[];
}

/** One way a thing may change its status. A step with a guard is only taken on the guard's facts. */
export interface Transition<S extends string = string, F = never> {
  readonly from: readonly S[];
  readonly to: S;
  /** Roles that may cause it; `system` is a job, a consumer, a webhook, or time itself. */
  readonly who: readonly (Role | "system")[];
  readonly guard?: Guard<F>;
  /** What it brings about besides the status, in one phrase. */
  readonly effect?: string;
  /** What a client is told when the status does not allow it. */
  readonly otherwise: RefusalCode;
  /** Statuses about which a client is told something more exact. */
  readonly exactly?: Partial<Record<S, RefusalCode>>;
  /** The sentence a client reads then, when it is not the refusal's title and the status. */
  detail?(status: string): string;
}

/** A step that needs facts `F`. */
export interface Guarded<S extends string, F> extends Transition<S, F> {
  readonly guard: Guard<F>;
}

export type Lifecycle<S extends string> = Readonly<Record<string, Transition<S>>>;

/** Facts are demanded exactly when the step has a guard. */
type FactsOf<X> = X extends { readonly guard: Guard<infer F> } ? readonly [facts: F] : readonly [];

interface Living {
  readonly status: string;
  readonly updatedAt: Instant;
}

/**
 * Moves a thing along one transition.
 * @throws Refusal the first of what stops it: its status, then who acts, then the guard.
 */
export function transition<T extends Living, X extends Transition<T["status"]>>(
  thing: T,
  step: X,
  occasion: Occasion,
  ...facts: FactsOf<X>
): T {
  const stops = everyStop(thing.status, step, occasion, ...facts);
  if (stops[0] !== undefined) throw stoppedBy(stops[0], stops);
  return { ...thing, status: step.to, updatedAt: occasion.now };
}

/** What somebody is told whom it stops. */
export const refusedFor = (stop: Stop): Refusal => stoppedBy(stop, [stop]);

/** The first of them; where a request is well-formed and refused, with everything else that it would be refused for next. */
function stoppedBy({ refusal, detail, currentState }: Stop, stops: readonly Stop[]): Refusal {
  const alike = stops.filter((one) => one.refusal.kind === refusal.kind);
  const errors = alike.map((one) => ({ pointer: "", code: one.refusal.code, detail: one.detail }));
  return new Refusal(refusal, detail, {
    ...(currentState !== undefined && { currentState }),
    ...(refusal.kind === "unprocessable" && errors.length > 1 && { errors }),
  });
}

/** Everything that stops a transition; empty when nothing does. */
export const stopsOf = <S extends string, X extends Transition<S>>(
  { status }: { readonly status: S },
  step: X,
  occasion: Occasion,
  ...facts: FactsOf<X>
): readonly Stop[] => everyStop(status, step, occasion, ...facts);

/** The first of these steps that status and guard allow: what is due, whoever takes it. */
export const dueStep = <S extends string, F>(
  { status }: { readonly status: S },
  steps: readonly Guarded<S, F>[],
  occasion: Occasion,
  facts: F,
): Guarded<S, F> | undefined =>
  steps.find(({ from, guard }) => from.includes(status) && guardStops(guard, facts, occasion).length === 0);

/** For guards that only time, money or the processor can satisfy. No client is told: a step that is not due is not tried. */
export const notDue = (detail: string): Stop => ({
  refusal: lifecycleRefusals.notDue,
  detail,
  currentState: "not_due",
});

/** `facts` are those of the step's own guard, if it has one: the types of the exported functions see to it. */
function everyStop(status: string, step: Transition, occasion: Occasion, facts?: unknown): readonly Stop[] {
  const guarded = step.guard ? guardStops(step.guard, facts as never, occasion) : [];
  return [...stateStops(status, step), ...roleStops(occasion.actor, step), ...guarded];
}

/** A guard's stops; one it does not declare is a defect, for no client was told to expect it. */
function guardStops<F>(guard: Guard<F>, facts: F, occasion: Occasion): readonly Stop[] {
  const stops = guard.stops(facts, occasion);
  const undeclared = stops.find(({ refusal }) => !guard.refuses.includes(refusal));
  if (undeclared) throw new OwnError(`the guard “${guard.says}” gives ${undeclared.refusal.code} and does not say so`);
  return stops;
}

function stateStops(status: string, { from, otherwise, exactly, detail }: Transition): readonly Stop[] {
  if (from.includes(status)) return [];
  const exact = exactly?.[status];
  // Whatever kind the table names, it is told with the status.
  const stop = (refusal: RefusalCode, said: string) => [{ refusal, detail: said, currentState: status } as Stop];
  if (exact) return stop(exact, exact.title);
  return stop(otherwise, detail?.(status) ?? `${otherwise.title}: it is ${status}`);
}

function roleStops(actor: Actor, { who }: Transition): readonly Stop[] {
  const roles: readonly string[] = isSystem(actor) ? ["system"] : actor.roles;
  if (who.some((one) => roles.includes(one))) return [];
  return [{ refusal: accessRefusals.roleNotAllowed, detail: accessRefusals.roleNotAllowed.title }];
}
