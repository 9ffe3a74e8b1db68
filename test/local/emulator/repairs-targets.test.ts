import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { attribute, inlineFunction, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

const fails = `exports.handler = async (event) => { note(event); throw new Error("always"); };`;
const role = "arn:aws:iam::000000000000:role/any";
const missing = (kind: string): string =>
  `arn:aws:${kind}:us-east-1:000000000000:${kind === "lambda" ? "function:" : ""}missing`;

const rule = (type: string, Target: object) => ({
  Type: "AWS::Events::Rule",
  Properties: { EventPattern: { source: ["tests"], "detail-type": [type] }, Targets: [{ Id: "target", ...Target }] },
});
const schedule = (Target: object) => ({
  Type: "AWS::Scheduler::Schedule",
  Properties: {
    FlexibleTimeWindow: { Mode: "OFF" },
    ScheduleExpression: "at(2026-01-02T03:04:05)",
    Target: { RoleArn: role, Input: JSON.stringify({ job: "missed" }), ...Target },
  },
});

const resources = (stage: Stage): Resources => ({
  OfQueue: { Type: "AWS::SQS::Queue" },
  OfFunction: { Type: "AWS::SQS::Queue" },
  OfSchedule: { Type: "AWS::SQS::Queue" },
  OfFailing: { Type: "AWS::SQS::Queue" },
  Witness: { Type: "AWS::SQS::Queue" },
  ToQueue: rule("ToQueue", { Arn: missing("sqs"), DeadLetterConfig: { Arn: attribute("OfQueue") } }),
  ToFunction: rule("ToFunction", { Arn: missing("lambda"), DeadLetterConfig: { Arn: attribute("OfFunction") } }),
  Missed: schedule({ Arn: missing("lambda"), DeadLetterConfig: { Arn: attribute("OfSchedule") } }),
  Kept: schedule({ Arn: attribute("Witness") }),
  Failing: inlineFunction(fails, { journal: stage.journal("failing") }),
  FailingOnce: {
    Type: "AWS::Lambda::EventInvokeConfig",
    Properties: {
      FunctionName: ref("Failing"),
      Qualifier: "$LATEST",
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: attribute("OfFailing") } },
    },
  },
  ToFailing: rule("ToFailing", { Arn: attribute("Failing") }),
});

const names = ["OfQueue", "OfFunction", "OfSchedule", "OfFailing", "Witness"] as const;
type Queue = (typeof names)[number];
let pair: Pair;
const queues = new Map<Stage, Record<string, string>>();

beforeAll(async () => {
  pair = await startPair();
  const outputs = Object.fromEntries(names.map((name) => [name, ref(name)]));
  const deploy = async (stage: Stage) => queues.set(stage, await stage.deploy("targets", resources(stage), outputs));
  await Promise.all([deploy(pair.repaired), deploy(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

async function happens(stage: Stage, DetailType: string): Promise<void> {
  const Entries = [{ Source: "tests", DetailType, Detail: JSON.stringify({ n: 1 }) }];
  await new EventBridgeClient(stage.client).send(new PutEventsCommand({ Entries }));
}
async function received(stage: Stage, queue: Queue): Promise<Message | undefined> {
  const QueueUrl = queues.get(stage)![queue];
  const { Messages } = await new SQSClient(stage.client).send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ["All"], VisibilityTimeout: 0 }),
  );
  return Messages?.[0];
}
const valuesOf = ({ MessageAttributes = {} }: Message) =>
  Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]));

describe("targets", () => {
  test.each([
    ["ToQueue", "OfQueue", "sqs"],
    ["ToFunction", "OfFunction", "lambda"],
  ] as const)("targets-dead-letters: an event of %s, whose target is missing", async (type, queue, kind) => {
    for (const stage of [pair.repaired, pair.stock]) await happens(stage, type);
    const message = await until("the dead letter", () => received(pair.repaired, queue));
    expect(JSON.parse(message.Body ?? "")).toMatchObject({ "detail-type": type, detail: { n: 1 } });
    expect(valuesOf(message)).toMatchObject({
      ERROR_CODE: "RESOURCE_NOT_FOUND",
      TARGET_ARN: missing(kind),
      RULE_ARN: expect.stringContaining(":rule/"),
    });
    // The bus delivers before it answers.
    expect(await received(pair.stock, queue)).toBeUndefined();
  });

  test("targets-dead-letters: a run whose function is missing", async () => {
    const message = await until("the dead letter", () => received(pair.repaired, "OfSchedule"));
    expect(JSON.parse(message.Body ?? "")).toEqual({ job: "missed" });
    expect(valuesOf(message)).toMatchObject({ ERROR_CODE: "RESOURCE_NOT_FOUND", TARGET_ARN: missing("lambda") });
    await until("the schedule beside it", () => received(pair.stock, "Witness"));
    expect(await received(pair.stock, "OfSchedule")).toBeUndefined();
  }, 30_000);

  test("targets-asynchronous-functions", async () => {
    await happens(pair.repaired, "ToFailing");
    const message = await until("the failed event", () => received(pair.repaired, "OfFailing"));
    expect(JSON.parse(message.Body ?? "")).toMatchObject({ requestPayload: { "detail-type": "ToFailing" } });
    expect(pair.repaired.entries("failing")).toHaveLength(2);
    // Unrepaired, each event is tried once: as many events, as many calls.
    for (const count of [1, 2, 3]) {
      await happens(pair.stock, "ToFailing");
      await until("the call", () => pair.stock.entries("failing")[count - 1]);
    }
    expect(pair.stock.entries("failing")).toHaveLength(3);
    expect(await received(pair.stock, "OfFailing")).toBeUndefined();
  }, 30_000);
});
