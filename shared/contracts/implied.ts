/** What the runtime does for every action of a trigger, beside what the action declares. */
import { type Capability, type CommitCapability, commitsOf } from "#shared/ports/catalogue";
import type { Contract, HttpContract, ScheduleContract } from "./contract.ts";

/** Capabilities of the runtime itself, by what an action is. */
type ImpliedBy<C extends Contract> =
  | CommitCapability<C["uses"][number]>
  | (C extends ScheduleContract ? "jobs:run" | "changes:commit" : never)
  | (C extends HttpContract
      ? C["roles"] extends "public"
        ? never
        : "callers:authenticate" | "idempotency:keep"
      : never);

/** Everything an action's pipeline may ask of its adapters. */
export type UsesOf<C extends Contract> = C["uses"][number];
export type NeedsOf<C extends Contract> = UsesOf<C> | ImpliedBy<C>;

/** Everything one action may do: what it declared, the guard at its door, the record of its run, its commit. */
export function capabilitiesOf(contract: Contract): readonly Capability[] {
  const implied: readonly [Capability, boolean][] = [
    ["callers:authenticate", isGuarded(contract)],
    ["idempotency:keep", takesKeys(contract)],
    ["jobs:run", contract.trigger === "schedule"],
    ["changes:commit", contract.trigger === "schedule" || commitsOf(contract.uses).length > 0],
  ];
  return [...new Set([...contract.uses, ...implied.flatMap(([capability, applies]) => (applies ? [capability] : []))])];
}

/** Whether callers must say who they are. */
export const isGuarded = (contract: Contract): contract is HttpContract =>
  contract.trigger === "http" && contract.roles !== "public";

/** Whether clients may send an Idempotency-Key. */
export const takesKeys = (contract: Contract): contract is HttpContract =>
  isGuarded(contract) && contract.route.startsWith("POST ");
