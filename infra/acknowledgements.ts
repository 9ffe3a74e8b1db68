import { type App, Validations } from "aws-cdk-lib";
import { stageNames } from "./stages.ts";

/** A finding of cdk-nag that stands, where it does, and why. Anything else fails the synth. */
interface Acknowledgement {
  readonly id: string;
  /** Of the construct's path. */
  readonly at: RegExp;
  readonly reason: string;
}

const nag = (rule: string): string => `AwsSolutions::AwsSolutions-${rule}`;

const serverless = (rule: string): string => `Serverless::Serverless-${rule}`;

/** The bucket's ARN as other stacks know it. */
const PARKED_RECORDS = "ExportsOutputFnGetAttParkedRecordsBucketB18BF80DArnAA50E786";
const SUBMITTED_FILES = "ExportsOutputFnGetAttSubmittedFilesBucket6A81DAF1ArnB47B940F";
const EXPORTED_FILES = "ExportsOutputFnGetAttExportedFilesBucketAD0D0186Arn5C7D7895";
const CLICK_ARCHIVE = "ExportsOutputFnGetAttClickArchiveBucket1E55AAB1Arn71A8E427";

export const acknowledged: readonly Acknowledgement[] = [
  {
    id: nag("APIG4"),
    at: /\/(getHealth|getOpenApi|receiveStripeWebhook|answerUnknownRoute|listProfileWords|showUnsubscription|unsubscribe)-route\//,
    reason:
      "Public on purpose: health, the API's description, the words of profiles, unknown routes, and what proves itself by signature: a webhook, links in mails",
  },
  {
    id: nag("APIG4"),
    at: /\/(recordConversion|reverseConversion|explainConversion)-route\//,
    reason:
      "Takes an API key in place of a token, which the gateway's authorizer knows nothing of: the runtime asks for either",
  },
  {
    id: nag("SQS3"),
    at: /(DeadLetters|Undelivered)\/Queue\//,
    reason:
      "It is a dead-letter queue: of the bus, the scheduler or an asynchronous function, which the rule cannot see",
  },
  {
    id: nag("IAM5[Resource::*]"),
    at: /\/(relayOutbox|sealEntries)\/Role\/DefaultPolicy\//,
    reason: "dynamodb:ListStreams, which the event source needs, knows no resource; everything else names the stream",
  },
  {
    id: nag("IAM5[Resource::<ClickArchiveBucket1E55AAB1.Arn>/clicks/*]"),
    at: /\/ClickArchive\/Role\/DefaultPolicy\//,
    reason: "Firehose names its own objects, below this one prefix",
  },
  ...stageNames.map((stage) => ({
    id: nag(`IAM5[Resource::atomic-${stage}-data:${PARKED_RECORDS}/aws/lambda/*]`),
    at: new RegExp(`^atomic-${stage}-.*/(relayOutbox|sealEntries|rollUpClicks)/Role/DefaultPolicy/`),
    reason: "Lambda names the objects it parks, below this one prefix",
  })),
  ...stageNames.map((stage) => ({
    id: nag(`IAM5[Resource::atomic-${stage}-data:${SUBMITTED_FILES}/files/*]`),
    at: new RegExp(`^atomic-${stage}-.*/(openUpload|submitContent|getSubmission|keepSubmittedFiles)/Rights/`),
    reason: "A file's key is its campaign, its creator and its id: whose it is, the rules decide",
  })),
  ...stageNames.map((stage) => ({
    id: nag(`IAM5[Resource::atomic-${stage}-data:${EXPORTED_FILES}/exports/*]`),
    at: new RegExp(`^atomic-${stage}-.*/(getExport|writeExport)/Rights/`),
    reason: "A file's key is its person and its export: whose it is, the rules decide",
  })),
  ...stageNames.map((stage) => ({
    id: nag(`IAM5[Resource::atomic-${stage}-data:${CLICK_ARCHIVE}/clicks/*]`),
    at: new RegExp(`^atomic-${stage}-.*/closeTrackingDay/Rights/`),
    reason: "It counts whatever Firehose has put below this one prefix",
  })),
  {
    id: nag("IAM5[Resource::<ClickArchiveBucket1E55AAB1.Arn>/failed/*]"),
    at: /\/ClickArchive\/Role\/DefaultPolicy\//,
    reason: "What Firehose could not deliver lies below this one prefix, under names of its own",
  },
  {
    id: nag("KDF1"),
    at: /\/ClickArchive\/Delivery$/,
    reason:
      "Its source is an encrypted stream, under which Firehose keeps the records; encryption of its own is not possible then",
  },
  {
    id: nag("S1"),
    at: /\/(ClickArchive\/Bucket|ParkedRecords\/Bucket|AccessLogs)\//,
    reason: "Written by AWS's services alone and read by operators; one is itself the log of accesses",
  },
  {
    id: nag("S1"),
    at: /\/(SubmittedFiles|ExportedFiles)\/Bucket\//,
    reason: "Every form and link to it is asked for at the API, which logs who asked",
  },
  {
    id: nag("COG2"),
    at: /\/People\//,
    reason: "People choose whether to use a second factor; forcing one on creators would keep them out",
  },
  {
    id: nag("COG8"),
    at: /\/People\//,
    reason:
      "The Plus plan's threat protection costs per user and is switched on when the platform has users to protect",
  },
  { id: nag("CFR1"), at: /\/Links\//, reason: "Links are for visitors everywhere" },
  {
    id: nag("CFR2"),
    at: /^atomic-local-.*\/Links\//,
    reason: "The emulator applies no firewall; deployed stages have one",
  },
  {
    id: nag("CFR3"),
    at: /\/Links\//,
    reason:
      "Logged by the newer delivery (constructs/edge-logs.ts), which leaves out what tells who a visitor is; the rule knows the old one alone",
  },
  {
    id: nag("CFR4"),
    at: /^atomic-local-.*\/Links\//,
    reason: "There is no certificate on localhost; deployed stages ask for TLS 1.2",
  },
  {
    id: nag("SMG4"),
    at: /^atomic-local-.*\/Stripe\//,
    reason: "Not a secret: the test key of the payment processor's stand-in",
  },
  {
    id: nag("SMG4"),
    at: /^atomic-local-.*\/Social\/Clients\//,
    reason: "Not a secret: what the networks' stand-ins take for one",
  },
  {
    id: serverless("LambdaDLQ"),
    at: /\/Function\/Resource$/,
    reason:
      "Called by the gateway, the pool, queues and streams, which keep what failed; scheduled ones have an OnFailure destination",
  },
  {
    id: serverless("LambdaTracing"),
    at: /\/Function\/Resource$/,
    reason:
      "A request is followed by its id through structured logs; X-Ray's rights know no resource and its start costs every call",
  },
  {
    id: serverless("LambdaEventSourceMappingDestination"),
    at: /\/Function\/SqsEventSource/,
    reason: "The source is a queue with a dead-letter queue of its own, which is where failed messages go",
  },
  {
    id: serverless("SNSRedrivePolicy"),
    at: /\/(Alarms|Feedback)\/[^/]+\/Resource$/,
    reason: "Its only subscription is an e-mail address, to which SNS redelivers by itself",
  },
  {
    id: serverless("SQSRedrivePolicy"),
    at: /(DeadLetters|Undelivered)\/Queue\//,
    reason: "It is a dead-letter queue: there is nothing behind it",
  },
];

export function acknowledge(app: App): void {
  for (const construct of app.node.findAll()) {
    for (const { id, at, reason } of acknowledged) {
      if (at.test(construct.node.path)) Validations.of(construct).acknowledge({ id, reason });
    }
  }
}
