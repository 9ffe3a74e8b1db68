/** What somebody may do, and what stands in the way where they may not. */
import { type Actor, mayCall, type Role } from "../kernel/actor.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { idOf } from "../kernel/ids.ts";
import * as z from "zod";

/** A thing that capabilities are asked about: `campaign:{id}`. */
export const ResourceName = z.templateLiteral(["campaign:", idOf("campaign")], "must be campaign: and its id (cmp_…)");

/** The campaign in a resource's name. */
export const campaignIn = (resource: z.infer<typeof ResourceName>): string => resource.slice("campaign:".length);

/** An action by its contract's name, and the roles that may call it. */
export interface Callable {
  readonly name: string;
  readonly roles: readonly Role[];
  /** What a stage must have for it to be there. */
  readonly requires?: string;
}

/** Those of them that are there, on a stage with these features. */
export const thereOn = (features: readonly string[], actions: readonly Callable[]): readonly Callable[] =>
  actions.filter(({ requires }) => requires === undefined || features.includes(requires));

export interface Capability {
  readonly action: string;
  readonly allowed: boolean;
  /** The code that the action would refuse with. */
  readonly reason?: string;
}

/** @param reasonOf what stands in the way of an action that the role may call */
export const capabilitiesOf = (
  actor: Actor,
  actions: readonly Callable[],
  reasonOf: (action: string) => string | undefined,
): readonly Capability[] =>
  actions.map(({ name, roles }) => {
    const reason = mayCall(actor, roles) ? reasonOf(name) : accessRefusals.roleNotAllowed.code;
    return { action: name, allowed: reason === undefined, ...(reason !== undefined && { reason }) };
  });
