import { beforeEach, describe, expect, test } from "@jest/globals";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { Postponed } from "#shared/domain/kernel/postponed";
import type { MailSender } from "#shared/ports/notifications";
import { Contended, StaleState } from "#shared/ports/changes";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import type { TestStage } from "../../support/stage.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { loggedLines } from "../../support/gateway.ts";
import { peopled } from "../../support/launched.ts";
import { mailed } from "./deliveries.ts";

const event = anEvent("submission.reviewed");
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const mailIdOf = ({ id }: DeliveredEvent): string => `${id}.${CREATOR_ID}`;
const mail = () => stage.ports.mails.get(mailIdOf(event));
const failing: MailSender = { send: () => Promise.reject(new Error("Throttling")) };

test.each([anEvent("invitation.sent"), event])("$type is mailed to the creator", async (one) => {
  await mailed(stage, one);
  expect(stage.mailSender.sent).toEqual([
    {
      to: `${CREATOR_ID}@example.com`,
      subject: expect.stringContaining("“Autumn”"),
      html: expect.stringContaining("<table"),
      text: expect.stringContaining("Hello"),
      id: mailIdOf(one),
      unsubscribeUrl: expect.stringMatching(/^https:\/\/api\.example\.com\/v1\/unsubscriptions\//),
    },
  ]);
});

describe("one event is one mail", () => {
  test("however often it is delivered", async () => {
    await mailed(stage, event);
    stage.clock.now = "2026-11-28T12:00:00.000Z";
    const before = stage.table.all();
    await mailed(stage, event);
    expect(stage.mailSender.sent).toHaveLength(1);
    expect(stage.table.all()).toEqual(before);
    expect(await mail()).toMatchObject({ status: "sent", sentAt: "2026-11-25T12:00:00.000Z" });
  });

  test("when it is delivered to five at the same moment; those who do not send leave it to the queue", async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 5 }, () => mailed(stage, event)));
    expect(stage.mailSender.sent).toHaveLength(1);
    for (const attempt of attempts) if (attempt.status === "rejected") expect(attempt.reason).toBeInstanceOf(Postponed);
    await mailed(stage, event);
    expect(stage.mailSender.sent).toHaveLength(1);
  });

  test("and two events are two", async () => {
    await mailed(stage, event);
    await mailed(stage, { ...event, id: "evt_2" });
    expect(stage.mailSender.sent.map(({ id }) => id)).toEqual([mailIdOf(event), `evt_2.${CREATOR_ID}`]);
  });
});

describe("a post that fails", () => {
  test("fails the delivery, and the claim it leaves behind is taken over when its time is up", async () => {
    await expect(mailed(stage, event, { mailSender: failing })).rejects.toThrow("Throttling");
    expect(await mail()).toMatchObject({ status: "sending", claimedUntil: "2026-11-25T12:01:00.000Z" });
    stage.clock.now = "2026-11-25T12:00:59.999Z";
    await expect(mailed(stage, event)).rejects.toBeInstanceOf(Postponed);
    expect(stage.mailSender.sent).toEqual([]);
    stage.clock.now = "2026-11-25T12:01:00.000Z";
    await mailed(stage, event);
    expect(stage.mailSender.sent).toHaveLength(1);
    expect(await mail()).toMatchObject({ status: "sent" });
  });

  test("has claimed the mail before it is asked to send", async () => {
    const states: unknown[] = [];
    const mailSender: MailSender = { send: async () => void states.push((await mail())?.status) };
    await mailed(stage, event, { mailSender });
    expect(states).toEqual(["sending"]);
  });
});

describe("a mail that is out, whose record cannot be closed", () => {
  const failures = [
    ["others keep it busy", () => new Contended()],
    ["it changed meanwhile", () => new StaleState(["mail"])],
    ["the table is gone", () => new Error("ResourceNotFoundException")],
  ] as const;

  test.each(failures)(
    "because %s, is no failure: the event does not come again, nor does the mail",
    async (_why, error) => {
      const lines = loggedLines();
      await mailed(stage, event, {}, () => Promise.reject(error()));
      expect(stage.mailSender.sent).toHaveLength(1);
      expect(await mail()).toMatchObject({ status: "sending" });
      expect(lines).toMatchObject([
        { level: "error", code: "mail.unclosed", mailId: mailIdOf(event), error: error().name },
      ]);
    },
  );

  test("is not sent by a second delivery that is on its way already", async () => {
    loggedLines();
    await mailed(stage, event, {}, () => Promise.reject(new Contended()));
    await expect(mailed(stage, event)).rejects.toBeInstanceOf(Postponed);
    expect(stage.mailSender.sent).toHaveLength(1);
  });
});

describe("nobody is written to", () => {
  test.each([
    ["is suspended", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }), event],
    [
      "has no account",
      anAccount(),
      anEvent("submission.reviewed", { creatorId: "00000000-0000-4000-8000-0000000000c9" }),
    ],
  ])("who %s, and that is no failure", async (_who, account, one) => {
    await stage.given("account", account);
    const before = stage.table.all();
    await mailed(stage, one);
    expect(stage.mailSender.sent).toEqual([]);
    expect(stage.table.all()).toEqual(before);
  });
});
