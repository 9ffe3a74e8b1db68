import { describe, expect, test } from "@jest/globals";
import type { Mail } from "#shared/domain/notifications/mail/mail";
import { Postponed } from "#shared/domain/kernel/postponed";
import { claimMail, isMailed, mailIdOf, mailSent, type Recipient } from "#shared/domain/notifications/mail/send-mail";
import { anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent, aNotice } from "./events.ts";

const now = "2026-11-25T12:00:00.000Z";
const notice = aNotice(anEvent("invitation.sent"), "mail");
const aMail = (parts: Partial<Mail> = {}): Mail => ({
  id: mailIdOf(notice),
  userId: CREATOR_ID,
  template: "invitation.sent",
  status: "sending",
  claimedUntil: now,
  claimedBy: "another",
  version: 4,
  createdAt: now,
  ...parts,
});

const at = (now: string, requestId = "this") => ({ now, requestId });

describe("a claim", () => {
  test("on a mail that is not there makes it, for a minute", () => {
    expect(claimMail(notice, undefined, at(now))).toMatchObject({
      mail: {
        id: `${notice.eventId}.${CREATOR_ID}`,
        status: "sending",
        claimedUntil: "2026-11-25T12:01:00.000Z",
        version: 1,
      },
      change: { entities: [{ entity: "mail" }] },
    });
    expect(claimMail(notice, undefined, at(now))?.change.entities[0]).not.toHaveProperty("was");
  });

  test("on one that was sent is nothing to do", () => {
    const late = "2027-11-25T12:00:00.000Z";
    expect(claimMail(notice, aMail({ status: "sent" }), at(late))).toBeUndefined();
  });

  test("on one that another holds is refused until its time is up, to the millisecond", () => {
    const held = aMail({ claimedUntil: "2026-11-25T12:00:00.001Z" });
    expect(() => claimMail(notice, held, at(now))).toThrow(Postponed);
    const taken = claimMail(notice, { ...held, claimedUntil: now }, at(now));
    expect(taken).toMatchObject({
      mail: { version: 5, claimedUntil: "2026-11-25T12:01:00.000Z" },
      change: { entities: [{ was: { version: 4 }, next: { version: 5, status: "sending" } }] },
    });
    const closed = taken && mailSent(taken.mail, now);
    expect(closed?.entities).toMatchObject([
      { was: { version: 5 }, next: { version: 6, status: "sent", sentAt: now } },
    ]);
  });

  test("that this delivery made and heard nothing of is its own, and is made again", () => {
    const lost = aMail({ claimedUntil: "2026-11-25T12:01:00.000Z", claimedBy: "this" });
    expect(claimMail(notice, lost, at(now))).toMatchObject({ mail: { version: 5, claimedBy: "this" } });
    expect(() => claimMail(notice, lost, at(now, "the next"))).toThrow(Postponed);
  });

  test("is another for another event, and for another person", () => {
    const others = [
      { ...notice, eventId: "evt_2" },
      { ...notice, userId: BRAND_ID },
    ];
    expect(new Set([notice, ...others].map(mailIdOf)).size).toBe(3);
  });
});

describe("somebody is mailed", () => {
  const recipient = (parts: Partial<Recipient> = {}): Recipient => ({
    account: anAccount(),
    preferences: undefined,
    isSuppressed: false,
    ...parts,
  });
  const quiet = { inApp: true, email: false };
  const preferences = {
    ...{ campaigns: quiet, submissions: quiet, payments: quiet, system: quiet },
    ...{ userId: CREATOR_ID, version: 1, createdAt: now, updatedAt: now },
  };
  const suspended = anAccount({ status: "suspended" });
  const ban = aNotice(anEvent("account.suspended"), "mail");
  const payout = aNotice(anEvent("payout.failed"), "mail");

  test.each([
    ["who has no account", notice, undefined, false],
    ["who said nothing", notice, recipient(), true],
    ["who wants no such mail", notice, recipient({ preferences }), false],
    ["who wants none, of what is owed to them", payout, recipient({ preferences }), true],
    ["who is suspended", notice, recipient({ account: suspended }), false],
    ["who is suspended, of what is owed to them", payout, recipient({ account: suspended }), false],
    ["who is suspended, of just that", ban, recipient({ account: suspended, preferences }), true],
    ["whose address mail came back from", notice, recipient({ isSuppressed: true }), false],
    ["whose address mail came back from, of what is owed to them", payout, recipient({ isSuppressed: true }), false],
  ])("%s", (_who, told, one, mailed) => {
    expect(isMailed(told, one)).toBe(mailed);
  });
});
