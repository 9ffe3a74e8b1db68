import type { Action } from "#shared/contracts/index";
import type { StageName } from "./stages.ts";

/** Name of one of a stage's stacks. */
export const stackNameOf = (stage: StageName, name: string): string => `atomic-${stage}-${name}`;

/**
 * Name of an action's function in a stage; its alarm carries it too. The area is part of it: an action that moves to another
 * area's stack would otherwise collide with itself. Lambda takes 64 characters at most.
 */
export const functionNameOf = (stage: StageName, { area, kebabName }: Pick<Action, "area" | "kebabName">): string =>
  `atomic-${stage}-${area}-${kebabName}`;

/** By which the firewall of links and its rule are counted: stages of one account each by themselves. */
export const firewallMetricsOf = (stage: StageName): { readonly webAcl: string; readonly rule: string } => ({
  webAcl: `links-${stage}`,
  rule: `links-${stage}-one-address`,
});
