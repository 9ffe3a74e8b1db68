import { describe, expect, test } from "@jest/globals";
import { commandLineOf, deployArguments, stageTold } from "#infra/preflight/command-line";
import { isProtected, keepingStacks } from "#infra/protection";
import { SOCIAL_SECRET_ARN, socialSecrets } from "./ready.ts";

const told = [
  "stage=prod",
  "alarmAddress=alarms@example.com",
  "linkDomainName=go.example.com",
  "linkCertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/x",
  "corsOrigins=https://app.example.com,https://www.example.com",
  "senderAddress=no-reply@example.com",
  "senderIdentity=existing",
  `social=${JSON.stringify({ clientIds: socialSecrets, secretArn: SOCIAL_SECRET_ARN })}`,
  "stripeSecretArn=arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe-AbCdEf",
].flatMap((pair) => ["-c", pair]);

describe("the command line of preflight and deploy", () => {
  test("is CDK's: values of the context, and names of stacks", () => {
    const line = commandLineOf(["atomic-prod-data", "--context", "a=b=c", "-c", "d="]);
    expect(line).toEqual({
      context: { a: "b=c", d: "" },
      stacks: ["atomic-prod-data"],
      exclusively: false,
      yes: false,
    });
  });

  test.each([[["-c", "stage"]], [["-c", "=prod"]], [["--force"]]])("refuses %j", (args) => {
    expect(() => commandLineOf(args)).toThrow();
  });

  test("makes a stage, together with cdk.json, or says what it lacks", () => {
    expect(stageTold(commandLineOf(told), ".")).toMatchObject({ name: "prod", senderIdentity: "existing" });
    expect(() => stageTold(commandLineOf(told.slice(0, -2)), ".")).toThrow("stripeSecretArn is missing");
    expect(() => stageTold(commandLineOf(["-c", "stage=local"]), ".")).toThrow();
  });

  test("deploys everything, or what is named, and tells the app which stacks stand", () => {
    const line = commandLineOf(["-c", "stage=prod"]);
    expect(deployArguments(line, [])).toEqual(["deploy", "--all", "-c", "stage=prod", "-c", "standingStacks="]);
    const named = commandLineOf(["a", "b", "-e", "--yes", "-c", "stage=prod"]);
    expect(deployArguments(named, ["c", "d"])).toEqual([
      ...[
        "deploy",
        "a",
        "b",
        "--exclusively",
        "--require-approval",
        "never",
        "-c",
        "stage=prod",
        "-c",
        "standingStacks=c,d",
      ],
    ]);
  });
});

test("stacks that keep data are protected, once they stand, on a stage that keeps it", () => {
  const stage = stageTold(commandLineOf(told), ".");
  const [data = "", identity = ""] = keepingStacks(stage);
  expect([data, identity]).toEqual(["atomic-prod-data", "atomic-prod-identity"]);
  const standing = { ...stage, standingStacks: [data, "atomic-prod-api"] };
  expect([data, identity, "atomic-prod-api"].map((name) => isProtected(standing, name))).toEqual([true, false, false]);
  expect(isProtected({ ...standing, keepsData: false }, data)).toBe(false);
});
