/** Events delivered to this area's consumers. */
import { handler as emailPeople } from "#lambdas/notifications/email-people";
import { handler as notifyPeople } from "#lambdas/notifications/notify-people";
import { systemActor } from "#shared/domain/kernel/actor";
import type { MailedEvent } from "#shared/domain/notifications/send-mail";
import type { TellingEvent } from "#shared/domain/notifications/texts";
import type { Emails } from "#shared/ports/notifications";
import { untilDecided } from "#shared/runtime/until-decided";
import type { TestStage } from "../../support/stage.ts";

const occasionOf = (stage: TestStage) => ({
  actor: systemActor("consumer"),
  now: stage.clock.now,
  requestId: "r",
  newId: stage.newId,
});

export function notified(stage: TestStage, event: TellingEvent): Promise<void> {
  const occasion = occasionOf(stage);
  return untilDecided(() => notifyPeople.run(occasion, event, stage.granted(notifyPeople.contract.uses, occasion)));
}

/** One delivery; `emails` stands for a post that fails. */
export function mailed(stage: TestStage, event: MailedEvent, emails: Emails = stage.emails): Promise<void> {
  const occasion = occasionOf(stage);
  const ports = { ...stage.granted(emailPeople.contract.uses, occasion), emails };
  return untilDecided(() => emailPeople.run(occasion, event, ports));
}
