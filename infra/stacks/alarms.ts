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
  /** Encrypts what people are told, here and by topics of other stacks. */
  readonly key: Key;

  constructor(scope: Construct, id: string, { stage, ...props }: AlarmsStackProps) {
    super(scope, id, props);
    this.key = new Key(this, "Key", {
      description: "Encrypts what people are told",
      enableKeyRotation: true,
      removalPolicy: removalPolicyOf(stage),
    });
    // Neither CloudWatch nor SES can publish to a topic under a key that does not let them.
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("ses.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
      }),
    );
    this.topic = new Topic(this, "Alarms", { masterKey: this.key, enforceSSL: true });
    // A policy of its own takes the place of the one every topic has, which lets the account's services publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
    this.topic.addSubscription(new EmailSubscription(stage.alarmAddress));
  }
}
