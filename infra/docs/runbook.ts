import { type Action, actions } from "#shared/contracts/index";
import type { Trigger } from "#shared/contracts/contract";
import { partitionStart } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { general } from "./runbook-sections.ts";

/** What an engineer does when an alarm of this kind rings. The order is: look, act, make sure. */
const guidance: Readonly<Record<Trigger, readonly string[]>> = {
  http: [
    "Look: `fields @message | filter level = \"error\"` in the log group of the action; the request id is in the client's reply. A line without a `code` is Lambda's own: the start failed, or time or memory ran out.",
    "Act: a defect in the code is [rolled back](#roll-back) to the last good commit; nothing is half-done, every change is written whole or not at all.",
    "Make sure: the same request, with the same Idempotency-Key, answers.",
  ],
  schedule: [
    `Look: the job's latest runs (\`GET /v1/admin/jobs/{job}/runs\` or the items of \`${partitionStart(items.jobRun)}<name>\`), \`code = "job.failed"\` and \`job.item_failed\` in the logs.`,
    "Act: mend the cause and run the job again; it is safe to run at any time, twice at once, and continues where it stopped.",
    "Make sure: a run with outcome `succeeded`; then purge the job's dead-letter queue.",
  ],
  onEvent: [
    'Look: `code = "event.failed"` in the logs, and the message in the consumer\'s dead-letter queue. `mail.unclosed` names a mail that is out: there is nothing to send again.',
    "Act: mend the cause, then redrive the dead-letter queue to its source (SQS, start redrive); consumers are safe to repeat.",
    "Make sure: both queues are empty.",
  ],
  onStream: [
    'Look: `code = "stream.failed"`, `outbox.unpublished` and `outbox.unreadable` in the logs, and the iterator age. A batch that fails is halved until what it fails at is alone, and that is tried for 23 hours; its shard waits for it.',
    "Act: mend the cause within 23 hours; what is given up then is parked ([parked-records](#parked-records)). To let a shard go on before that, `aws lambda update-event-source-mapping --uuid … --maximum-retry-attempts 3`, and `-1` when it went on: what it stood at is parked at once.",
    "Make sure: the iterator age falls below a minute, and nothing is parked.",
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
