import { type Action, actions } from "#shared/contracts/index";
import type { Trigger } from "#shared/contracts/contract";
import { partitionStart } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** What an engineer does when an alarm of this kind rings. The order is: look, act, make sure. */
const guidance: Readonly<Record<Trigger, readonly string[]>> = {
  http: [
    "Look: `fields @message | filter level = \"error\"` in the log group of the action; the request id is in the client's reply. A line without a `code` is Lambda's own: the start failed, or time or memory ran out.",
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
    'Look: `filter level = "error"` in the logs; `visit.failed` is a defect, the other codes have sections of their own above; the overflow queue\'s depth.',
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
  "An action's alarm rings for a line of level `error` in its log, and for what Lambda itself logs of a call that died. Nothing",
  "a client can cause is such a line. Lines quote nobody: of an error that is not ours they hold its name, its codes, the ids to",
  "ask AWS or Stripe by, and where it was thrown (`dist/maps` of the deployed commit has the source maps). The message of a",
  "processor or of SES is in their console, under that id.",
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
  "Clients get 5xx. A defect is answered with 500, and rings its action's alarm as well: go on there. When none rings, it is",
  '`request.contended` (503; `filter code = "request.refused" and status = 503` says of which action), or the gateway could not',
  "call a function at all: look at `integrationError` in the API's access log, and at throttling.",
  "",
  "## gateway-slow",
  "",
  "One request in twenty takes three seconds or longer, for a quarter of an hour. Look which action's duration rises on the",
  "dashboard, and what it waits for: Stripe, a throttled index, or cold starts after a deployment, which pass. Silent where",
  "there are too few requests for a percentile to mean anything (200 in five minutes).",
  "",
  "## silent-jobs",
  "",
  "No run of the job has succeeded for twice the time between two runs. Its other alarms say why when it ran and failed. When",
  "they are silent, it did not run: look whether its schedule (EventBridge Scheduler) is there and enabled, whether its last",
  "runs are `skipped` (another run holds the lease), and into its dead-letter queue. On a new stage it rings until the first run.",
  "",
  "## parked-clicks",
  "",
  'Neither the stream nor the overflow queue took a click; the visitor was redirected. Each line `code = "click.parked"` holds',
  "the whole hit: when both work again, send every `hit` of the lines as a message to the overflow queue, once. Hits carry ids,",
  "and those of the queue are counted once.",
  "",
  "## links-unavailable",
  "",
  "Links cannot be looked up, or the click function does not answer. Visitors of links that were known in the last moments go",
  "on, others get 503. Look at `errors` of `link.unavailable` and `visit.failed`, at throttling of the table, at the function's",
  "own throttles and reserved concurrency.",
  "",
  "## unreadable-clicks",
  "",
  "The stream holds records that are no hits; the click function alone writes there, so one of two versions is wrong. They are",
  "in the raw archive: roll back, then count the affected days again from it.",
  "",
  "## books-not-balanced",
  "",
  "The proof of the ledger found an invariant broken, in every look it took. `broken` in the line `ledger.unbalanced` names them",
  "(docs/money.md says what each means); `GET /v1/admin/ledger/proof` names accounts, what was expected and what is there. Stop",
  "what moves money by hand, correct nothing in place: a correction is a journal entry of its own, after the cause is known.",
  "",
  "## table-throttled",
  "",
  "The table has no fixed capacity, so this is one partition asked too often or growth beyond twice the last peak within half an",
  "hour. The alarm says whether it is the table or an index; an index that is written too fast slows writes of the table. Find",
  "the key with CloudWatch Contributor Insights for DynamoDB; callers already wait and try again.",
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
  "## Deploy and roll back",
  "",
  "A stage is whatever its commit says: `npm run deploy -- -c stage=… ` with the stage's context. Rolling back is deploying the",
  "last good commit. A deploy that failed is repeated: a stack that never came up is deleted and made anew, which is why stacks",
  "are protected only once they stand. The data stack only ever grows; it is kept when its stack is deleted in production.",
  "",
  "Another spelling of keys cannot be rolled over in place (what is stored is not found under it); CHANGELOG.md names it.",
  "",
  "An action that gets another name or moves to another area is, to AWS, another function, queue and log group, and the old ones",
  "go with what is in them. So it takes two deploys. A consumer of events or of a stream first stands twice, under both names:",
  "each event comes to both, and both are safe to repeat; when the old queue and its dead-letter queues are empty, the old one",
  "is taken out. A route of the API and a schedule can be taken once only: the first deploy is without the action, the second",
  "with it at its new place, and between them its route answers 404. Logs under old names are kept where data is.",
  "",
  "Where CloudFormation says that an export is in use, a stack no longer needs something of another: its reader goes first,",
  "`npm run deploy -- --exclusively atomic-<stage>-<area> -c …`, and then everything. The click function's address is always in",
  "use, by the edge: a new one takes `this.exportValue(…)` of the old one in its area's stack for one deploy.",
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
