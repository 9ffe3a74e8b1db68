import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as announce } from "#lambdas/notifications/announce";
import { handler as spreadAnnouncement } from "#lambdas/notifications/spread-announcement";
import { handler as startAnnouncement } from "#lambdas/notifications/start-announcement";
import { announce as contract } from "#shared/contracts/notifications";
import { parseEvent } from "#shared/domain/events/outbox";
import { systemActor } from "#shared/domain/kernel/actor";
import { PAUSE_SECONDS } from "#shared/domain/notifications/announce";
import { Unavailable } from "#shared/ports/outside";
import { admin, type TestStage } from "../../support/stage.ts";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { expectRefused, peopled } from "../../support/launched.ts";
import { mailed, notified } from "./deliveries.ts";

const words = { title: "We rest on Sunday", message: "Nobody answers then.", category: "system" } as const;
const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const announced = (audience: { userId?: string; role?: "admin" | "brand" | "creator" }) =>
  stage.run(announce, { actor: admin(), body: { ...words, ...audience } });
const occasion = () => ({
  actor: systemActor("announcements"),
  now: stage.clock.now,
  requestId: stage.newId("event"),
  newId: stage.newId,
});
const ports = () => stage.granted(spreadAnnouncement.contract.uses, occasion());
const spread = (message: unknown) => spreadAnnouncement.run(occasion(), message, ports());
const addressedEvents = () =>
  stage
    .stored("outboxEvent")
    .map(parseEvent)
    .filter(({ type }) => type === "announcement.addressed");

/** Everything that queue and bus do about it, each `times` times. */
async function delivered(announcementId: string, times: number): Promise<void> {
  const event = stage
    .stored("outboxEvent")
    .map(parseEvent)
    .find(({ type }) => type === "announcement.made");
  if (event?.type !== "announcement.made") throw new Error("nothing was announced");
  expect(event.detail).toEqual({ announcementId });
  const start = () => startAnnouncement.run(occasion(), event, { announcementQueue: stage.announcementQueue });
  for (let time = 0; time < times; time += 1) await start();
  for (let page = stage.announcementQueue.sent.shift(); page; page = stage.announcementQueue.sent.shift())
    await spread(page);
  for (const one of addressedEvents()) {
    for (let time = 0; time < times; time += 1) {
      await notified(stage, one);
      await mailed(stage, one);
    }
  }
}
const crowd = async (count: number) => {
  for (let at = 1; at <= count; at += 1)
    await stage.given("account", anAccount({ id: idOf(9_000 + at), email: `c${at}@example.com`, roles: ["creator"] }));
};

describe("an announcement", () => {
  test("to a person is told to them, inside the product and by mail", async () => {
    const { id, recipients } = await announced({ userId: CREATOR_ID });
    expect([contract.reply.parse({ id, recipients }), recipients]).toEqual([{ id, recipients: 1 }, 1]);
    await delivered(id, 1);
    expect(stage.stored("notification")).toMatchObject([{ userId: CREATOR_ID, ...words }]);
    expect(stage.mailSender.sent).toMatchObject([{ to: `${CREATOR_ID}@example.com`, subject: words.title }]);
    expect(stage.stored("auditEntry").map(({ action }) => action)).toContain("announcement.made");
  });

  test("to a role is told to everybody with it, once, in pages, however often each step is done", async () => {
    await crowd(105);
    await stage.given("account", anAccount({ id: idOf(1), roles: ["creator"], status: "suspended" }));
    const { id, recipients } = await announced({ role: "creator" });
    await delivered(id, 2);
    const told = stage.stored("notification").map(({ userId }) => String(userId));
    expect(told).toHaveLength(recipients);
    expect(new Set(told).size).toBe(recipients);
    expect(recipients).toBeGreaterThanOrEqual(106);
    expect(told).not.toContain(idOf(1));
    expect(new Set(stage.mailSender.sent.map(({ to }) => to)).size).toBe(recipients);
    expect(stage.mailSender.sent).toHaveLength(recipients);
    for (const userId of told) expect(await stage.ports.notifications.unread(userId)).toBe(1);
  });

  test("leaves room for other mail between its pages", async () => {
    await crowd(201);
    const { id } = await announced({ role: "creator" });
    await delivered(id, 1);
    expect(stage.announcementQueue.pauses).toEqual([0, PAUSE_SECONDS, PAUSE_SECONDS]);
  });

  test("whose next page does not get into the queue comes again, and everybody is told once", async () => {
    await crowd(101);
    const { id, recipients } = await announced({ role: "creator" });
    const announcementQueue = { send: () => Promise.reject(new Unavailable("the queue")) };
    const first = { announcementId: id };
    await expect(spreadAnnouncement.run(occasion(), first, { ...ports(), announcementQueue })).rejects.toBeInstanceOf(
      Unavailable,
    );
    await delivered(id, 1);
    expect(stage.stored("notification")).toHaveLength(recipients);
    expect(stage.mailSender.sent).toHaveLength(recipients);
  });

  test("to somebody who is not there is refused", async () => {
    await expectRefused(stage, () => announced({ userId: idOf(404) }), "user.not_found");
  });

  test("names a person or a role, not both, and nothing of the server's", () => {
    const body = contract.body;
    for (const wrong of [
      words,
      { ...words, userId: CREATOR_ID, role: "brand" },
      { ...words, role: "everybody" },
      { ...words, role: "brand", title: " " },
      { ...words, role: "brand", recipients: 3 },
      { ...words, role: "brand", category: "news" },
    ])
      expect(body?.safeParse(wrong).success).toBe(false);
    expect(body?.safeParse({ ...words, role: "brand" }).success).toBe(true);
  });
});
