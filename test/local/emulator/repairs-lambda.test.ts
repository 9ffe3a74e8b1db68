import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  attribute,
  inlineFunction,
  type Pair,
  ref,
  refusal,
  type Resources,
  type Stage,
  startPair,
  until,
} from "./support.ts";

const fails = `exports.handler = async (event) => { note(event); throw new Error("always"); };`;
const silent = `exports.handler = async () => "done";`;

const resources = (stage: Stage): Resources => ({
  Dead: { Type: "AWS::SQS::Queue" },
  Failing: inlineFunction(fails, {
    journal: stage.journal("failing"),
    FunctionName: "failing",
    DeadLetterConfig: { TargetArn: attribute("Dead") },
  }),
  Closed: inlineFunction(silent, { FunctionName: "closed", ReservedConcurrentExecutions: 0 }),
  Silent: inlineFunction(silent, { FunctionName: "silent" }),
  Lost: { Type: "AWS::SQS::Queue" },
  Unlucky: inlineFunction(fails, { journal: stage.journal("unlucky"), FunctionName: "unlucky" }),
  UnluckyOnce: {
    Type: "AWS::Lambda::EventInvokeConfig",
    Properties: {
      FunctionName: ref("Unlucky"),
      Qualifier: "$LATEST",
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: attribute("Lost") } },
    },
  },
  Timed: inlineFunction(`exports.handler = async (event) => note(event);`, { journal: stage.journal("timed") }),
  Schedule: {
    Type: "AWS::Scheduler::Schedule",
    Properties: {
      Name: "once",
      FlexibleTimeWindow: { Mode: "OFF" },
      ScheduleExpression: "at(2026-01-02T03:04:05)",
      Target: {
        Arn: attribute("Timed"),
        RoleArn: "arn:aws:iam::000000000000:role/any",
        Input: JSON.stringify({ due: "<aws.scheduler.scheduled-time>" }),
      },
    },
  },
});

let pair: Pair;
const queues = new Map<Stage, Record<string, string>>();

beforeAll(async () => {
  pair = await startPair();
  const deploy = async (stage: Stage) =>
    queues.set(stage, await stage.deploy("functions", resources(stage), { dead: ref("Dead"), lost: ref("Lost") }));
  await Promise.all([deploy(pair.repaired), deploy(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

function invoke(stage: Stage, FunctionName: string, InvocationType: "Event" | "RequestResponse" = "RequestResponse") {
  return new LambdaClient(stage.client).send(new InvokeCommand({ FunctionName, InvocationType, Payload: "{}" }));
}

async function deadLetterTarget(stage: Stage): Promise<string | undefined> {
  const command = new GetFunctionConfigurationCommand({ FunctionName: "failing" });
  return (await new LambdaClient(stage.client).send(command)).DeadLetterConfig?.TargetArn;
}

async function received(stage: Stage, queue: string): Promise<string | undefined> {
  const QueueUrl = queues.get(stage)![queue];
  const { Messages } = await new SQSClient(stage.client).send(new ReceiveMessageCommand({ QueueUrl }));
  return Messages?.[0]?.Body;
}

describe("Lambda", () => {
  test("lambda-template-properties", async () => {
    expect(await deadLetterTarget(pair.repaired)).toMatch(/^arn:aws:sqs:/);
    expect(await deadLetterTarget(pair.stock)).toBeUndefined();
    await invoke(pair.repaired, "failing", "Event");
    expect(await until("the dead letter", () => received(pair.repaired, "dead"))).toContain("always");
    expect(pair.repaired.entries("failing")).toHaveLength(3);

    expect(await refusal(invoke(pair.repaired, "closed"))).toContain("TooManyRequestsException");
    expect(await refusal(invoke(pair.stock, "closed"))).toBe("accepted");
  });

  test("lambda-invocation-wait", async () => {
    const shortest = async (stage: Stage) => {
      const times: number[] = [];
      for (let call = 0; call < 20; call++) {
        const begun = performance.now();
        await invoke(stage, "silent");
        times.push(performance.now() - begun);
      }
      return Math.min(...times);
    };
    expect(await shortest(pair.repaired)).toBeLessThan(40);
    expect(await shortest(pair.stock)).toBeGreaterThan(45);
  });

  test("an asynchronous failure goes to the destination of the template", async () => {
    await invoke(pair.repaired, "unlucky", "Event");
    expect(await until("the failed event", () => received(pair.repaired, "lost"))).toContain("always");
    expect(pair.repaired.entries("unlucky")).toHaveLength(1);
  });
});

describe("Scheduler", () => {
  test("scheduler-context-attributes", async () => {
    const due = (stage: Stage) => until("the schedule", () => stage.entries<{ due: string }>("timed")[0]?.due);
    expect(await due(pair.repaired)).toBe("2026-01-02T03:04:05Z");
    expect(await due(pair.stock)).toBe("<aws.scheduler.scheduled-time>");
  }, 30_000);
});
