import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Pair, ref, refusal, type Resources, rootDir, type Stage, startPair, until } from "./support.ts";

const source = readFileSync(join(rootDir, "infra/local/emulator/repairs/cloudformation.py"), "utf8");
const stubbedTypes = [...source.matchAll(/^ {4}"(AWS::\w+::\w+)",$/gm)].map(([, type]) => type!);

let pair: Pair;

beforeAll(async () => {
  pair = await startPair();
}, 60_000);

afterAll(() => pair?.stop());

test("cloudformation-unknown-types", async () => {
  expect(stubbedTypes.length).toBeGreaterThan(10);
  const resources = Object.fromEntries(stubbedTypes.map((Type, index) => [`Resource${index}`, { Type }]));
  await pair.repaired.deploy("unknown", resources);
  // A type that the emulator has learnt is missing here, and its stub would hide the real thing.
  const complaint = await refusal(pair.stock.deploy("unknown", resources));
  expect(complaint).toContain(`Unrecognized resource types: [${[...stubbedTypes].sort().join(", ")}]`);
});

test("cloudformation-secret-reference", async () => {
  const secret = (Description: string): Resources => ({
    Secret: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "hush", Description } },
  });
  const reference = async (stage: Stage) =>
    (await stage.deploy("secret", secret("one"), { secret: ref("Secret") }))["secret"];
  const arn = await reference(pair.repaired);
  expect(arn).toMatch(/^arn:aws:secretsmanager:/);
  expect(await reference(pair.stock)).not.toMatch(/^arn:/);

  const secrets = new SecretsManagerClient(pair.repaired.client);
  const read = () => secrets.send(new GetSecretValueCommand({ SecretId: arn }));
  const TemplateBody = JSON.stringify({ Resources: secret("two") });
  await pair.repaired.cloudFormation({ Action: "UpdateStack", StackName: "secret", TemplateBody });
  await until("the update", async () => {
    const answer = await pair.repaired.cloudFormation({ Action: "DescribeStacks", StackName: "secret" });
    return answer.includes("<StackStatus>UPDATE_COMPLETE<") || undefined;
  });
  expect((await read()).SecretString).toBe("hush");
  await pair.repaired.cloudFormation({ Action: "DeleteStack", StackName: "secret" });
  const gone = async () => ((await refusal(read())).includes("ResourceNotFoundException") ? true : undefined);
  expect(await until("the end of the secret", gone)).toBe(true);
});

test("cloudformation-metric-math", async () => {
  const stat = (Id: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: "Own", MetricName: Id }, Period: 3_600, Stat: "Sum" },
    ReturnData: false,
  });
  const resources: Resources = {
    Alarm: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        AlarmName: "reckoned",
        Metrics: [{ Id: "share", Expression: "said / done", ReturnData: true }, stat("said"), stat("done")],
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
      },
    },
  };
  await pair.repaired.deploy("reckoned", resources, { name: ref("Alarm") });
  expect(await refusal(pair.stock.deploy("reckoned", resources))).toContain("ROLLBACK_COMPLETE");
});
