/** What the templates of every stage promise. */
import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { acknowledged } from "#infra/acknowledgements";
import { sizesOf } from "#infra/build/bundle";
import { budgets, offences } from "#infra/build/budgets";
import { stackNameOf } from "#infra/names";
import type { StageName } from "#infra/stages";
import { actions, actionsWith, areasWith } from "#shared/contracts/index";
import { metafileOf } from "./bundle-once.ts";
import { promiseAccess, rights } from "./promises/access.ts";
import { promiseAlarms } from "./promises/alarms.ts";
import { promiseFailure } from "./promises/failure.ts";
import { promisePermissions } from "./promises/permissions.ts";
import { promiseFunctions } from "./promises/functions.ts";
import type { StageUnderTest } from "./promises/stage.ts";
import { promiseQuotas } from "./promises/quotas.ts";
import { promiseStorage } from "./promises/storage.ts";
import { type Synth, synthesize } from "./synth.ts";

const names = ["local", "dev", "prod"] as const;
const synths = new Map<StageName, Synth>();

/** Where tests move the product's clock. */
const withTestClock: readonly StageName[] = ["local", "dev"];
/** Where creators connect accounts: one of the stages is told of no networks. */
const withNetworks: readonly StageName[] = ["local", "prod"];

const stageUnderTest = (name: StageName): StageUnderTest => ({
  name,
  testClock: withTestClock.includes(name),
  social: withNetworks.includes(name),
  synth: () => {
    const synth = synths.get(name);
    if (synth === undefined) throw new Error(`${name} did not synthesize`);
    return synth;
  },
});

beforeAll(() => {
  for (const name of names) synths.set(name, synthesize(name));
}, 180_000);

describe.each(names)("stage %s", (name) => {
  const stage = stageUnderTest(name);

  test("synthesizes in 20 s of computing, without an unacknowledged finding", () => {
    const { seconds, resources, nag } = stage.synth();
    expect(seconds).toBeLessThan(20);
    expect(resources.length).toBeGreaterThan(400);
    expect(nag.map(({ pluginName, violations }) => [pluginName, violations])).toEqual([
      ["AwsSolutions", []],
      ["Serverless", []],
    ]);
  });

  test("keeps every stack at 400 resources or less", () => {
    const counts = new Map<string, number>();
    for (const { stack } of stage.synth().resources) counts.set(stack, (counts.get(stack) ?? 0) + 1);
    console.log(JSON.stringify(Object.fromEntries(counts)));
    expect([...counts].filter(([, count]) => count > 400)).toEqual([]);
  });

  test("says about itself what tools and people need, each with a word of explanation", () => {
    expect(Object.keys(stage.synth().outputs)).toEqual(
      expect.arrayContaining([
        "ApiUrl",
        "UserPoolId",
        "UserPoolClientId",
        "TableName",
        "DistributionDomainName",
        "ClickStreamName",
        "StripeSecretArn",
        "EventBusName",
      ]),
    );
  });

  test("is deployed in an order in which whoever tells people of events is there before whoever sends them", () => {
    const { dependencies } = stage.synth();
    const late = areasWith(stage).filter(
      (area) =>
        area !== "notifications" &&
        !dependencies[stackNameOf(name, area)]?.includes(stackNameOf(name, "notifications")),
    );
    expect(late).toEqual([]);
  });

  promiseFunctions(stage);
  promiseAccess(stage);
  promisePermissions(stage);
  promiseAlarms(stage);
  promiseFailure(stage);
  promiseStorage(stage);
  promiseQuotas(stage);
});

test("every function's rights are those that were reviewed (npx jest --selectProjects infra -u after a review)", () => {
  expect(rights(stageUnderTest("prod"))).toMatchSnapshot();
});

/** A word of the test clock, in whatever spelling a template has it. */
const aboutTestClock = /test.?clock|get.?clock|move.?clock|admin\/clock/i;

