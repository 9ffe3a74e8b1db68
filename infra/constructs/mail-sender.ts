import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { FilterOrPolicy, type ITopic, SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription, SqsSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { followMailFeedback } from "#shared/contracts/notifications";
import { domainOf, type Stage } from "../stages.ts";
import { timeoutOf } from "./action-function.ts";
import { StageAlarm } from "./stage-alarm.ts";
import { WorkQueue } from "./work-queue.ts";

export interface MailSenderProps {
  readonly stage: Stage;
  /** Of alarms: bounces name people, so they are told under it. */
  readonly key: IKey;
  readonly alarms: ITopic;
}

/**
 * Share of an account's mails at which AWS begins to watch it. The account is judged, not one configuration set, and the
 * account's metrics have no dimension. Source: SES developer guide, reputation monitoring alarms.
 */
const LIMITS = { "Reputation.BounceRate": 0.05, "Reputation.ComplaintRate": 0.001 } as const;

/** Deliveries before feedback is given up. */
const DELIVERIES = 6;

/**
 * What mails are sent under: TLS, no second mail to who bounced or complained, and both are told. Every sender names these
 * settings with its mails, since the domain they come from may be an identity that is not ours to configure. One that we
 * make sends once the DNS records in the outputs are there.
 */
export class MailSender extends Construct {
  /** Name of the configuration set. */
  readonly settings: string;
  /** What SES tells of mails that came back, or that somebody called spam. */
  readonly feedbackQueue: IQueue;

  constructor(scope: Construct, id: string, { stage, key, alarms }: MailSenderProps) {
    super(scope, id);
    const settings = new ConfigurationSet(this, "Settings", {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    const feedback = new Topic(this, "Feedback", { masterKey: key, enforceSSL: true });
    feedback.addSubscription(new EmailSubscription(stage.alarmAddress));
    settings.addEventDestination("Told", {
      destination: EventDestination.snsTopic(feedback),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    this.settings = settings.configurationSetName;
    this.feedbackQueue = this.queueOf(feedback, alarms);
    if (stage.senderIdentity === "create") this.makeIdentity(stage);
    for (const [metricName, threshold] of Object.entries(LIMITS)) {
      new StageAlarm(this, metricName, {
        meaning: `${metricName} has come so far that AWS may stop our mails`,
        article: "mail-reputation",
        metric: new Metric({
          namespace: "AWS/SES",
          metricName,
          statistic: "Maximum",
          period: Duration.hours(1),
        }),
        threshold,
        topic: alarms,
      });
    }
  }

  /** The consumer's queue. When SES is given a topic it says so there in plain words, which no consumer can read. */
  private queueOf(feedback: Topic, alarms: ITopic): IQueue {
    const { queue, deadLetters } = new WorkQueue(this, "FeedbackWork", {
      timeout: timeoutOf(followMailFeedback),
      deliveries: DELIVERIES,
      meaning: followMailFeedback.ifItFails,
      article: "follow-mail-feedback",
      alarms,
    });
    const told = SubscriptionFilter.stringFilter({ allowlist: ["Bounce", "Complaint"] });
    feedback.addSubscription(
      new SqsSubscription(queue, {
        rawMessageDelivery: true,
        filterPolicyWithMessageBody: { eventType: FilterOrPolicy.filter(told) },
        deadLetterQueue: deadLetters,
      }),
    );
    return queue;
  }

  /** The domain as SES knows it, and what its DNS must say before SES sends in its name. */
  private makeIdentity(stage: Stage): void {
    const identity = new EmailIdentity(this, "Domain", {
      identity: Identity.domain(domainOf(stage.senderAddress)),
    });
    // An account has one for a domain: it outlives the stage that made it, so that nobody's mail stops with it.
    identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    const { dkimRecords } = identity;
    if (!stage.poolMailsThroughSes) return;
    for (const [at, { name, value }] of dkimRecords.entries()) {
      new CfnOutput(Stack.of(this), `MailRecord${at + 1}`, {
        value: `${name} CNAME ${value}`,
        description: "DNS record of mails",
      });
    }
  }
}
