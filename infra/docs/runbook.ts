import { type Action, actions } from "#shared/contracts/index";
import type { Trigger } from "#shared/contracts/contract";
import { partitionStart } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** What an engineer does when an alarm of this kind rings. The order is: look, act, make sure. */
const guidance: Readonly<Record<Trigger, readonly string[]>> = {
  http: [
    'Look: `fields @message | filter code = "request.failed"` in the log group of the action; the request id is in the client\'s reply.',
    "Act: a defect in the code is rolled back by deploying the last good commit; nothing is half-done, every change is written whole or not at all.",
    "Make sure: the same request, with the same Idempotency-Key, answers.",
  ],
  schedule: [
    `Look: the job's latest runs (\`GET /v1/admin/jobs/{job}/runs\` or the items of \`${partitionStart(items.jobRun)}<name>\`), \`code = "job.failed"\` and \`job.item_failed\` in the logs.`,
    "Act: mend the cause and run the job again; it is safe to run at any time, twice at once, and continues where it stopped.",
    "Make sure: a run with outcome `succeeded`; then purge the job's dead-letter queue.",
  ],
  onEvent: [
    'Look: `code = "event.failed"` in the logs, and the message in the consumer\'s dead-letter queue.',
    "Act: mend the cause, then redrive the dead-letter queue to its source (SQS, start redrive); consumers are safe to repeat.",
    "Make sure: both queues are empty.",
  ],
  onStream: [
    'Look: `code = "stream.failed"` in the logs and the iterator age; the dead-letter queue names shard and sequence numbers.',
    "Act: mend the cause before the stream's retention ends (24 hours for the table, at least that for clicks); parked records are read again from the stream, or for clicks from the archive bucket.",
    "Make sure: the iterator age falls below a minute.",
  ],
  onQueue: [
    'Look: `code = "event.failed"` in the logs and the queue\'s oldest message.',
    "Act: mend the cause; messages wait fourteen days, and those in the dead-letter queue are redriven.",
    "Make sure: both queues are empty.",
  ],
  onUserPool: [
    'Look: `code = "trigger.failed"` in the logs; the person saw the trigger\'s sentence at sign-up or sign-in.',
    "Act: roll back; an account that was not opened at confirmation is opened at the next sign-in.",
    "Make sure: sign up with a new address.",
  ],
  edge: [
    "Look: the function's errors, `code = \"click.parked\"` in the logs (each such line holds a whole hit), the overflow queue's depth.",
    "Act: roll back; visitors are still redirected while the stream is down, and overflow is relayed by itself.",
    "Make sure: `curl -sI` of a link answers 302, and the hit appears in the campaign's analytics within a minute.",
  ],
};

const general = [
  "# Runbook",
  "",
  "Printed from the contracts by `npm run docs`. Every alarm links to its line or its section here, by name: it says who is",
  "hurt, and above the table stands what to do. What an action uses and may write is in [permissions.md](permissions.md).",
  "",
  "## dead-letters",
  "",
  "A dead-letter queue holds what was tried its full number of times. Nothing in it is lost for fourteen days. Read one",
  "message without deleting it, find its cause in the consumer's logs, mend, redrive. Never purge a queue of money or clicks.",
  "",
  "## throttled",
  "",
  "Lambda refuses calls because the account's concurrency is used up. Look which function's `Throttles` rise on the dashboard",
  "and what calls it; queues and streams try again by themselves, clients see 503. Ask AWS for more concurrency before limiting",
  "one function: the limit of one is taken from all others.",
  "",
  "## gateway-errors",
  "",
  "Clients get 5xx. A defect is answered with 500 and logged as `request.failed` by its action, whose own alarm stays silent:",
  "that one rings when a function dies or takes too long. When neither is there, the gateway could not call a function at",
  "all: look at `integrationError` in the API's access log, and at throttling.",
  "",
  "## table-throttled",
  "",
  "The table has no fixed capacity, so this is one partition asked too often or growth beyond twice the last peak within half an",
  "hour. Find the key with CloudWatch Contributor Insights for DynamoDB; callers already wait and try again.",
  "",
  "## clicks-throttled",
  "",
  "The stream takes up to 200 MB a second and doubles by itself; until then hits go to the overflow queue and are relayed. Nothing",
  "is lost. Watch the age of the queue's oldest message fall again.",
  "",
  "## mail-reputation",
  "",
  "AWS looks at senders above 5 % bounces or 0.1 % complaints and stops them above 10 % and 0.5 %. The feedback topic names each",
  "mail. SES already sends nothing more to who bounced or complained; find the mail that people did not want, and stop it.",
  "",
  "## tampered",
  "",
  "`audit.tampered` in the log of `seal-entries`: something that is written once was changed or deleted; no action of ours does",
  "that. Its key is in the line, the hand in CloudTrail (data events of the table) if they are on. The seal of an entry shows what",
  "it was known by; bring back the item from point-in-time recovery, beside the table, and compare. Do not mend it in place: the",
  "chain would show that as well. A `seal-entries` that fails on one chain for good lost its head: the last `audit.sealed` line of",
  "the chain has it.",
  "",
  "## Deploy and roll back",
  "",
  "A stage is whatever its commit says: `npx cdk deploy --all -c stage=… ` with the stage's context. Rolling back is deploying",
  "the last good commit. The data stack only ever grows; it is kept when its stack is deleted in production.",
  "",
  "Two changes cannot be rolled over in place, and CHANGELOG.md names them when they come: another spelling of keys (what is",
  "stored is not found under it), and a function that moves to another area's stack (its name is taken until",
  "`cdk deploy --exclusively` has taken it from the old one, and in production its log group is kept and must be deleted).",
  "",
];

/** How a trigger is called where people read of it, in the order of the book. */
const chapters: Readonly<Record<Trigger, string>> = {
  http: "Actions of the API",
  schedule: "Jobs",
  onEvent: "Consumers of events",
  onStream: "Consumers of streams",
  onQueue: "Consumers of queues",
  onUserPool: "Triggers of the user pool",
  edge: "The click path",
};

/** What to do for each kind of action, once; then a line for each action, which its alarms link to. */
export function runbook(): string {
  const triggers = Object.keys(chapters) as Trigger[];
  return [...general, ...triggers.flatMap(chapterOf)].join("\n");
}

const chapterOf = (trigger: Trigger): string[] => [
  `## ${chapters[trigger]}`,
  "",
  ...guidance[trigger].map((line) => `- ${line}`),
  "",
  "| action | what it does | when it fails |",
  "|---|---|---|",
  ...actions.filter(({ contract }) => contract.trigger === trigger).map(rowOf),
  "",
];

const rowOf = ({ kebabName, contract }: Action): string =>
  `| <a id="${kebabName}"></a>\`${kebabName}\` | ${contract.summary} | ${contract.ifItFails} |`;
