/** A stage is complete, or says what it lacks. */
import { describe, expect, test } from "@jest/globals";
import { App } from "aws-cdk-lib";
import { stageOf } from "#infra/stages";
import { contexts } from "./synth.ts";

const given = (context: Readonly<Record<string, string>>) => () => stageOf(new App({ context }));

test("a stage must be named, and be one of ours", () => {
  expect(given({})).toThrow("name the stage: -c stage=local|dev|prod");
  expect(given({ ...contexts.prod, stage: "production" })).toThrow("name the stage");
});

describe.each(["local", "dev", "prod"] as const)("stage %s", (stage) => {
  test("takes what it is told", () => {
    expect(given({ ...contexts[stage], stage })().name).toBe(stage);
  });

  test.each(Object.keys(contexts[stage]))("does not synthesize without %s, and names it", (missing) => {
    const context = Object.fromEntries(Object.entries(contexts[stage]).filter(([name]) => name !== missing));
    expect(given({ ...context, stage })).toThrow(`${missing} is missing`);
  });
});

test.each([
  ["corsOrigins", "*"],
  ["corsOrigins", "http://app.example.com"],
  ["corsOrigins", "https://app.example.com/"],
  ["alarmAddress", "nobody"],
  ["linkDomainName", "https://go.example.com"],
  ["linkCertificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/x"],
  ["stripeSecretArn", "sk_live_1"],
  ["senderIdentity", "maybe"],
  ["clickShards", "0"],
  ["clickShards", "many"],
  ["google", "{"],
  ["google", '{"clientId":"1.apps.googleusercontent.com","secretArn":"GOCSPX-1","domainPrefix":"a"}'],
])("production refuses %s = %s", (name, value) => {
  expect(given({ ...contexts.prod, stage: "prod", [name]: value })).toThrow(name);
});

test("production is never told by the local stage's names", () => {
  expect(given({ ...contexts.local, stage: "prod" })).toThrow("stripeSecretArn is missing");
  const { stripe, linkOrigin, passwordSignIn } = given({ ...contexts.local, ...contexts.prod, stage: "prod" })();
  expect([stripe.apiBase, linkOrigin, passwordSignIn]).toEqual([
    "https://api.stripe.com",
    "https://go.example.com",
    false,
  ]);
});

test("a stage's own value comes before the common one", () => {
  const context = {
    ...contexts.prod,
    stage: "prod",
    "prod:senderAddress": "hello@prod.example",
    "dev:senderAddress": "x",
  };
  expect(given(context)().senderAddress).toBe("hello@prod.example");
});
