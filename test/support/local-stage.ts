/** The running local stage, as a client sees it: HTTP, Cognito, the mailbox and the payment processor. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { TestClock } from "#shared/domain/clock/test-clock";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";

const Stack = z.object({
  apiUrl: z.string(),
  linkUrl: z.string(),
  mailboxUrl: z.string(),
  stripeUrl: z.string(),
  socialUrl: z.string(),
  stripeWebhookSecret: z.string(),
  corsOrigins: z.array(z.string()),
  awsEndpoint: z.string(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  tableName: z.string(),
});

/** Addresses of the stage that the test run started. */
export const stack = Stack.parse(JSON.parse(readFileSync(process.env["STACK_FILE"] ?? ".local/stack.json", "utf8")));
export const awsConfig = {
  endpoint: stack.awsEndpoint,
  region: stack.region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
};
const cognito = new CognitoIdentityProviderClient(awsConfig);
const table = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const PASSWORD = "Journey-2026-pass!";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // A journey looks into replies of many shapes; what it expects of them is the test.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}
export interface Sent {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One call of the API. `POST`s get a fresh Idempotency-Key unless one is given. */
export async function call(method: string, path: string, { token, body, key, headers }: Sent = {}): Promise<Reply> {
  const reply = await fetch(`${stack.apiUrl}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(method === "POST" && { "idempotency-key": key ?? randomUUID() }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const isJson = reply.headers.get("content-type")?.includes("json") ?? false;
  return { status: reply.status, headers: reply.headers, body: isJson && text !== "" ? JSON.parse(text) : undefined };
}

/** A person with an account and a token. */
export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly token: string;
  get(path: string): Promise<Reply>;
  post(path: string, body?: unknown, key?: string): Promise<Reply>;
  send(method: string, path: string, sent?: Sent): Promise<Reply>;
}

const personOf = (userId: string, email: string, token: string): Person => ({
  userId,
  email,
  token,
  get: (path) => call("GET", path, { token }),
  post: (path, body, key) => call("POST", path, { token, body, ...(key !== undefined && { key }) }),
  send: (method, path, sent) => call(method, path, { token, ...sent }),
});

export async function signIn(email: string): Promise<{ readonly token: string; readonly idToken: string }> {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: stack.userPoolClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD },
    }),
  );
  return { token: AuthenticationResult?.AccessToken ?? "", idToken: AuthenticationResult?.IdToken ?? "" };
}

/** How far the stage's clock is ahead of the machine's; looked at when the first person signs up. */
let aheadSeconds: number | undefined;

/** Another journey may have moved the stage's clock. */
export async function lookAtClock(): Promise<void> {
  const Key = { ...itemKey(items.testClock, {}) };
  const { Item } = await table.send(new GetCommand({ TableName: stack.tableName, Key, ConsistentRead: true }));
  aheadSeconds = Item === undefined ? 0 : TestClock.parse(Item).offsetSeconds;
}

/** The time by the stage's clock, in milliseconds since 1970: what journeys date their things by. */
export function stageNow(): number {
  if (aheadSeconds === undefined) throw new Error("nobody has signed up, and nobody has looked at the stage's clock");
  return Date.now() + aheadSeconds * 1000;
}

/** Signs a new person up, with the code from the mail, and in. */
export async function signUp(role: "brand" | "creator", name = role as string, address?: string): Promise<Person> {
  if (aheadSeconds === undefined) await lookAtClock();
  const email = address ?? `${name.toLowerCase().replaceAll(/\W+/g, ".")}-${randomUUID().slice(0, 8)}@example.com`;
  const { UserSub } = await cognito.send(
    new SignUpCommand({
      ClientId: stack.userPoolClientId,
      Username: email,
      Password: PASSWORD,
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "name", Value: name },
        { Name: "custom:role", Value: role },
      ],
    }),
  );
  const mail = await eventually(`the verification mail to ${email}`, async () => (await mailsTo(email))[0]);
  const code = /\b\d{6}\b/.exec(`${mail.subject} ${mail.text} ${mail.html}`)?.[0] ?? "";
  await cognito.send(
    new ConfirmSignUpCommand({ ClientId: stack.userPoolClientId, Username: email, ConfirmationCode: code }),
  );
  return personOf(UserSub ?? "", email, (await signIn(email)).token);
}

/** An admin, made as an operator makes one in the console. */
export async function makeAdmin(): Promise<Person> {
  const person = await signUp("brand", "admin");
  await cognito.send(
    new AdminAddUserToGroupCommand({ UserPoolId: stack.userPoolId, Username: person.email, GroupName: "admin" }),
  );
  return again(person);
}

/** The same person with a new token. */
export async function again({ userId, email }: Person): Promise<Person> {
  return personOf(userId, email, (await signIn(email)).token);
}

const Mails = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      to: z.array(z.string()),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
      headers: z.record(z.string(), z.string()),
    }),
  ),
});
export type Mail = z.infer<typeof Mails>["messages"][number];

export async function mailsTo(email: string): Promise<Mail[]> {
  const reply = await fetch(stack.mailboxUrl, { headers: { accept: "application/json" } });
  return Mails.parse(await reply.json()).messages.filter(({ to }) => to.includes(email));
}

/** Waits for a condition, looking often, for at most `seconds`; never sleeps for a fixed time. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  seconds = 30,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`did not happen within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The payer's hand: confirms an intent at the payment processor with a test card. */
export async function payIntent(paymentIntentId: string, card = "pm_card_visa"): Promise<{ readonly status: number }> {
  return fetch(`${stack.stripeUrl}/v1/payment_intents/${paymentIntentId}/confirm`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_payer", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ payment_method: card }),
  });
}

/** Pays in and waits for nothing: the confirmation credits. */
export async function deposit(brand: Person, amount: number, currency = "USD"): Promise<Reply> {
  const begun = await brand.post("/v1/wallet/deposits", { amount, currency });
  if (begun.status !== 201) return begun;
  await payIntent(String(begun.body.paymentIntentId));
  return brand.post(`/v1/wallet/deposits/${begun.body.id}/confirmation`);
}
