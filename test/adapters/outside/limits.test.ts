/** Whoever is not answered says so in time. Each client, at servers that are there and are no use. */
import { globalAgent } from "node:https";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { cognitoPeople } from "#shared/adapters/cognito/people";
import { cognitoPoolKeys } from "#shared/adapters/cognito/pool-keys";
import { cognitoSecondFactors } from "#shared/adapters/cognito/second-factors";
import { newDocumentClient } from "#shared/adapters/dynamodb/client";
import { dynamoDriver } from "#shared/adapters/dynamodb/table";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import { kinesisClickStream } from "#shared/adapters/kinesis/click-stream";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";
import { awsJson } from "#shared/adapters/signed-http/aws-json";
import { overflowQueue } from "#shared/adapters/signed-http/overflow-queue";
import { sqsEventQueue } from "#shared/adapters/sqs/event-queue";
import { stripePayments } from "#shared/adapters/stripe/payments";
import type { Payments } from "#shared/ports/payments";
import { withinTime } from "#shared/ports/call-time";
import { tableOver } from "#shared/table/driver";
import { useEngine } from "../../support/engine-table.ts";
import { type SecretsServer, startSecrets } from "../../support/secrets-server.ts";
import { neverAccepts, neverAnswers, type SilentServer, stopsHalfWay } from "../../support/silent-servers.ts";

/** As much as a call has left; a try may not outlive it, whatever its own limit is. */
const LEFT_MS = 1_500;
/** Far less than anything that has no limit, far more than a busy machine adds. */
const HANGS_MS = 8_000;

let secrets: SecretsServer;
beforeAll(async () => {
  secrets = await startSecrets();
});
afterAll(() => secrets.stop());

/** Stripe's client, which has read its secret already. */
async function knowingStripe(STRIPE_API_BASE: string): Promise<Payments> {
  secrets.useIt();
  const STRIPE_SECRET_ARN = secrets.put(JSON.stringify({ secretKey: "sk_test_x", webhookSecret: "whsec_x" }));
  const stripe = stripePayments({ STRIPE_SECRET_ARN, STRIPE_API_BASE });
  expect(await stripe.verifyWebhook("{}", "t=1,v1=0")).toBeUndefined();
  return stripe;
}

/** Every call out that there is, made against one address. */
async function callsTo({ url, port }: SilentServer): Promise<Record<string, () => Promise<unknown>>> {
  const stripe = await knowingStripe(url);
  // Clients read the address at their first call, and every one of these has a client of its own.
  useEngine(url);
  const table = () => tableOver(dynamoDriver(newDocumentClient(), "t"));
  const at = { region: "us-east-1", endpointUrl: url, credentials: { accessKeyId: "a", secretAccessKey: "s" } };
  return {
    "reading the table": () => table().get({ pk: "a", sk: "a" }),
    "writing to the table": () => table().write({ kind: "put", item: { pk: "a", sk: "a" }, when: { absent: true } }),
    "a transaction": () => table().transact([{ kind: "put", item: { pk: "a", sk: "a" }, when: { absent: true } }]),
    Kinesis: () => kinesisClickStream({ CLICK_STREAM_NAME: "c" }).append({ visitor: "v", body: "{}" }),
    EventBridge: async () => {
      const event = { id: "e", type: "account.created", at: "2026-01-01" } as never;
      const { failed } = await eventBridge({ EVENT_BUS_NAME: "b" }).publish([event]);
      // One call's failure is not the others': it is told, not thrown.
      if (failed[0]) throw Object.assign(new Error(), { name: failed[0].reason });
    },
    SES: () =>
      sesMailSender({ SENDER_ADDRESS: "a@example.com", MAIL_CONFIGURATION_SET: "s" }).send({
        id: "m",
        to: "b@example.com",
        subject: "s",
        html: "h",
        text: "t",
      }),
    "the queue of Stripe's events": () => sqsEventQueue({ STRIPE_EVENTS_QUEUE_URL: `${url}/q` }).send({ eventId: "e" }),
    "Cognito's second factors": () =>
      cognitoSecondFactors({ USER_POOL_ID: "us-east-1_p", ADMIN_SECOND_FACTOR: "required" }).hasOne("u"),
    "Cognito's people": () => cognitoPeople({ USER_POOL_ID: "us-east-1_p" }).find("a@example.com"),
    "Cognito's groups": () => cognitoGroups({ USER_POOL_ID: "us-east-1_p" }).setGroups("u", ["brand"]),
    "Secrets Manager": () =>
      stripePayments({ STRIPE_SECRET_ARN: "arn:none", STRIPE_API_BASE: url }).retrievePayment("pi_1"),
    SQS: () => overflowQueue(awsJson({ ...at, now: () => 0 }), `${url}/q`).put({ hitId: "h", visitor: "v" } as never),
    Stripe: () => stripe.retrievePayment("pi_1"),
    "Stripe's records": () => stripe.recordOf("pi_1"),
    "Stripe's refunds": () =>
      stripe.createRefund({
        ...{ refundId: "r", depositId: "d", userId: "u", paymentIntentId: "pi_1", mayBeThere: true },
        amount: { amount: 1, currency: "USD" },
      }),
    "the pool's keys": () => {
      globalAgent.createConnection = () => connect(port, "127.0.0.1");
      return cognitoPoolKeys({ USER_POOL_ID: "us-east-1_p" }).fetch();
    },
  };
}
/** What each says, by name. */
const says: Record<string, string> = {
  "reading the table": "Unavailable",
  "writing to the table": "OutcomeUnknown",
  "a transaction": "OutcomeUnknown",
  "Secrets Manager": "Unavailable",
  Stripe: "Unavailable",
  "Stripe's records": "Unavailable",
  "Stripe's refunds": "Unavailable",
  "the queue of Stripe's events": "Unavailable",
};

test("who cannot connect is not waited for as long as who does not answer", async () => {
  const server = await neverAccepts();
  const { SES } = await callsTo(server);
  const reason = { message: expect.stringContaining("did not establish a connection") as unknown };
  await expect(SES?.()).rejects.toMatchObject({ name: "TimeoutError", cause: reason });
  await server.stop();
});

const connectAsBefore = globalAgent.createConnection;

describe.each([
  ["accepts and never answers", neverAnswers],
  ["stops in the middle of its answer", stopsHalfWay],
  ["never accepts", neverAccepts],
])("a server that %s", (_what, start) => {
  let server: SilentServer;
  afterEach(async () => {
    globalAgent.createConnection = connectAsBefore;
    await server.stop();
  });

  test(
    "is given up by everybody, before the call's time is over",
    async () => {
      server = await start();
      const outcomes = await Promise.all(
        Object.entries(await callsTo(server)).map(async ([name, call]) => {
          const began = performance.now();
          const thrown = await withinTime(LEFT_MS, call).then(
            () => "nothing",
            (error: unknown) => (error as Error).name,
          );
          return { name, thrown, inTime: performance.now() - began < HANGS_MS };
        }),
      );
      for (const { name, thrown, inTime } of outcomes) {
        expect({ name, thrown, inTime }).toEqual({ name, thrown: says[name] ?? thrown, inTime: true });
        expect({ name, thrown }).not.toEqual({ name, thrown: "nothing" });
      }
    },
    HANGS_MS * 2,
  );
});
