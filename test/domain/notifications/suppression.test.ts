import { describe, expect, test } from "@jest/globals";
import { suppress } from "#shared/domain/notifications/mail/suppress";
import { stoppedBy, suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { bounced, complained } from "./feedback.ts";

const now = "2026-11-25T12:00:00.000Z";
const address = "ada@example.com";

describe("an event of SES's", () => {
  test.each([
    ["a permanent bounce", bounced("Permanent", address), [{ address, reason: "bounce" }]],
    ["one with a name", bounced("Permanent", `"Ada, <3" <${address}>`), [{ address, reason: "bounce" }]],
    ["a full mailbox", bounced("Transient", address), []],
    ["a bounce of no known kind", bounced("Undetermined", address), []],
    ["a complaint", complained(address, "abuse"), [{ address, reason: "complaint" }]],
    ["a complaint without a kind", complained(address, undefined), [{ address, reason: "complaint" }]],
    ["a complaint taken back", complained(address, "not-spam"), []],
  ])("%s", (_what, event, stopped) => {
    expect(stoppedBy(event)).toEqual(stopped);
  });

  test.each([{}, { eventType: "Delivery" }, { eventType: "Bounce" }, null])("that is another is none: %j", (event) => {
    expect(() => stoppedBy(event)).toThrow();
  });
});

describe("a suppression", () => {
  test("is kept under a hash of the address, however its letters are spelled, and once", () => {
    expect(suppressionIdOf(" Ada@Example.COM ")).toBe(suppressionIdOf(address));
    expect(suppressionIdOf("bob@example.com")).not.toBe(suppressionIdOf(address));
    const change = suppress({ address, reason: "complaint" }, undefined, now);
    const next = { id: suppressionIdOf(address), reason: "complaint", version: 1, createdAt: now };
    expect(change).toEqual({ entities: [{ entity: "mailSuppression", next }] });
    expect(JSON.stringify(change)).not.toContain("ada");
    expect(suppress({ address, reason: "bounce" }, { ...next, reason: "complaint" }, now)).toBeUndefined();
  });
});
