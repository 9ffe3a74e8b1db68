/** Steps that journeys about money share: who earns, who is paid, and what the payment processor is made to do. */
import type { Key } from "#shared/table/engine";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "@jest/globals";
import { functionNameOf } from "#infra/names";
import { actions } from "#shared/contracts/index";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { Deposit } from "#shared/domain/deposits/deposit";
import { usd } from "./bodies.ts";
import { joined, type Launched, launched, submitted } from "./campaign-steps.ts";
import { awsConfig, eventually, type Person, type Reply, stack, stageNow } from "./local-stage.ts";

const lambda = new LambdaClient(awsConfig);
const table = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
const AN_HOUR_MS = 3_600_000;

export { usd };

interface Run {
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs a job now, as its schedule does, until a run of it is not skipped because another holds its lease. */
export function runJob(job: string): Promise<Run> {
  const action = actions.find(({ contract }) => contract.trigger === "schedule" && contract.job === job);
  if (action === undefined) throw new Error(`there is no job ${job}`);
  const FunctionName = functionNameOf("local", action);
  return eventually(`a run of ${job}`, async () => {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from("{}") }));
    const run = JSON.parse(Buffer.from(Payload ?? []).toString()) as Run;
    return run.outcome !== "skipped" && run;
  });
}

/** One of the stand-in's own switches: see infra/local/stripe/control.ts. */
export async function processorDoes(method: string, path: string, body?: object): Promise<Reply["body"]> {
  const reply = await fetch(`${stack.stripeUrl}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text}`);
  return JSON.parse(text);
}

/** What the processor says of an object of its own. */
export async function processorSays(path: string, account?: string): Promise<Reply["body"]> {
  const headers = {
    authorization: "Bearer sk_test_looking",
    ...(account !== undefined && { "stripe-account": account }),
  };
  const reply = await fetch(`${stack.stripeUrl}/v1${path}`, { headers });
  return reply.json();
}

/** The charge of a deposit's payment. */
export const chargeOf = async (paymentIntentId: string): Promise<string> =>
  String((await processorSays(`/payment_intents/${paymentIntentId}`)).latest_charge);

export interface Work {
  readonly launch: Launched;
  readonly submissionId: string;
}

/** A campaign without a hold, with a creator who has handed in. */
export async function handedIn(brand: Person, creator: Person, priceMinor = 25_000): Promise<Work> {
  const launch = await launched(brand, { creatorHoldDays: 0 }, { compensation: usd(priceMinor) });
  await joined(brand, creator, launch);
  return { launch, submissionId: await submitted(creator, launch) };
}

/** Handed in and approved: the creator can be paid. */
export async function earned(brand: Person, creator: Person, priceMinor = 25_000): Promise<Work> {
  const work = await handedIn(brand, creator, priceMinor);
  const path = `/v1/campaigns/${work.launch.campaignId}/submissions/${work.submissionId}/reviews`;
  expect((await brand.post(path, { decision: "approved" })).status).toBe(201);
  return work;
}

/** Opens the account that payouts go to, and completes it as a browser does: by opening the address. */
export async function onboarded(creator: Person): Promise<void> {
  const opened = await creator.post("/v1/payout-account");
  expect(opened).toMatchObject({ status: 201, body: { status: "onboarding", payoutsEnabled: false } });
  const visited = await fetch(String(opened.body.onboardingUrl), { redirect: "manual" });
  expect(visited.status).toBe(303);
  await eventually("the account's onboarding", async () => {
    const { body } = await creator.get("/v1/payout-account");
    return body.payoutsEnabled === true;
  });
}

/** Asks until a thing has one of these statuses. */
export const reaches = (by: Person, path: string, ...statuses: readonly string[]): Promise<Reply> =>
  eventually(`${path} to be ${statuses.join(" or ")}`, async () => {
    const reply = await by.get(path);
    return statuses.includes(String(reply.body.status)) && reply;
  });

/** What of a wallet, by figure. */
export const figures = async (person: Person, at?: string) => {
  const { status, body } = await person.get(`/v1/wallet${at === undefined ? "" : `?at=${at}`}`);
  expect(status).toBe(200);
  const { available, spendable, payable, reserved, pending, inFlight } = body as Record<string, number>;
  return { available, spendable, payable, reserved, pending, inFlight };
};

/** The proof, once nothing is on its way between us and the processor: it balances, and both have the same. */
export async function provenBooks(admin: Person): Promise<Reply["body"]> {
  const proof = await eventually("books that balance", async () => {
    const { body } = await admin.get("/v1/admin/ledger/proof");
    return body.balanced === true && body;
  }).catch(async () => (await admin.get("/v1/admin/ledger/proof")).body);
  const broken = proof.invariants.filter((one: { passed: boolean; notJudged: number }) => !one.passed || one.notJudged);
  expect({ balanced: proof.balanced, broken }).toEqual({ balanced: true, broken: [] });
  for (const { difference } of proof.liabilities) expect(difference).toBe(0);
  return proof;
}

const stored = async (key: Key) =>
  (await table.send(new GetCommand({ TableName: stack.tableName, Key: { ...key }, ConsistentRead: true }))).Item;

/** An event of the processor's, as it is kept. */
export const keptEvent = (id: string) => stored(itemKey(items.stripeEvent, { id }));
/** A journal entry as it is written, by its key. */
export const journalEntry = (key: string) => stored(itemKey(items.journalEntry, { key }));

/** As if the processor had to be asked about a deposit an hour ago. */
export async function depositIsDue(depositId: string): Promise<void> {
  const Item = await stored(itemKey(items.deposit, { id: depositId }));
  const dueAt = new Date(stageNow() - AN_HOUR_MS).toISOString();
  const due = storedItem(items.deposit, { ...Deposit.parse(Item), dueAt });
  await table.send(new PutCommand({ TableName: stack.tableName, Item: due }));
}
