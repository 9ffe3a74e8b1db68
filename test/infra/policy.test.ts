import { expect, test } from "@jest/globals";
import { type ResourceArns, statementsFor } from "#infra/grants";
import { type Capability, catalogue } from "#shared/ports/catalogue";
import { decisionOf } from "./policy.ts";
import type { Statement } from "./promises/stage.ts";

const KEYS = "dynamodb:LeadingKeys";
const TABLE = { "Fn::ImportValue": "atomic-dev-data:ExportsOutputFnGetAttTableArn" };
const INDEX = { "Fn::Join": ["", [TABLE, "/index/by-owner"]] };
const onKeys = (...patterns: string[]) => ({
  Null: { [KEYS]: "false" },
  "ForAllValues:StringLike": { [KEYS]: patterns },
});

const statement = (parts: Partial<Statement>): Statement => ({
  Effect: "Allow",
  Action: "dynamodb:GetItem",
  Resource: TABLE,
  ...parts,
});
const get = (...leadingKeys: string[]) => ({ action: "GetItem", leadingKeys });

test("allows what a statement names, and nothing without one", () => {
  const may = decisionOf([statement({ Action: ["dynamodb:GetItem", "dynamodb:Put*"] })]);
  expect(may(get("A#1"))).toBe(true);
  expect(may({ action: "PutItem", leadingKeys: [] })).toBe(true);
  expect(may({ action: "Query", leadingKeys: [] })).toBe(false);
  expect(may({ ...get("A#1"), index: "by-owner" })).toBe(false);
  expect(decisionOf([])(get("A#1"))).toBe(false);
});

/** Each resource under its own name. */
const ownNames = new Proxy({}, { get: (_, name) => name }) as ResourceArns;

test("whoever talks to Stripe may read its keys, and nobody else", () => {
  const reading = (Object.keys(catalogue) as Capability[]).filter((capability) =>
    statementsFor([capability], "table", ownNames).some(
      ({ actions, resources }) =>
        actions.includes("secretsmanager:GetSecretValue") && resources.includes("stripeSecret"),
    ),
  );
  const named = Object.entries(catalogue).filter(([, row]) =>
    row.environment.some((name) => name === "STRIPE_SECRET_ARN"),
  );
  expect(reading).toEqual(named.map(([capability]) => capability));
  expect(reading).toEqual(expect.arrayContaining(["statements:listByType", "payoutProcessor:look", "payments:read"]));
});

test("opens the networks' secret and people's tokens to whom the catalogue says, the tokens under their owner alone", () => {
  expect(statementsFor(["socialNetworks:ask"], "table", ownNames).map((one) => one.toJSON())).toEqual([
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "socialSecret" },
  ]);
  expect(statementsFor(["tokenSeals:use"], "table", ownNames).map((one) => one.toJSON())).toEqual([
    {
      Effect: "Allow",
      Action: ["kms:Encrypt", "kms:Decrypt"],
      Resource: "tokenKey",
      Condition: {
        "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["userId", "platform"] },
        Null: { "kms:EncryptionContext:userId": "false", "kms:EncryptionContext:platform": "false" },
      },
    },
  ]);
  expect(() => statementsFor(["tokenSeals:use"], "table", {} as ResourceArns)).toThrow("the stage has no tokenKey");
});

test("keeps the table, its indexes and its stream apart", () => {
  const index = decisionOf([statement({ Resource: INDEX })]);
  expect([index({ ...get("A#1"), index: "by-owner" }), index({ ...get("A#1"), index: "due" })]).toEqual([true, false]);
  expect(index(get("A#1"))).toBe(false);
  const stream = decisionOf([statement({ Resource: { "Fn::Join": ["", [TABLE, "/stream/*"]] } })]);
  expect(stream(get("A#1"))).toBe(false);
  expect(decisionOf([statement({ Resource: "*" })])({ ...get("A#1"), index: "due" })).toBe(true);
});

test("opens the keys that all fit a pattern, and no key where one must be named", () => {
  const may = decisionOf([statement({ Condition: onKeys("A#*", "B#?") })]);
  expect([may(get("A#1")), may(get("A#", "B#2")), may(get("a#1")), may(get("XA#1"))]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([may(get("A#1", "C#1")), may(get("B#12")), may(get())]).toEqual([false, false, false]);
});

test("a statement that denies wins, for what it is about alone", () => {
  const may = decisionOf([statement({}), statement({ Effect: "Deny", Condition: onKeys("A#*") })]);
  expect([may(get("B#1")), may(get("A#1")), may(get("B#1"))]).toEqual([true, false, true]);
});

test.each([
  ["operator", { StringEquals: { [KEYS]: "A#1" } }],
  ["condition", { Null: { "dynamodb:Attributes": "false" } }],
])("does not guess at a %s it does not know, where it would decide", (_name, Condition) => {
  expect(() => decisionOf([statement({ Condition })])(get("A#1"))).toThrow("is not known here");
  expect(decisionOf([statement({ Condition, Action: "s3:PutObject" })])(get("A#1"))).toBe(false);
});
