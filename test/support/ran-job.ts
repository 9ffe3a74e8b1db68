/** A run of a job on a test's stage, with its lease and its record, and the rights that its contract gives it. */
import { memory } from "#shared/adapters/memory/index";
import type { ScheduleContract } from "#shared/contracts/contract";
import { capabilitiesOf } from "#shared/contracts/implied";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { touchedBy } from "#shared/ports/touched";
import { connect } from "#shared/runtime/connect";
import { type Each, eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import type { JobInvocation } from "#shared/runtime/call";
import type { TableEngine } from "#shared/table/engine";
import { requestContext } from "./gateway.ts";
import { grantedTable } from "./granted-table.ts";
import type { TestStage } from "./stage.ts";

const given = {
  ...{ TABLE_NAME: "t", PLATFORM_FEE_SCHEDULE: "[]", SOCIAL_QUEUE_URL: "https://queue.example.com" },
  ...{ SOCIAL_NETWORKS: "{}", SOCIAL_SECRET_ARN: "s", APP_URL: "https://app.example.com" },
  ...{ TOKEN_KEY_ARN: "k", TOKEN_KEY_ORIGIN: "https://kms.example.com" },
  ...{ ARCHIVE_BUCKET: "b", ARCHIVE_ORIGIN: "https://b.example.com", ARCHIVE_REGION: "us-east-1" },
};

export interface Job {
  readonly contract: ScheduleContract;
  // What it is handed, its contract has checked where the lambda named it.
  readonly run: (invocation: JobInvocation, ports: never, each: Each) => Promise<void>;
}

/**
 * @param table where it finds its things, when it is not the stage's own
 * @param event what invoked it
 * @param adapters of nouns that the table does not give
 * @param machineNow by the machine's clock, where the stage's was moved
 */
export function ranJob(
  stage: TestStage,
  { contract, run }: Job,
  {
    table = stage.table,
    event,
    adapters = {},
    machineNow = stage.clock.now,
  }: {
    readonly table?: TableEngine;
    readonly event?: unknown;
    readonly adapters?: object;
    readonly machineNow?: string;
  } = {},
): Promise<JobRun> {
  const own = memory(grantedTable(table, touchedBy(capabilitiesOf(contract))));
  const connected = connect(contract, { ...own, ...adapters }, given);
  const pipeline = jobPipeline(
    contract,
    connected,
    (context) =>
      run(context.invocation, connected.portsFor(context.invocation) as never, eachOf(contract.job, context)),
    { now: () => stage.clock.now, machineNow: () => machineNow, newId: stage.newId },
  );
  return pipeline(event, requestContext() as never) as Promise<JobRun>;
}
