import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listNotifications } from "#lambdas/notifications/list-notifications";
import { handler as markAllNotificationsRead } from "#lambdas/notifications/mark-all-notifications-read";
import { handler as markNotificationRead } from "#lambdas/notifications/mark-notification-read";
import { creator, brand, type TestStage } from "../../support/stage.ts";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { peopled } from "../../support/launched.ts";
import { notified } from "./deliveries.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const readAll = (actor = creator()) => stage.run(markAllNotificationsRead, { actor });
const unread = () => stage.ports.notifications.unread(CREATOR_ID);
const listed = async (query: { unread?: boolean }) =>
  (await stage.run(listNotifications, { actor: creator(), query, page: { limit: 100 } })).items;
const told = async (count: number, name = "evt") => {
  for (let at = 0; at < count; at += 1) await notified(stage, anEvent("invitation.sent", {}, { id: `${name}_${at}` }));
};
/** What is stored must say what the number says. */
const expectExact = async (count: number) => {
  expect(await unread()).toBe(count);
  expect(stage.stored("notification").filter(({ readAt }) => readAt === null)).toHaveLength(count);
};

describe("reading all", () => {
  test("marks everything that is there, in pages, and nobody else's", async () => {
    await told(123);
    await notified(stage, anEvent("submission.created"));
    expect(await readAll()).toEqual({ unread: 0 });
    expect(await unread()).toBe(0);
    expect(await stage.ports.notifications.unread(BRAND_ID)).toBe(1);
    expect(await listed({ unread: true })).toEqual([]);
    const before = stage.table.all();
    expect(await readAll()).toEqual({ unread: 0 });
    expect(stage.table.all()).toEqual(before);
    expect(await readAll(brand())).toEqual({ unread: 0 });
  });

  test("leaves what came after its instant, even what happened before it", async () => {
    await told(2);
    const asked = stage.clock.now;
    stage.clock.now = "2026-11-25T12:00:00.001Z";
    await notified(stage, anEvent("earning.available", {}, { id: "late", at: "2026-11-25T11:00:00.000Z" }));
    expect(await stage.run(markAllNotificationsRead, { actor: creator(), now: asked })).toEqual({ unread: 1 });
    expect(await listed({ unread: true })).toMatchObject([{ type: "earning.available" }]);
    await expectExact(1);
  });

  test("keeps the number exact when others read, tell and read all at the same moment", async () => {
    await told(60);
    const [one] = await listed({ unread: true });
    const path = { notificationId: one?.id ?? "" };
    await Promise.all([
      readAll(),
      stage.run(markNotificationRead, { actor: creator(), path }),
      told(3, "meanwhile"),
      readAll(),
      stage.run(markNotificationRead, { actor: creator(), path }),
    ]);
    await expectExact(stage.stored("notification").filter(({ readAt }) => readAt === null).length);
    await readAll();
    await expectExact(0);
  });
});

test("unread ones are found by their index, a page of them however many were read", async () => {
  await told(100);
  await readAll();
  await told(3, "new");
  const page = await stage.run(listNotifications, { actor: creator(), query: { unread: true }, page: { limit: 2 } });
  expect(page.items).toHaveLength(2);
  const rest = await stage.run(listNotifications, {
    actor: creator(),
    query: { unread: true },
    page: { limit: 2, ...(page.next && { after: page.next }) },
  });
  expect([rest.items.length, rest.next]).toEqual([1, undefined]);
});
