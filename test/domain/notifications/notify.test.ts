import { describe, expect, test } from "@jest/globals";
import { notifyPeople } from "#shared/contracts/notifications";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { noticesOf } from "#shared/domain/notifications/notice";
import { Notification } from "#shared/domain/notifications/notification";
import { addNotification, markRead, notificationOf } from "#shared/domain/notifications/notify";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID, SUBMISSION_ID } from "../../support/builders.ts";
import { anEvent, aNotice } from "./events.ts";

const allTold = (event: DeliveredEvent): Notification[] =>
  noticesOf(event, "inApp").map((notice) => ({ ...notificationOf(notice, notice.at), version: 1 }));
const told = (event: DeliveredEvent): Notification => ({
  ...notificationOf(aNotice(event, "inApp"), event.at),
  version: 1,
});

describe("a notification", () => {
  test.each(notifyPeople.events)("of %s is whole, and the same for every delivery of its event", (type) => {
    const notifications = allTold(anEvent(type)).map((one) => Notification.parse(one));
    expect(notifications.length).toBeGreaterThan(0);
    expect(allTold(anEvent(type))).toEqual(notifications);
    for (const one of notifications)
      expect(one).toMatchObject({ type, readAt: null, createdAt: "2026-11-25T12:00:00.000Z" });
  });

  test("carries the ids of what it is about, and nothing else", () => {
    expect(told(anEvent("submission.reviewed")).metadata).toEqual({
      campaignId: CAMPAIGN_ID,
      brandId: BRAND_ID,
      creatorId: CREATOR_ID,
      submissionId: SUBMISSION_ID,
    });
  });

  test("has an id of its event and person alone, which sorts by the event's time", () => {
    const idOf = (id: string, at: string, creatorId = CREATOR_ID) =>
      told(anEvent("earning.available", { creatorId }, { id, at })).id;
    const noon = "2026-11-25T12:00:00.000Z";
    const ids = [idOf("evt_1", noon), idOf("evt_2", noon), idOf("evt_1", noon, BRAND_ID)];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(idOf("evt_1", "2026-11-25T12:00:00.001Z") > id).toBe(true);
  });

  test("is added once", () => {
    const notification = told(anEvent("earning.available"));
    expect(addNotification(notification, undefined)).toEqual({
      entities: [{ entity: "notification", next: notification }],
    });
    expect(addNotification(notification, notification)).toBeUndefined();
  });

  test("is read once", () => {
    const notification = told(anEvent("earning.available"));
    const first = markRead(notification, "2026-11-26T00:00:00.000Z");
    expect(first.notification.readAt).toBe("2026-11-26T00:00:00.000Z");
    expect(first.change?.entities).toMatchObject([{ was: { readAt: null }, next: { version: 2 } }]);
    expect(markRead(first.notification, "2026-11-27T00:00:00.000Z")).toEqual({
      change: undefined,
      notification: first.notification,
    });
  });
});
