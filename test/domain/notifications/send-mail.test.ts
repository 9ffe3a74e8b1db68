import { describe, expect, test } from "@jest/globals";
import type { Message } from "#shared/domain/notifications/message";
import { BeingSent, canBeMailed, claimMessage, messageIdOf, messageSent } from "#shared/domain/notifications/send-mail";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "./events.ts";

const now = "2026-11-25T12:00:00.000Z";
const event = anEvent("invitation.sent");
const aMessage = (parts: Partial<Message> = {}): Message => ({
  id: messageIdOf(event),
  userId: CREATOR_ID,
  template: "invitation.sent",
  status: "sending",
  claimedUntil: now,
  version: 4,
  createdAt: now,
  ...parts,
});

describe("a claim", () => {
  test("on a message that is not there makes it, for two minutes", () => {
    expect(claimMessage(event, undefined, now)).toMatchObject({
      message: {
        id: `${event.id}.${CREATOR_ID}`,
        status: "sending",
        claimedUntil: "2026-11-25T12:02:00.000Z",
        version: 1,
      },
      change: { entities: [{ entity: "message" }] },
    });
    expect(claimMessage(event, undefined, now)?.change.entities[0]).not.toHaveProperty("was");
  });

  test("on one that was sent is nothing to do", () => {
    const late = "2027-11-25T12:00:00.000Z";
    expect(claimMessage(event, aMessage({ status: "sent" }), late)).toBeUndefined();
  });

  test("on one that another holds is refused until its time is up, to the millisecond", () => {
    const held = aMessage({ claimedUntil: "2026-11-25T12:00:00.001Z" });
    expect(() => claimMessage(event, held, now)).toThrow(BeingSent);
    const taken = claimMessage(event, { ...held, claimedUntil: now }, now);
    expect(taken).toMatchObject({
      message: { version: 5, claimedUntil: "2026-11-25T12:02:00.000Z" },
      change: { entities: [{ was: { version: 4 }, next: { version: 5, status: "sending" } }] },
    });
    const closed = taken && messageSent(taken.message, now);
    expect(closed?.entities).toMatchObject([
      { was: { version: 5 }, next: { version: 6, status: "sent", sentAt: now } },
    ]);
  });

  test("is another for another event", () => {
    expect(messageIdOf(anEvent("invitation.sent", {}, { id: "evt_2" }))).not.toBe(messageIdOf(event));
  });
});

test("only active people get mail", () => {
  expect([undefined, anAccount({ status: "suspended" }), anAccount()].map(canBeMailed)).toEqual([false, false, true]);
});
