import { describe, expect, test } from "@jest/globals";
import { notifyPeople } from "#shared/contracts/notifications";
import { Notification } from "#shared/domain/notifications/notification";
import { addNotification, markRead } from "#shared/domain/notifications/notify";
import { notificationOf, tellingOf } from "#shared/domain/notifications/texts";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID, SUBMISSION_ID } from "../../support/builders.ts";
import { anEvent, tellingTypes } from "./events.ts";

describe("who is told what", () => {
  test.each([
    [
      anEvent("invitation.sent"),
      CREATOR_ID,
      "campaigns",
      "You are invited to “Autumn”",
      "The campaign offers 123.45 USD. Answer by 2026-12-09.",
    ],
    [
      anEvent("invitation.accepted"),
      BRAND_ID,
      "campaigns",
      "A creator joined “Autumn”",
      "123.45 USD of the budget are secured for them.",
    ],
    [
      anEvent("submission.created"),
      BRAND_ID,
      "submissions",
      "New content in “Autumn”",
      "Round 2 waits for your review.",
    ],
    [
      anEvent("submission.reviewed"),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was approved",
      "You earned 123.45 USD. The brand says: Lovely",
    ],
    [
      anEvent("submission.reviewed", { decision: "changes_requested", earned: null }),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was sent back with changes to make",
      "The brand says: Lovely",
    ],
    [
      anEvent("submission.reviewed", { decision: "rejected", earned: null, feedback: null }),
      CREATOR_ID,
      "submissions",
      "Your content in “Autumn” was rejected",
      "",
    ],
    [
      anEvent("deposit.completed", { amount: { amount: 500, currency: "JPY" } }),
      BRAND_ID,
      "payments",
      "Your payment was received",
      "500 JPY are in your wallet.",
    ],
    [
      anEvent("earning.available"),
      CREATOR_ID,
      "payments",
      "Your earnings in “Autumn” are available",
      "123.45 USD can be paid out.",
    ],
  ])("$type", (event, userId, category, title, message) => {
    expect(tellingOf(event)).toEqual({ userId, category, title, message });
  });

  test("every event the consumer listens to", () => {
    expect([...notifyPeople.events].sort()).toEqual([...tellingTypes].sort());
  });
});

describe("a notification", () => {
  test.each(tellingTypes)("of %s is whole, and the same for every delivery of its event", (type) => {
    const notification = Notification.parse(notificationOf(anEvent(type)));
    expect(notificationOf(anEvent(type))).toEqual(notification);
    expect(notification).toMatchObject({ type, readAt: null, createdAt: "2026-11-25T12:00:00.000Z" });
  });

  test("carries the ids of what it is about, and nothing else", () => {
    expect(notificationOf(anEvent("submission.reviewed")).metadata).toEqual({
      campaignId: CAMPAIGN_ID,
      brandId: BRAND_ID,
      creatorId: CREATOR_ID,
      submissionId: SUBMISSION_ID,
    });
  });

  test("has an id of its event and person alone, which sorts by the event's time", () => {
    const idOf = (id: string, at: string, creatorId = CREATOR_ID) =>
      notificationOf(anEvent("earning.available", { creatorId }, { id, at })).id;
    const noon = "2026-11-25T12:00:00.000Z";
    const ids = [idOf("evt_1", noon), idOf("evt_2", noon), idOf("evt_1", noon, BRAND_ID)];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(idOf("evt_1", "2026-11-25T12:00:00.001Z") > id).toBe(true);
  });

  test("is added once", () => {
    const notification = notificationOf(anEvent("earning.available"));
    expect(addNotification(notification, undefined)).toEqual({
      entities: [{ entity: "notification", next: notification }],
    });
    expect(addNotification(notification, notification)).toBeUndefined();
  });

  test("is read once", () => {
    const notification = notificationOf(anEvent("earning.available"));
    const first = markRead(notification, "2026-11-26T00:00:00.000Z");
    expect(first.notification.readAt).toBe("2026-11-26T00:00:00.000Z");
    expect(first.change?.entities).toMatchObject([{ was: { readAt: null }, next: { version: 2 } }]);
    expect(markRead(first.notification, "2026-11-27T00:00:00.000Z")).toEqual({
      change: undefined,
      notification: first.notification,
    });
  });
});
