/** Each thing that AWS may lack is named, with its remedy, and nothing is named that is there. */
import { describe, expect, test } from "@jest/globals";
import { type Answers, holds, stands } from "#infra/preflight/answers";
import { ACCOUNT, misses, ready, secret, SECRET_ARN } from "./ready.ts";

test("nothing misses where everything is there", () => {
  expect(misses({})).toEqual([]);
});

describe("one line, with its remedy, for", () => {
  const topicArn = "arn:aws:sns:us-east-1:1:alarms";
  test.each<[string, Partial<Answers>, RegExp]>([
    ["no bootstrap", { bootstrapVersion: { said: undefined } }, /npx cdk bootstrap aws:\/\/123456789012\/us-east-1/],
    ["an old bootstrap", { bootstrapVersion: { said: 5 } }, /version 5, and 6 is needed: npx cdk bootstrap/],
    ["a sandbox", { mailAccount: { said: { productionAccess: false, sendingEnabled: true } } }, /sandbox.*production/],
    ["stopped mails", { mailAccount: { said: { productionAccess: true, sendingEnabled: false } } }, /stopped/],
    ["an unknown domain", { mailIdentity: { said: undefined } }, /does not know example\.com.*say create/],
    ["an unverified domain", { mailIdentity: { said: { verified: false } } }, /not verified example\.com.*DNS/],
    ["no secret", { paymentSecret: { said: undefined } }, /no secret arn:aws:secretsmanager.*Secrets Manager/],
    [
      "a secret under a key of our own's, which no function may use",
      { paymentSecretKept: { said: { arn: SECRET_ARN, key: "arn:aws:kms:us-east-1:123456789012:key/1" } } },
      /key\/1, which no function may use: .*update-secret.*stripe-AbCdEf --kms-key-id alias\/aws\/secretsmanager/,
    ],
    ["no certificate", { certificate: { said: undefined } }, /no certificate arn:aws:acm.*us-east-1/],
    [
      "a certificate that waits",
      { certificate: { said: { status: "PENDING_VALIDATION", hosts: ["go.example.com"] } } },
      /go\.example\.com is PENDING_VALIDATION.*DNS/,
    ],
    [
      "a new account's concurrency",
      { concurrency: { said: { limit: 10, reservedByOthers: 0 } } },
      /10 executions.*600 are needed.*--quota-code L-B99A9384 --desired-value 1000/,
    ],
    [
      "concurrency that others took",
      { concurrency: { said: { limit: 1_000, reservedByOthers: 401 } } },
      /1001 are needed \(500 for this stage, 401 reserved by others, 100 free\)/,
    ],
    [
      "alarms that nobody confirmed",
      { subscriptions: { said: [{ topicArn, standing: "pending" }] } },
      /alarms@example\.com hears of no alarm yet.*link/,
    ],
    [
      "alarms that AWS has forgotten",
      { subscriptions: { said: [{ topicArn, standing: "missing" }] } },
      /aws sns subscribe .*--topic-arn arn:aws:sns:us-east-1:1:alarms/,
    ],
  ])("%s", (_what, parts, line) => {
    expect(misses(parts)).toEqual([expect.stringMatching(line)]);
  });

  test.each([
    ["it takes what there is, to the last one", { concurrency: { said: { limit: 600, reservedByOthers: 0 } } }],
    [
      "a secret under AWS's own key, named",
      { paymentSecretKept: { said: { arn: SECRET_ARN, key: "alias/aws/secretsmanager" } } },
    ],
    ["an address that is told", { subscriptions: { said: [{ topicArn, standing: "confirmed" }] } } as const],
  ])("nothing: %s", (_what, parts) => {
    expect(misses(parts)).toEqual([]);
  });
});

test("a secret that is named without its last six characters, which AWS finds and IAM does not, is to be named whole", () => {
  const stripeSecretArn = SECRET_ARN.slice(0, -7);
  expect(misses({}, { stripeSecretArn })).toEqual([
    expect.stringMatching(new RegExp(`not the whole .*say ${SECRET_ARN}`)),
  ]);
  expect(misses({ paymentSecretKept: { said: undefined } })).toEqual([]);
});

describe("a certificate covers the link host", () => {
  test.each([
    [["go.example.com"], true],
    [["example.com", "*.example.com"], true],
    [["example.com"], false],
    [["*.go.example.com"], false],
    [["*.com"], false],
    [["xgo.example.com"], false],
  ])("%j: %p", (hosts, covered) => {
    const found = misses({ certificate: { said: { status: "ISSUED", hosts } } });
    expect(found).toHaveLength(covered ? 0 : 1);
  });
});

describe("a secret is well-formed, and nothing of it is shown", () => {
  test.each([
    ["no JSON", "sk_live_51abc", /all of it/],
    ["JSON of something else", '"sk_live_51abc"', /all of it/],
    ["without a part", JSON.stringify({ secretKey: "sk_live_51abc" }), /webhookSecret/],
    ["a publishable key", JSON.stringify({ ...secret, secretKey: "pk_live_51abc" }), /secretKey: must be a Stripe/],
    ["a half rotation", JSON.stringify({ ...secret, previousWebhookSecret: "live_51abc" }), /previousWebhookSecret/],
  ])("%s", (_what, said, line) => {
    const found = misses({ paymentSecret: { said } });
    expect(found).toEqual([expect.stringMatching(line)]);
    expect(found.join()).not.toContain("51abc");
  });
});

