/** Events delivered to this area's consumers. */
import { handler as mailPeople } from "#lambdas/notifications/mail-people";
import { handler as notifyPeople } from "#lambdas/notifications/notify-people";
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

/** One delivery; `instead` holds ports that fail. */
export function notified(stage: TestStage, event: DeliveredEvent, instead: Partial<Ports> = {}): Promise<void> {
  const occasion = occasionOf(stage);
  const ports = { ...stage.granted(notifyPeople.contract.uses, occasion), ...instead };
  return untilDecided(() => notifyPeople.run(occasion, event, ports));
}

/** One delivery; `instead` holds ports that fail, and `closing` what happens to every commit but the first. */
export function mailed(
  stage: TestStage,
  event: DeliveredEvent,
  instead: Partial<Ports> = {},
  closing?: () => Promise<never>,
): Promise<void> {
  const occasion = occasionOf(stage);
  const granted = stage.granted(mailPeople.contract.uses, occasion);
  let commits = 0;
  const commit: Commit = (change, reply) => (closing && (commits += 1) > 1 ? closing() : granted.commit(change, reply));
  const ports = { ...granted, commit, ...instead };
  return untilDecided(() => mailPeople.run(occasion, event, ports));
}
