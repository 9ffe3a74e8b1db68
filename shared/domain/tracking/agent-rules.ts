import { type agentClass, agentClassifier } from "./classification.ts";
import { type deviceOf, deviceTeller } from "./device.ts";

/** What a hit's agent tells, for many hits: a batch has few distinct ones. */
export interface AgentRules {
  readonly classOf: typeof agentClass;
  readonly deviceOf: typeof deviceOf;
}

export const agentRules = (): AgentRules => ({ classOf: agentClassifier(), deviceOf: deviceTeller() });