describe("a sender's identity that the stage makes", () => {
  const create = { senderIdentity: "create" };

  test("is made by deploying two stacks alone, before it can be verified", () => {
    expect(misses({ mailIdentity: { said: undefined } }, create)).toEqual([
      expect.stringContaining("npm run deploy -- atomic-prod-alarms atomic-prod-data"),
    ]);
  });

  test("is not made where the account has it already, unless the stage's stack is what made it", () => {
    expect(misses({}, create)).toEqual([expect.stringContaining("say senderIdentity=existing")]);
    expect(misses({ madeIdentities: { said: ["example.com"] } }, create)).toEqual([]);
  });
});

describe("a sender's identity and what the standing stack has made", () => {
  const create = { senderIdentity: "create" };
  const standingStacks = { said: ["atomic-prod-data"] };
  const standing = (made: readonly string[]): Partial<Answers> => ({ standingStacks, madeIdentities: { said: made } });

  test("a stage that began with the account's own cannot make it afterwards", () => {
    expect(misses(standing([]))).toEqual([]);
    expect(misses(standing([]), create)).toEqual([
      expect.stringMatching(
        /knows example\.com already, and atomic-prod-data has not made it.*say senderIdentity=existing/,
      ),
    ]);
  });

  test("a stage that made it does not let it go", () => {
    expect(misses(standing(["example.com"]), create)).toEqual([]);
    expect(misses(standing(["example.com"]))).toEqual([
      expect.stringMatching(/atomic-prod-data has made the identity of example\.com.*say senderIdentity=create/),
    ]);
  });

  test("one of another domain is replaced, or left behind, and in nobody's way", () => {
    expect(misses(standing(["old.example"]))).toEqual([]);
    expect(misses({ ...standing(["old.example"]), mailIdentity: { said: undefined } }, create)).toEqual([
      expect.stringContaining("npm run deploy -- atomic-prod-alarms atomic-prod-data"),
    ]);
    expect(misses(standing(["old.example"]), create)).toEqual([expect.stringContaining("say senderIdentity=existing")]);
  });

  test("one that SES has lost is not made by any deploy", () => {
    const lost = { ...standing(["example.com"]), mailIdentity: { said: undefined } };
    for (const told of [create, {}])
      expect(misses(lost, told).at(-1)).toMatch(
        /has made the identity of example\.com, and SES has lost it.*SES console/,
      );
  });
});

test("ARNs of another account than the caller's are named", () => {
  expect(misses({ account: { said: "999999999999" } })).toEqual([
    expect.stringContaining(`linkCertificateArn is of account ${ACCOUNT}`),
    expect.stringContaining(`stripeSecretArn is of account ${ACCOUNT}`),
    expect.stringContaining(`socialSecretArn is of account ${ACCOUNT}`),
  ]);
});

test("what AWS did not answer is a miss, and stops no other question", () => {
  const unanswered = "AccessDeniedException: not you";
  expect(misses({ certificate: { unanswered }, mailIdentity: { said: { verified: false } } })).toEqual([
    expect.stringContaining("not verified"),
    `AWS did not tell preflight its certificate (${unanswered}): let the caller read it.`,
  ]);
  // What follows from an answer that is not there is not asked for once more.
  expect(misses({ standingStacks: { unanswered }, madeIdentities: { unanswered } })).toHaveLength(1);
  expect(misses({ madeIdentities: { unanswered } })).toHaveLength(1);
});

test("whom AWS does not know is told that, and nothing that follows from it", () => {
  const unanswered = "CredentialsProviderError: none";
  const nothing = Object.fromEntries(Object.keys(ready).map((name) => [name, { unanswered }])) as unknown as Answers;
  expect(misses(nothing)).toEqual([expect.stringContaining("AWS does not know the caller")]);
});

test("everything that misses is named at once", () => {
  const bare: Partial<Answers> = {
    bootstrapVersion: { said: undefined },
    mailAccount: { said: { productionAccess: false, sendingEnabled: true } },
    mailIdentity: { said: undefined },
    paymentSecret: { said: undefined },
    certificate: { said: undefined },
    concurrency: { said: { limit: 10, reservedByOthers: 0 } },
  };
  expect(misses(bare)).toHaveLength(6);
});

test.each([
  ["CREATE_COMPLETE", true],
  ["UPDATE_COMPLETE", true],
  ["UPDATE_ROLLBACK_COMPLETE", true],
  ["UPDATE_ROLLBACK_FAILED", true],
  ["UPDATE_IN_PROGRESS", true],
  ["IMPORT_COMPLETE", true],
  ["CREATE_IN_PROGRESS", false],
  ["CREATE_FAILED", false],
  ["ROLLBACK_COMPLETE", false],
  ["ROLLBACK_FAILED", false],
  ["REVIEW_IN_PROGRESS", false],
  ["DELETE_COMPLETE", false],
])("a stack that is %s stands: %p", (status, standing) => {
  expect(stands(status)).toBe(standing);
});

test.each([
  ["CREATE_COMPLETE", true],
  ["UPDATE_COMPLETE", true],
  ["IMPORT_COMPLETE", true],
  ["DELETE_FAILED", true],
  ["CREATE_FAILED", false],
  ["DELETE_COMPLETE", false],
  ["DELETE_SKIPPED", false],
])("a resource that is %s is held: %p", (status, held) => {
  expect(holds(status)).toBe(held);
});
