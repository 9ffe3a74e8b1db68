import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { attribute, inlineFunction, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

const pattern = '{ ($.level = "error") || (($.type = "report") && ($.record.status != "success")) }';
const ADDRESS = "on-call@example.com";

/** A function that logs what it is given, a filter on its log, and an alarm that tells a queue and an address. */
const resources: Resources = {
  Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/aws/lambda/speaking" } },
  Speaking: inlineFunction(
    `exports.handler = async (lines) => lines.forEach((line) => process.stdout.write(line + "\\n"));`,
    {
      FunctionName: "speaking",
      LoggingConfig: { LogFormat: "JSON", LogGroup: ref("Logs") },
    },
  ),
  Filter: {
    Type: "AWS::Logs::MetricFilter",
    Properties: {
      LogGroupName: ref("Logs"),
      FilterPattern: pattern,
      MetricTransformations: [{ MetricName: "failures", MetricNamespace: "Own", MetricValue: "1" }],
    },
  },
  Topic: { Type: "AWS::SNS::Topic" },
  Heard: { Type: "AWS::SQS::Queue" },
  ByQueue: {
    Type: "AWS::SNS::Subscription",
    Properties: { TopicArn: ref("Topic"), Protocol: "sqs", Endpoint: attribute("Heard"), RawMessageDelivery: true },
  },
  ByMail: {
    Type: "AWS::SNS::Subscription",
    Properties: { TopicArn: ref("Topic"), Protocol: "email", Endpoint: ADDRESS },
  },
  Alarm: {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmName: "speaking-failed",
      Namespace: "Own",
      MetricName: "failures",
      Statistic: "Sum",
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 3,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      AlarmActions: [ref("Topic")],
    },
  },
};

let pair: Pair;
const queues = new Map<Stage, string>();

beforeAll(async () => {
  pair = await startPair();
  for (const stage of [pair.repaired, pair.stock])
    queues.set(stage, (await stage.deploy("alarms", resources, { queue: ref("Heard") }))["queue"]!);
}, 60_000);

afterAll(() => pair?.stop());

const say = async (stage: Stage, ...lines: object[]): Promise<void> => {
  const Payload = JSON.stringify(lines.map((line) => JSON.stringify(line)));
  await new LambdaClient(stage.client).send(new InvokeCommand({ FunctionName: "speaking", Payload }));
};
const heard = async (stage: Stage): Promise<string | undefined> => {
  const QueueUrl = queues.get(stage);
  return (await new SQSClient(stage.client).send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body;
};
const failures = [
  { level: "error" },
  { type: "report", record: { status: "timeout" } },
  { type: "report", record: { status: "success" } },
  { level: "info", message: "error" },
];

test("logs-metric-filters", async () => {
  for (const stage of [pair.repaired, pair.stock]) await say(stage, ...failures);
  // Two lines of four count, and the alarm waits for three.
  expect(await heard(pair.repaired)).toBeUndefined();
  for (const stage of [pair.repaired, pair.stock]) await say(stage, { level: "error" });
  expect(await until("the alarm", () => heard(pair.repaired))).toContain("speaking-failed");
  expect(await heard(pair.stock)).toBeUndefined();
}, 30_000);

test("sns-email-subscriptions", async () => {
  const publish = async (stage: Stage) => {
    const topic = await stage.cloudFormation({
      Action: "DescribeStackResource",
      StackName: "alarms",
      LogicalResourceId: "Topic",
    });
    const TopicArn = /<PhysicalResourceId>(.*?)</.exec(topic)?.[1] ?? "";
    const reply = await fetch(stage.url, {
      method: "POST",
      body: new URLSearchParams({
        Action: "Publish",
        Version: "2010-03-31",
        TopicArn,
        Subject: "Look",
        Message: "It rings",
      }),
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, Signature=0" },
    });
    expect(reply.status).toBe(200);
    return stage.mailTo(ADDRESS);
  };
  const mail = await publish(pair.repaired);
  expect(mail).toContain("Look");
  expect(mail).toContain("It rings");
  expect(await publish(pair.stock)).toBeUndefined();
});
