import { noticesOf } from "#shared/domain/notifications/notice";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as countUnread } from "#lambdas/notifications/count-unread-notifications";
import { handler as listNotifications } from "#lambdas/notifications/list-notifications";
import { handler as markNotificationRead } from "#lambdas/notifications/mark-notification-read";
import { listNotifications as contract, notifyPeople } from "#shared/contracts/notifications";
import type { Actor } from "#shared/domain/kernel/actor";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { notified } from "./deliveries.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const all = async (actor: Actor, query: { unread?: boolean } = {}) =>
  (await stage.run(listNotifications, { actor, query })).items;
const unread = async (actor: Actor) => (await stage.run(countUnread, { actor })).unread;
const read = (actor: Actor, notificationId: string) =>
  stage.run(markNotificationRead, { actor, path: { notificationId } });
const idOfFirst = async (actor: Actor) => (await all(actor))[0]?.id ?? "";

/** `count` events a second apart, told to the creator. */
async function told(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const when = `2026-11-25T12:00:0${at}.000Z`;
    await notified(stage, anEvent("invitation.sent", { campaignName: `C${at}` }, { id: `evt_${at}`, at: when }));
  }
}

describe("an event", () => {
  test.each(notifyPeople.events)(
    "%s is told to everybody it concerns, once, however often it is delivered",
    async (type) => {
      const event = anEvent(type);
      await notified(stage, event);
      const before = stage.table.all();
      await notified(stage, event);
      await Promise.all([notified(stage, event), notified(stage, event)]);
      expect(stage.table.all()).toEqual(before);
      const people = [brand(), creator(), creator(OTHER_CREATOR_ID), admin()];
      const concerned = new Set(noticesOf(event, "inApp").map(({ userId }) => userId));
      expect(await Promise.all(people.map(unread))).toEqual(people.map(({ userId }) => Number(concerned.has(userId))));
      expect(concerned.size).toBeGreaterThan(0);
    },
  );

  test("delivered to two at the same moment is told once", async () => {
    const event = anEvent("submission.created");
    await Promise.all(Array.from({ length: 5 }, () => notified(stage, event)));
    expect(await all(brand())).toHaveLength(1);
    expect(await unread(brand())).toBe(1);
  });

  test("that comes again after it was read stays read", async () => {
    const event = anEvent("earning.available");
    await notified(stage, event);
    await read(creator(), await idOfFirst(creator()));
    await notified(stage, event);
    expect(await unread(creator())).toBe(0);
    expect((await all(creator()))[0]?.readAt).toBe(stage.clock.now);
  });
});

describe("a person's notifications", () => {
  test("are their own alone, newest first, in the order of events and not of deliveries", async () => {
    await notified(stage, anEvent("earning.available", {}, { id: "evt_9", at: "2026-11-25T12:00:09.000Z" }));
    await told(3);
    const titles = (await all(creator())).map(({ title }) => title);
    expect(titles[0]).toContain("earnings");
    expect(titles.slice(1).map((title) => title.at(-2))).toEqual(["2", "1", "0"]);
    for (const actor of [brand(), admin(), creator(OTHER_CREATOR_ID)]) expect(await all(actor)).toEqual([]);
  });

  test("come in pages, and as the contract says", async () => {
    await told(3);
    const first = await stage.run(listNotifications, { actor: creator(), page: { limit: 2 } });
    const page = { limit: 2, ...(first.next && { after: first.next }) };
    const second = await stage.run(listNotifications, { actor: creator(), page });
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, undefined]);
    expect(contract.reply.parse(first.items[0])).toEqual({
      id: expect.stringMatching(/^ntf_/),
      type: "invitation.sent",
      title: "You are invited to “C2”",
      message: expect.any(String),
      category: "campaigns",
      readAt: null,
      createdAt: "2026-11-25T12:00:02.000Z",
      metadata: expect.objectContaining({ creatorId: CREATOR_ID, brandId: BRAND_ID }),
    });
  });

  test("can be asked for by whether they were read", async () => {
    await told(3);
    const id = await idOfFirst(creator());
    await read(creator(), id);
    expect((await all(creator(), { unread: false })).map((one) => one.id)).toEqual([id]);
    expect(await all(creator(), { unread: true })).toHaveLength(2);
    expect(await all(creator())).toHaveLength(3);
  });

  test.each([
    ["true", true],
    ["false", false],
  ])("are asked for with unread=%s", (text, unreadOnly) => {
    expect(contract.query?.parse({ unread: text })).toEqual({ unread: unreadOnly });
    expect(contract.query?.safeParse({ unread: "yes" }).success).toBe(false);
  });
});

describe("reading", () => {
  test("counts down, exactly; again it says the same and changes nothing", async () => {
    await told(3);
    expect(await unread(creator())).toBe(3);
    const id = await idOfFirst(creator());
    const first = await read(creator(), id);
    expect(first).toMatchObject({ id, readAt: stage.clock.now });
    const before = stage.table.all();
    stage.clock.now = "2026-11-26T00:00:00.000Z";
    expect(contract.reply.parse(await read(creator(), id))).toEqual(contract.reply.parse(first));
    expect(stage.table.all()).toEqual(before);
    expect(await unread(creator())).toBe(2);
  });

  test("ten times at once counts down once", async () => {
    await told(2);
    const id = await idOfFirst(creator());
    await Promise.all(Array.from({ length: 10 }, () => read(creator(), id)));
    expect(await unread(creator())).toBe(1);
  });

  test("another's, or one that is not there, is refused", async () => {
    await told(1);
    const id = await idOfFirst(creator());
    for (const actor of [brand(), admin(), creator(OTHER_CREATOR_ID)])
      await expectRefused(stage, () => read(actor, id), "notification.not_found");
    await expectRefused(stage, () => read(creator(), "ntf_0"), "notification.not_found");
  });
});
