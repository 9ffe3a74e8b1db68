/** Events delivered to this area's consumers. */
import { handler as mailPeople } from "#lambdas/notifications/mail-people";
import { handler as notifyPeople } from "#lambdas/notifications/notify-people";
import type { Change } from "#shared/domain/change";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Commit, Ports } from "#shared/ports/catalogue";
import { untilDecided } from "#shared/runtime/until-decided";
import type { TestStage } from "../../support/stage.ts";

const occasionOf = (stage: TestStage) => ({
  actor: systemActor("consumer"),
  now: stage.clock.now,
  requestId: stage.newId("event"),
  newId: stage.newId,
});

/** What happens around commits. */
type Around = (commit: (change: Change) => Promise<unknown>) => (change: Change) => Promise<unknown>;

/** One delivery; `instead` holds ports that fail. */
export function notified(
  stage: TestStage,
  event: DeliveredEvent,
  instead: Partial<Ports> = {},
  _closing?: undefined,
  around: Around = (commit) => commit,
): Promise<void> {
  const occasion = occasionOf(stage);
  const granted = stage.granted(notifyPeople.contract.uses, occasion);
  const ports = { ...granted, commit: around(granted.commit) as Commit, ...instead };
  return untilDecided(() => notifyPeople.run(occasion, event, ports));
}

/** One delivery; `instead` holds ports that fail, and `closing` what happens to every commit but the first. */
export function mailed(
  stage: TestStage,
  event: DeliveredEvent,
  instead: Partial<Ports> = {},
  closing?: () => Promise<never>,
  around: Around = (commit) => commit,
): Promise<void> {
  const occasion = occasionOf(stage);
  const granted = stage.granted(mailPeople.contract.uses, occasion);
  let commits = 0;
  const commit: Commit = (change, reply) => (closing && (commits += 1) > 1 ? closing() : granted.commit(change, reply));
  const ports = { ...granted, commit: around(commit) as Commit, ...instead };
  return untilDecided(() => mailPeople.run(occasion, event, ports));
}
