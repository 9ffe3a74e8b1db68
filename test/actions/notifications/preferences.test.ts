import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getNotificationPreferences } from "#lambdas/notifications/get-notification-preferences";
import { handler as setNotificationPreferences } from "#lambdas/notifications/set-notification-preferences";
import { handler as showUnsubscription } from "#lambdas/notifications/show-unsubscription";
import { handler as unsubscribe } from "#lambdas/notifications/unsubscribe";
import { systemActor } from "#shared/domain/kernel/actor";
import { type Preferences, preferencesOf } from "#shared/domain/notifications/preferences";
import { suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { creator, brand, type TestStage } from "../../support/stage.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { expectRefused, peopled } from "../../support/launched.ts";
import { mailed, notified } from "./deliveries.ts";

const everything = preferencesOf(undefined);
const event = anEvent("submission.reviewed");
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const prefer = (body: Preferences) => stage.run(setNotificationPreferences, { actor: creator(), body });
const preferred = (actor = creator()) => stage.run(getNotificationPreferences, { actor });
const told = async () => ({
  mails: stage.mailSender.sent.length,
  unread: await stage.ports.notifications.unread(CREATOR_ID),
});
const without = (channel: "inApp" | "email"): Preferences => ({
  ...everything,
  submissions: { ...everything.submissions, [channel]: false },
});
const publicly = { actor: systemActor("public") };

describe("what a person prefers", () => {
  test("is everything until they say otherwise, then what they say, and theirs alone", async () => {
    expect(await preferred()).toEqual(everything);
    expect(await prefer(without("email"))).toEqual(without("email"));
    expect(await preferred()).toEqual(without("email"));
    expect(await preferred(brand())).toEqual(everything);
    const before = stage.table.all();
    await prefer(without("email"));
    expect(stage.table.all()).toEqual(before);
  });

  test.each([
    ["neither", everything, { mails: 1, unread: 1 }],
    ["mails", without("email"), { mails: 0, unread: 1 }],
    ["notifications", without("inApp"), { mails: 1, unread: 0 }],
  ])("is heeded: who switched off %s", async (_what, preferences, expected) => {
    await prefer(preferences);
    for (let delivery = 0; delivery < 2; delivery += 1) {
      await mailed(stage, event);
      await notified(stage, event);
    }
    expect(await told()).toEqual(expected);
  });

  test("is not asked about what is owed to them", async () => {
    const off = { inApp: false, email: false };
    await prefer({ campaigns: off, submissions: off, payments: off, system: off });
    for (const type of ["payout.failed", "account.roles_changed", "payout.paid"] as const) {
      await mailed(stage, anEvent(type, {}, { id: type }));
      await notified(stage, anEvent(type, {}, { id: type }));
    }
    expect(await told()).toEqual({ mails: 2, unread: 2 });
  });
});

describe("a link in a mail", () => {
  async function linked(): Promise<{ token: string }> {
    await mailed(stage, event);
    return { token: stage.mailSender.sent[0]?.unsubscribeUrl?.split("/").at(-1) ?? "" };
  }

  test("followed changes nothing, and asks; sent as a form ends the mails of its category", async () => {
    const path = await linked();
    const before = stage.table.all();
    expect(await stage.run(showUnsubscription, { ...publicly, path })).toContain("No more mails about submissions?");
    expect(stage.table.all()).toEqual(before);
    for (let times = 0; times < 2; times += 1)
      expect(await stage.run(unsubscribe, { ...publicly, path })).toContain("That is done.");
    expect(await preferred()).toEqual(without("email"));
    await mailed(stage, { ...event, id: "evt_2" });
    await mailed(stage, anEvent("invitation.sent", {}, { id: "evt_3" }));
    expect(stage.mailSender.sent.map(({ subject }) => subject)).toEqual([
      expect.stringContaining("Your content"),
      expect.stringContaining("You are invited"),
    ]);
  });

  test("that was made up does nothing", async () => {
    const path = { token: (await linked()).token.replace("submissions", "payments") };
    await expectRefused(stage, () => stage.run(unsubscribe, { ...publicly, path }), "unsubscribe_link.invalid");
    await expectRefused(stage, () => stage.run(showUnsubscription, { ...publicly, path }), "unsubscribe_link.invalid");
  });
});

describe("an address that mail came back from", () => {
  const address = `${CREATOR_ID}@example.com`;
  beforeEach(() =>
    stage.given("mailSuppression", {
      id: suppressionIdOf(address.toUpperCase()),
      reason: "bounce",
      version: 1,
      createdAt: stage.clock.now,
    }),
  );

  test("gets none any more, owed or not; the notification is there", async () => {
    await mailed(stage, event);
    await mailed(stage, anEvent("payout.failed"));
    await notified(stage, event);
    expect(await told()).toEqual({ mails: 0, unread: 1 });
  });

  test("is the address's and not the person's: who changes theirs gets mail again", async () => {
    await stage.given("account", anAccount({ id: CREATOR_ID, email: "new@example.com", roles: ["creator"] }));
    await mailed(stage, event);
    expect(stage.mailSender.sent.map(({ to }) => to)).toEqual(["new@example.com"]);
  });
});

test("whoever is banned is mailed just that", async () => {
  await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
  await mailed(stage, anEvent("account.suspended", {}, { id: "ban" }));
  await mailed(stage, event);
  expect(stage.mailSender.sent.map(({ id }) => id)).toEqual([`ban.${CREATOR_ID}`]);
});
