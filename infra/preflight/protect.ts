import {
  CloudFormationClient,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { keepingStacks } from "../protection.ts";
import type { Stage } from "../stages.ts";

/**
 * What holds something that was stored, or opens it: a new one in its place is empty, and a new key opens nothing that the
 * old one sealed, though code and names are the same as before.
 */
const HOLDING = [
  "AWS::Cognito::UserPool",
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::Kinesis::Stream",
  "AWS::S3::Bucket",
  "AWS::SQS::Queue",
] as const;

/** Source: CloudFormation user guide, "Prevent updates to stack resources"; the last word is a refusal's. */
export const stackPolicy = {
  Statement: [
    { Effect: "Allow", Principal: "*", Action: "Update:*", Resource: "*" },
    {
      Effect: "Deny",
      Principal: "*",
      Action: ["Update:Delete", "Update:Replace"],
      Resource: "*",
      Condition: { StringEquals: { ResourceType: HOLDING } },
    },
  ],
} as const;

/**
 * Protects the stacks that keep data and stand, against being deleted and against updates that take what holds it out of them
 * (as the commit would that was there before it), or put another in its place; gives their names. Safe to repeat.
 */
export async function protect(stage: Stage, standing: readonly string[]): Promise<readonly string[]> {
  const client = new CloudFormationClient({ region: stage.region });
  const names = stage.keepsData ? keepingStacks(stage).filter((name) => standing.includes(name)) : [];
  for (const StackName of names) {
    await client.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: true }));
    await client.send(new SetStackPolicyCommand({ StackName, StackPolicyBody: JSON.stringify(stackPolicy) }));
  }
  return names;
}
