import { expect, test } from "@jest/globals";
import { functionNameOf } from "#infra/names";
import { environmentNamesOf } from "#infra/provide";
import { actionsWith } from "#shared/contracts/index";
import { runbookAnchors } from "#test/support/runbook";
import { functionsOf, listOf, ofType, pointsTo, type StageUnderTest, statementsOf } from "./stage.ts";

const anchors = runbookAnchors();

export function promiseFunctions(stage: StageUnderTest): void {
  const actions = actionsWith(stage);

  test("has a function for each contract and none besides", () => {
    expect([...functionsOf(stage).keys()].sort()).toEqual(actions.map(({ kebabName }) => kebabName).sort());
  });

  test("names each function by stage, area and action, within Lambda's 64 characters", () => {
    for (const { area, kebabName } of actions) {
      const name = `atomic-${stage.name}-${area}-${kebabName}`;
      expect(functionsOf(stage).get(kebabName)?.Properties.FunctionName).toBe(name);
      expect([name, name.length <= 64]).toEqual([name, true]);
    }
  });

  test("gives each function a log group that is found by stack and action, under a name that never comes again", () => {
    for (const { name, kebabName } of actions) {
      const lambda = functionsOf(stage).get(kebabName);
      const groups = ofType(stage, "AWS::Logs::LogGroup").filter(
        ({ stack, id }) => stack === lambda?.stack && pointsTo(lambda.Properties.LoggingConfig.LogGroup).includes(id),
      );
      // CloudFormation puts the stack's name before the resource's, and letters of its own behind it. CDK says no word twice.
      const named = name.endsWith("Logs") ? name : `${name}Logs`;
      expect(groups.map(({ id, Properties }) => [id, Properties.LogGroupName])).toEqual([
        [expect.stringMatching(new RegExp(`^${named}[0-9A-F]{8}$`)), undefined],
      ]);
    }
  });

  test("gives each function its rights before its code, but for the pool's triggers, whose rights name the pool", () => {
    for (const { kebabName, contract } of actions) {
      const lambda = functionsOf(stage).get(kebabName);
      const role = String(lambda?.Properties.Role["Fn::GetAtt"][0]);
      const policies = ofType(stage, "AWS::IAM::Policy").filter(
        (policy) => policy.stack === lambda?.stack && pointsTo(policy.Properties.Roles).includes(`"${role}"`),
      );
      const awaited = policies.map(({ id }) => id).filter((id) => lambda?.DependsOn?.includes(id));
      const late = contract.trigger === "onUserPool" ? policies.filter(({ id }) => id.includes("Rights")).length : 0;
      expect([kebabName, awaited.length]).toEqual([kebabName, policies.length - late]);
    }
  });

  test("keeps executions free for visitors and for the payment processor, as many as the stage says", () => {
    const reserved = actions.flatMap(({ name, kebabName }) => {
      const executions: unknown = functionsOf(stage).get(kebabName)?.Properties.ReservedConcurrentExecutions;
      return executions === undefined ? [] : [[name, executions]];
    });
    const production = { redirectVisitor: 480, receiveStripeWebhook: 20 };
    expect(Object.fromEntries(reserved)).toEqual(stage.name === "prod" ? production : {});
  });

  test("turns no visitor away before the click stream is full: a function URL takes ten requests a second for each execution", () => {
    const executions = functionsOf(stage).get("redirect-visitor")?.Properties.ReservedConcurrentExecutions as unknown;
    const [stream] = ofType(stage, "AWS::Kinesis::Stream");
    if (stage.name === "prod")
      expect(10 * Number(executions)).toBeGreaterThan(1_000 * Number(stream?.Properties.ShardCount));
    else expect(executions).toBeUndefined();
  });

  test("lets go on for as long as it takes whoever fills the queue that it works off, and nobody else", () => {
    const fed = ofType(stage, "AWS::Lambda::EventSourceMapping").flatMap(({ stack, Properties }) => {
      const lambda = [...functionsOf(stage)].find(
        ([, one]) => one.stack === stack && pointsTo(Properties.FunctionName).includes(`"${one.id}"`),
      );
      const role = String(lambda?.[1].Properties.Role["Fn::GetAtt"][0]);
      const sends = statementsOf(stage, stack, role).some(
        ({ Action, Resource }) =>
          listOf(Action).includes("sqs:SendMessage") && pointsTo(Resource) === pointsTo(Properties.EventSourceArn),
      );
      return sends ? [lambda?.[0]] : [];
    });
    const allowed = [...functionsOf(stage)].filter(([, { Properties }]) => Properties.RecursiveLoop === "Allow");
    expect(fed).toEqual(["spread-announcement", ...(stage.social ? ["work-on-social-accounts"] : [])]);
    expect(allowed.map(([kebabName]) => kebabName)).toEqual(fed);
  });

  test("routes each HTTP action, behind the authorizer unless it is public or takes API keys", () => {
    const routes = new Map(
      ofType(stage, "AWS::ApiGatewayV2::Route").map(({ Properties }) => [String(Properties.RouteKey), Properties]),
    );
    const expected = actions.flatMap(({ contract }) =>
      contract.trigger === "http" ? [{ contract, key: contract.catchAll ? "$default" : contract.route }] : [],
    );
    expect([...routes.keys()].sort()).toEqual(expected.map(({ key }) => key).sort());
    for (const { contract, key } of expected) {
      const { AuthorizationType, AuthorizerId } = routes.get(key) ?? {};
      const gated = contract.roles !== "public" && contract.apiKey === undefined;
      expect([key, AuthorizationType, AuthorizerId !== undefined]).toEqual([key, gated ? "JWT" : "NONE", gated]);
    }
    expect(ofType(stage, "AWS::ApiGatewayV2::Authorizer")).toHaveLength(1);
  });

  test("gives each function exactly the environment its contract declares", () => {
    for (const { kebabName, contract } of actions) {
      const variables = Object.keys(functionsOf(stage).get(kebabName)?.Properties.Environment?.Variables ?? {});
      const declared = environmentNamesOf(contract, stage);
      expect([kebabName, ...variables.sort()]).toEqual([kebabName, ...[...declared].sort()]);
    }
  });

  test("runs every function on Node 24, arm64, within its contract's limits, with JSON logs of its own that are forgotten", () => {
    for (const { kebabName, contract } of actions) {
      const { Properties } = functionsOf(stage).get(kebabName) ?? {};
      expect({ kebabName, ...Properties }).toMatchObject({
        kebabName,
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Timeout: contract.runs?.timeoutSeconds ?? 10,
        MemorySize: contract.runs?.memoryMb ?? 512,
        Description: contract.summary,
        LoggingConfig: { LogFormat: "JSON", LogGroup: expect.anything() },
      });
      // Lambda's own lines of each click would cost a third of a dollar a million.
      const quiet = contract.trigger === "edge" ? "WARN" : undefined;
      expect([kebabName, Properties?.LoggingConfig.SystemLogLevel]).toEqual([kebabName, quiet]);
    }
    const groups = ofType(stage, "AWS::Logs::LogGroup");
    expect(groups.length).toBeGreaterThan(actions.length);
    const days = { local: 1, dev: 30, prod: 400 }[stage.name];
    for (const { id, Properties } of groups) expect([id, Properties.RetentionInDays]).toEqual([id, days]);
  });

  test("lets every alarm ring somewhere, and say where to read on", () => {
    const alarms = ofType(stage, "AWS::CloudWatch::Alarm");
    for (const { id, Properties } of alarms) {
      expect([id, Properties.AlarmActions?.length]).toEqual([id, 1]);
      const article = /See docs\/runbook\.md#([\w-]+)$/.exec(String(Properties.AlarmDescription))?.[1];
      expect([id, article, anchors.filter((anchor) => anchor === article)]).toEqual([id, article, [article]]);
    }
  });

  test("lets CloudWatch and SES publish to the topics they tell people by", () => {
    const publishers = ofType(stage, "AWS::SNS::TopicPolicy").flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as { Effect: string; Action: string; Principal: { Service?: string } }[])
        .filter(({ Effect, Action }) => Effect === "Allow" && Action === "sns:Publish")
        .map(({ Principal }) => Principal.Service),
    );
    expect(publishers.sort()).toEqual(["cloudwatch.amazonaws.com", "ses.amazonaws.com"]);
    expect(ofType(stage, "AWS::SNS::Topic").every(({ Properties }) => Properties.KmsMasterKeyId !== undefined)).toBe(
      true,
    );
    const [key] = ofType(stage, "AWS::KMS::Key");
    for (const publisher of publishers) expect(pointsTo(key?.Properties.KeyPolicy)).toContain(publisher);
  });

  test("shows every function on the dashboard", () => {
    const [dashboard] = ofType(stage, "AWS::CloudWatch::Dashboard");
    const body = pointsTo(dashboard?.Properties.DashboardBody);
    const shown = (name: string): boolean => new RegExp(`${name}[^-a-z]`).test(body);
    expect(actions.map((action) => functionNameOf(stage.name, action)).filter((name) => !shown(name))).toEqual([]);
  });
}
