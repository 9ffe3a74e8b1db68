/** `npm run replay-stripe-events -- --from … --to …`: see docs/runbook.md#replay-stripe-events. Credentials are the caller's. */
import { parseArgs } from "node:util";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsEventQueue } from "#shared/adapters/sqs/event-queue";
import { listStripeEvents } from "#shared/adapters/stripe/events";
import { intakeOn } from "./intake.ts";
import { replay } from "./replay-stripe-events.ts";

const { values } = parseArgs({
  options: {
    from: { type: "string" },
    to: { type: "string" },
    account: { type: "string" },
    table: { type: "string" },
    queue: { type: "string" },
    secret: { type: "string" },
    "api-base": { type: "string", default: "https://api.stripe.com" },
    "dry-run": { type: "boolean", default: false },
  },
});

/** @throws Error that names what is missing, and where it is found. */
function given(name: "from" | "to" | "table" | "queue" | "secret", where: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`name --${name}: ${where}`);
  return value;
}
function instant(name: "from" | "to"): Date {
  const at = new Date(given(name, "an instant, as 2026-11-26T10:00:00Z"));
  if (Number.isNaN(at.getTime())) throw new Error(`--${name} is no instant`);
  return at;
}

process.env["AWS_REGION"] ??= "us-east-1";
const env = {
  TABLE_NAME: given("table", "output TableName of the data stack"),
  STRIPE_EVENTS_QUEUE_URL: given("queue", "output StripeEventsQueueUrl of the data stack"),
  STRIPE_SECRET_ARN: given("secret", "output StripeSecretArn of the data stack"),
  STRIPE_API_BASE: values["api-base"],
};
const ports = {
  stripeEvents: dynamodb.stripeEvents(env),
  changes: dynamodb.changes(env),
  eventQueue: sqsEventQueue(env),
};
const counts = await replay({
  listed: listStripeEvents(env, { from: instant("from"), to: instant("to"), account: values.account }),
  take: intakeOn(ports, values["dry-run"]),
  say: (line) => console.log(line),
});
console.log(counts);
if (counts.failed > 0) process.exitCode = 1;
