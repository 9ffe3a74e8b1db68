import { stackNameOf } from "./names.ts";
import type { Stage } from "./stages.ts";

/** Names of a stage's stacks that keep data: what is lost with them is lost. The others are made again from the code. */
export const keepingStacks = ({ name }: Pick<Stage, "name">): readonly string[] =>
  ["data", "identity"].map((part) => stackNameOf(name, part));

/** Whether a stack is protected against being deleted: the stage keeps data, the stack holds it, and it stands. */
export const isProtected = (stage: Stage, stackName: string): boolean =>
  stage.keepsData && keepingStacks(stage).includes(stackName) && stage.standingStacks.includes(stackName);
