/**
 * The two consumers that tell people die before and after each of their calls; then the queue delivers again until it is
 * done. Each person has then been told once in each channel. SES knows a mail by no key of ours, so one point is left: dying
 * between its taking the mail and the record of that. There a mail may go out twice, and never not at all.
 */
import { describe, expect, test } from "@jest/globals";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { Postponed } from "#shared/domain/kernel/postponed";
import type { Ports } from "#shared/ports/catalogue";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { CLAIM_MS } from "#shared/domain/notifications/mail/send-mail";
import type { TestStage } from "../../support/stage.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { dying } from "../../support/dying.ts";
import { loggedLines } from "../../support/gateway.ts";
import { peopled } from "../../support/launched.ts";
import { mailed, notified } from "./deliveries.ts";

/** Told to two people in both channels. */
const event = anEvent("submission.deemed_approved");
const PEOPLE = 2;

/** The process of a consumer, which dies at a call. */
function consumer(stage: TestStage, at: number, when: "before" | "after") {
  const life = dying(at, when);
  const { around } = life;
  const { notifications, preferences, recipients, mails, unsubscribeKeys, mailSender } = stage.ports;
  const instead: Partial<Ports> = {
    notifications: { ...notifications, get: around("read notification", notifications.get) },
    preferences: { of: around("read preferences", preferences.of) },
    recipients: { get: around("read recipient", recipients.get) },
    mails: { get: around("read mail", mails.get) },
    unsubscribeKeys: { ...unsubscribeKeys, key: around("read key", unsubscribeKeys.key) },
    mailSender: { send: around("send", mailSender.send) },
  };
  return { instead, ...life };
}

type Deliver = typeof notified | typeof mailed;

/** Delivers, dying at a point; and again and again, as the queue does, until nobody fails. */
async function afterDeath(deliver: Deliver, at: number, when: "before" | "after") {
  loggedLines();
  const stage = await peopled();
  const life = consumer(stage, at, when);
  await deliver(stage, event, life.instead, undefined, (commit) => life.around("commit", commit)).catch(
    () => undefined,
  );
  for (let delivery = 1; delivery <= 5; delivery += 1) {
    stage.clock.now = plusMilliseconds(stage.clock.now, CLAIM_MS);
    await deliver(stage, event as DeliveredEvent).catch((error: unknown) => {
      if (!(error instanceof Postponed)) throw error;
    });
  }
  return { stage, life };
}

const countBy = (names: readonly unknown[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(names, String)].map(([name, those]) => [name, those.length]));

describe.each(["before", "after"] as const)("dying %s", (when) => {
  test("any call of the bell's consumer, each is told once", async () => {
    let points = 0;
    for (let at = 1, more = true; more; at += 1) {
      const { stage, life } = await afterDeath(notified, at, when);
      more = life.hasDied();
      points = at;
      const told = countBy(stage.stored("notification").map(({ userId }) => userId));
      expect([at, life.names.at(-1), Object.values(told)]).toEqual([at, life.names.at(-1), Array(PEOPLE).fill(1)]);
      for (const userId of Object.keys(told)) expect(await stage.ports.notifications.unread(userId)).toBe(1);
    }
    expect(points).toBeGreaterThan(3 * PEOPLE);
  });

  test("any call of the post's consumer, each is mailed once, but where SES had it and nobody wrote that down", async () => {
    const twice: string[] = [];
    let points = 0;
    for (let at = 1, more = true; more; at += 1) {
      const { stage, life } = await afterDeath(mailed, at, when);
      more = life.hasDied();
      points = at;
      const sent = countBy(stage.mailSender.sent.map(({ to }) => to));
      expect(Object.keys(sent)).toHaveLength(PEOPLE);
      const most = Math.max(...Object.values(sent));
      if (most > 1) twice.push(`${when} ${life.names[at - 1]}`);
      expect(most).toBeLessThanOrEqual(2);
      expect(stage.stored("mail").map(({ status }) => status)).toEqual(Array(PEOPLE).fill("sent"));
    }
    expect(new Set(twice)).toEqual(new Set(when === "after" ? ["after send"] : ["before commit"]));
    expect(points).toBeGreaterThan(5 * PEOPLE);
  });
});