test("production has nothing of a test clock: no function, route, variable or right", () => {
  const found = (stage: StageName) =>
    (synths.get(stage)?.resources ?? []).filter((one) => aboutTestClock.test(JSON.stringify(one)));
  expect(found("prod")).toEqual([]);
  for (const stage of withTestClock) {
    const routes = found(stage).filter(({ Type }) => Type === "AWS::ApiGatewayV2::Route");
    expect(routes.map(({ Properties }) => Properties.RouteKey as string).sort()).toEqual([
      "GET /v1/admin/clock",
      "PUT /v1/admin/clock",
    ]);
  }
});

test("no acknowledgement has outlived its finding", () => {
  const used = [...synths.values()].flatMap(({ nag }) =>
    nag.flatMap(({ suppressedViolations }) => suppressedViolations),
  );
  const idle = acknowledged.filter(
    ({ id, at }) =>
      !used.some(
        ({ acknowledgedId, violatingConstructs }) =>
          acknowledgedId === id && violatingConstructs.some(({ constructPath }) => at.test(constructPath)),
      ),
  );
  expect(idle).toEqual([]);
});

test("bundles stay within their budgets", () => {
  const features = { testClock: false };
  const sizes = sizesOf(metafileOf(features));
  expect(sizes).toHaveLength(actionsWith(features).length);
  expect(sizes.find(({ name }) => name === "redirect-visitor")?.bytes).toBeLessThanOrEqual(budgets.click);
  expect(offences(sizes)).toEqual([]);
});

test("every lambda file has its contract, and every contract its file", () => {
  const files = readdirSync("lambdas", { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => `${entry.parentPath}/${entry.name}`);
  expect(files.sort()).toEqual(actions.map(({ file }) => file).sort());
});

test("Google is a way to sign in where a stage has its credentials, in a client whose tokens cannot write what it may", () => {
  const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:google-AbCdEf";
  const google = { clientId: "1.apps.googleusercontent.com", secretArn, domainPrefix: "atomic-prod" };
  const told = synthesize("prod", { google: JSON.stringify(google) });
  const ofType = (type: string) => told.resources.filter(({ Type }) => Type === `AWS::Cognito::${type}`);
  const [provider] = ofType("UserPoolIdentityProvider");
  expect(provider?.Properties).toMatchObject({
    ProviderType: "Google",
    AttributeMapping: { email: "email", email_verified: "email_verified", name: "name" },
    ProviderDetails: { client_secret: `{{resolve:secretsmanager:${secretArn}:SecretString:::}}` },
  });
  const [web, federated] = ofType("UserPoolClient")
    .sort((a, b) => Number(b.id < a.id) - Number(a.id < b.id))
    .reverse();
  expect(federated?.Properties).toMatchObject({
    SupportedIdentityProviders: ["Google"],
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email", "profile"],
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    CallbackURLs: ["https://app.example.com/sign-in/google"],
  });
  expect(federated?.DependsOn).toContain(provider?.id);
  expect(web?.Properties.WriteAttributes).not.toContain("email_verified");
  const [authorizer] = told.resources.filter(({ Type }) => Type === "AWS::ApiGatewayV2::Authorizer");
  expect(authorizer?.Properties.JwtConfiguration.Audience).toHaveLength(2);
  const linking = (synth: Synth | undefined) =>
    synth?.resources.filter(
      (one) => one.Type === "AWS::IAM::Policy" && JSON.stringify(one.Properties).includes("AdminLinkProviderForUser"),
    ).length;
  expect([linking(told), linking(synths.get("prod"))]).toEqual([1, 0]);
});

test("a sender's identity that the account has is used, not made, and mails are sent under our settings all the same", () => {
  const existing = synthesize("prod", { senderIdentity: "existing" });
  const count = (synth: Synth | undefined, type: string) => synth?.resources.filter(({ Type }) => Type === type).length;
  const made = "AWS::SES::EmailIdentity";
  expect([count(synths.get("prod"), made), count(existing, made)]).toEqual([1, 0]);
  expect(count(existing, "AWS::SES::ConfigurationSet")).toBe(1);
  expect(Object.keys(existing.outputs).filter((name) => name.startsWith("MailRecord"))).toEqual([]);
});
