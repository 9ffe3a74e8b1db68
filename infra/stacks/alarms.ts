import { Stack, type StackProps } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { removalPolicyOf } from "../retention.ts";
import type { Stage } from "../stages.ts";

export interface AlarmsStackProps extends StackProps {
  readonly stage: Stage;
}

/** Where every alarm rings: one encrypted topic that mails the stage's address. */
export class AlarmsStack extends Stack {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, ...props }: AlarmsStackProps) {
    super(scope, id, props);
    const key = new Key(this, "Key", {
      description: "Encrypts alarm notifications",
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(stage),
    });
    // CloudWatch cannot publish to a topic under a key that does not let it.
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
      }),
    );
    this.topic = new Topic(this, "Alarms", { masterKey: key, enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(stage.alarmAddress));
  }
}
