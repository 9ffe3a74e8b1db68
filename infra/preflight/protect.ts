import { CloudFormationClient, UpdateTerminationProtectionCommand } from "@aws-sdk/client-cloudformation";
import { keepingStacks } from "../protection.ts";
import type { Stage } from "../stages.ts";

/** Protects the stacks that keep data and stand, against being deleted; gives their names. Safe to repeat. */
export async function protect(stage: Stage, standing: readonly string[]): Promise<readonly string[]> {
  const client = new CloudFormationClient({ region: stage.region });
  const names = stage.keepsData ? keepingStacks(stage).filter((name) => standing.includes(name)) : [];
  for (const StackName of names)
    await client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }));
  return names;
}
