import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { EventDetail } from "#shared/domain/events/events";
import { type Channel, tellings } from "#shared/domain/notifications/tellings";
import type { MailSender, Notifications } from "#shared/ports/notifications";
import { anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import type { TestStage } from "../../support/stage.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { peopled } from "../../support/launched.ts";
import { mailed, notified } from "./deliveries.ts";

const addressOf = (userId: string): string => `${userId}@example.com`;
const CLAIM_IS_OVER = "2026-11-25T12:01:00.000Z";
const event = anEvent("invitation.accepted");
const [brand, creator] = [addressOf(BRAND_ID), addressOf(CREATOR_ID)];
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
afterEach(() => void jest.restoreAllMocks());

/** As if the table said that these are told when a creator joins, by mail and in the product. */
function tell(...people: ((detail: EventDetail<"invitation.accepted">) => string)[]): void {
  const channels: readonly Channel[] = ["inApp", "mail"];
  const entries = tellings["invitation.accepted"];
  const told = people.flatMap((who) => entries.map((entry) => ({ ...entry, who, channels })));
  jest.replaceProperty(tellings, "invitation.accepted", told);
}
const theBrand = ({ brandId }: { readonly brandId: string }): string => brandId;
const theCreator = ({ creatorId }: { readonly creatorId: string }): string => creatorId;

const mailedTo = (): string[] => stage.mailSender.sent.map(({ to }) => to);
const notifiedAre = async (): Promise<number[]> =>
  Promise.all([BRAND_ID, CREATOR_ID].map((userId) => stage.ports.notifications.unread(userId)));

test("a mail that the brand is told goes to the brand's address, never to the creator's", async () => {
  await mailed(stage, event);
  expect(mailedTo()).toEqual([brand]);
  expect(stage.mailSender.sent[0]?.id).toBe(`${event.id}.${BRAND_ID}`);
  expect(await stage.ports.mails.get(`${event.id}.${BRAND_ID}`)).toMatchObject({ userId: BRAND_ID, status: "sent" });
});

describe("two people of one event", () => {
  beforeEach(() => tell(theBrand, theCreator));

  test("have a mail and a notification each, once, however often it is delivered", async () => {
    for (let delivery = 0; delivery < 3; delivery += 1) {
      await mailed(stage, event);
      await notified(stage, event);
    }
    expect(mailedTo()).toEqual([brand, creator]);
    expect(await notifiedAre()).toEqual([1, 1]);
  });

  test.each([
    [BRAND_ID, creator],
    [CREATOR_ID, brand],
  ])("of whom %s is suspended: the other is told", async (id, other) => {
    await stage.given("account", anAccount({ id, email: addressOf(id), status: "suspended" }));
    await mailed(stage, event);
    await mailed(stage, event);
    expect(mailedTo()).toEqual([other]);
  });

  test("when sending to the first fails: the second is told at once, the first by the next delivery", async () => {
    const mailSender: MailSender = {
      send: (mail) => (mail.to === brand ? Promise.reject(new Error("Throttling")) : stage.mailSender.send(mail)),
    };
    await expect(mailed(stage, event, { mailSender })).rejects.toThrow("Throttling");
    expect(mailedTo()).toEqual([creator]);
    stage.clock.now = CLAIM_IS_OVER;
    await mailed(stage, event);
    expect(mailedTo()).toEqual([creator, brand]);
  });

  test("when sending to both fails: the failure holds both", async () => {
    const mailSender: MailSender = { send: ({ to }) => Promise.reject(new Error(`no way to ${to}`)) };
    const failure = mailed(stage, event, { mailSender });
    await expect(failure).rejects.toMatchObject({
      errors: [new Error(`no way to ${brand}`), new Error(`no way to ${creator}`)],
    });
  });

  test("when the first is held by another delivery: the second is told, and the event comes again", async () => {
    const held = { id: `${event.id}.${BRAND_ID}`, userId: BRAND_ID, template: event.type, status: "sending" } as const;
    await stage.given("mail", {
      ...held,
      claimedUntil: CLAIM_IS_OVER,
      claimedBy: "another",
      version: 1,
      createdAt: stage.clock.now,
    });
    await expect(mailed(stage, event)).rejects.toThrow("is being sent by another delivery");
    expect(mailedTo()).toEqual([creator]);
  });

  test("when the sender dies between them: the next delivery mails each who was not mailed, once", async () => {
    await new Promise<void>((died) => {
      const mailSender: MailSender = {
        send: (mail) => (mail.to === brand ? stage.mailSender.send(mail) : new Promise(() => died())),
      };
      void mailed(stage, event, { mailSender });
    });
    expect(mailedTo()).toEqual([brand]);
    stage.clock.now = CLAIM_IS_OVER;
    await mailed(stage, event);
    await mailed(stage, event);
    expect(mailedTo()).toEqual([brand, creator]);
  });

  test("when the product dies between them: the next delivery notifies each who was not, once", async () => {
    await new Promise<void>((died) => {
      const { notifications } = stage.ports;
      const get: Notifications["get"] = (userId, id) =>
        userId === BRAND_ID ? notifications.get(userId, id) : new Promise(() => died());
      void notified(stage, event, { notifications: { ...notifications, get } });
    });
    expect(await notifiedAre()).toEqual([1, 0]);
    await notified(stage, event);
    await notified(stage, event);
    expect(await notifiedAre()).toEqual([1, 1]);
  });
});

test("who is named twice by one event is told once", async () => {
  tell(theBrand, theBrand);
  await mailed(stage, event);
  await notified(stage, event);
  expect(mailedTo()).toEqual([brand]);
  expect(await notifiedAre()).toEqual([1, 0]);
});
