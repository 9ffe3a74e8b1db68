/** The outbox with its two senders: the relay, which the table's stream feeds, and the sweep. */
import { lambdaContext } from "../../support/gateway.ts";
import { marshall } from "@aws-sdk/util-dynamodb";
import { handler as relayOutbox } from "#lambdas/system/relay-outbox";
import { handler as sweepOutbox } from "#lambdas/system/sweep-outbox";
import { memory } from "#shared/adapters/memory/index";
import { capabilitiesOf } from "#shared/contracts/implied";
import type { DomainEvent } from "#shared/domain/events/events";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Ports } from "#shared/ports/catalogue";
import { touchedBy } from "#shared/ports/touched";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import type { Item } from "#shared/table/engine";
import { storedChanges } from "#shared/table/repositories/changes";
import { anEvent } from "../../domain/notifications/events.ts";
import { grantedTable } from "../../support/granted-table.ts";
import { testStage, type TestStage } from "../../support/stage.ts";

const occasionOf = (stage: TestStage) => ({
  actor: systemActor("test"),
  now: stage.clock.now,
  requestId: "r",
  newId: stage.newId,
});

/** So many events happen, in a commit each; what the outbox then holds, oldest first. */
export async function happened(stage: TestStage, count: number): Promise<readonly Item[]> {
  const { type, detail } = anEvent("invitation.accepted");
  const events = [{ type, detail } as DomainEvent];
  for (let at = 0; at < count; at += 1)
    await storedChanges(stage.table).commit({ ...occasionOf(stage), writes: new Set() }, { entities: [], events });
  return stage.stored("outboxEvent").slice(-count);
}

/** What the table's stream hands over of them, as records s-1, s-2 and so on. */
const recordsOf = (items: readonly Item[]) =>
  items.map((item, at) => ({
    sequence: `s-${at + 1}`,
    shard: "",
    payload: marshall(item, { removeUndefinedValues: true }),
    delivered: undefined,
  }));

/** One batch of the relay: the places it reports as failed. `instead` holds ports that fail. */
export function relayed(stage: TestStage, items: readonly Item[], instead: Partial<Ports> = {}) {
  const occasion = occasionOf(stage);
  const ports = { ...stage.granted(relayOutbox.contract.uses, occasion), ...instead };
  return relayOutbox.run(occasion, recordsOf(items), ports);
}

/** One run of the sweep, from its lease to its record. */
export function swept(stage: TestStage, instead: Partial<Ports> = {}): Promise<JobRun> {
  const { contract, run } = sweepOutbox;
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const adapters = {
    ...memory(grantedTable(stage.table, touchedBy(capabilitiesOf(contract)))),
    eventBus: () => stage.eventBus,
  };
  const connected = connect(contract, adapters, { TABLE_NAME: "t", EVENT_BUS_NAME: "b" });
  const pipeline = jobPipeline(
    contract,
    connected,
    ({ invocation, ports, counts }) =>
      run(invocation, { ...(ports as object), ...instead } as never, eachOf(contract.job, { counts })),
    world,
  );
  return pipeline(undefined, lambdaContext() as never) as Promise<JobRun>;
}

/** Ids of what is out, each as often as it went out. */
export const publishedIds = (stage: TestStage): string[] => stage.eventBus.published.map(({ id }) => id);
export const idsOf = (items: readonly Item[]): string[] => items.map(({ id }) => String(id));

/** An event that the relay has not sent when the sweep comes. */
export async function eventLeftBehind(): Promise<void> {
  const stage = testStage();
  await happened(stage, 1);
  stage.clock.now = "2026-11-25T12:10:00.000Z";
  await swept(stage);
}
