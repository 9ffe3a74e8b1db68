import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { escapeHtml, oneLine } from "#shared/domain/notifications/mail/escape";
import { mailIdOf } from "#shared/domain/notifications/mail/send-mail";
import { writeMail } from "#shared/domain/notifications/mail/write-mail";
import type { Account } from "#shared/domain/users/account";
import { anAccount, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent, aNotice, stationery } from "./events.ts";

const recipient = anAccount({ id: CREATOR_ID, fullName: "Ada", email: "ada@example.com", roles: ["creator"] });
const aMail = (event: DeliveredEvent, parts: Partial<Account> = {}) => {
  const notice = aNotice(event, "mail");
  return writeMail(notice, { ...recipient, ...parts }, mailIdOf(notice), stationery);
};
const tagsOf = (html: string): string[] => html.match(/<[^>]*>/g) ?? [];
/** What a reader of the HTML sees, as text. */
const seen = (html: string): string =>
  html
    .replace(/^.*<body/s, "<body")
    .replaceAll(/<br>|<\/p>/g, "\n")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("a mail", () => {
  test("about an invitation names the campaign, the price and what the brand wrote", () => {
    const { subject, text, html } = aMail(anEvent("invitation.sent", { message: "We love\nyour work" }));
    expect(subject).toBe("You are invited to “Autumn”");
    expect(text).toMatch(/\n\nThe brand writes: We love\nyour work\n\n/);
    for (const part of ["Hello Ada,", "“Autumn”", "123.45 USD", "2026-12-09", "We love\nyour work"]) {
      expect(text).toContain(part);
      expect(seen(html)).toContain(part);
    }
  });

  test("about a creator who joined says so to the brand, and what is secured for them", () => {
    const event = anEvent("invitation.accepted");
    const { id, subject, text } = aMail(event, { id: BRAND_ID, roles: ["brand"] });
    expect([id, subject]).toEqual([`${event.id}.${BRAND_ID}`, "A creator joined “Autumn”"]);
    expect(text).toContain("123.45 USD of the budget are secured for them.");
  });

  test("goes to the person its notice is for, under the id of its record", () => {
    const { id, to } = aMail(anEvent("invitation.sent", {}, { id: "evt_1" }));
    expect([id, to]).toEqual([`evt_1.${CREATOR_ID}`, "ada@example.com"]);
  });

  test("about an invitation that the brand wrote nothing to has no such paragraph", () => {
    expect(aMail(anEvent("invitation.sent")).text).not.toContain("The brand writes");
  });

  test.each(["approved", "rejected", "changes_requested"] as const)("about a review that %s says why", (decision) => {
    const earned = decision === "approved" ? { amount: 100, currency: "EUR" as const } : null;
    const { subject, text } = aMail(anEvent("submission.reviewed", { decision, earned, feedback: "Because" }));
    expect(subject).toMatch(/^Your content in “Autumn” was (approved|rejected|sent back)/);
    expect(text).toContain("The brand says: Because");
    expect(text.includes("You earned 1.00 EUR.")).toBe(decision === "approved");
  });

  test("is one table of 600 pixels under the house's header; it loads nothing, and leads to the web client and out", () => {
    const { html } = aMail(anEvent("invitation.sent"));
    expect(html).toMatch(/^<!doctype html>.*<\/html>$/s);
    expect(html).toContain('width="600"');
    expect(html).toContain("background-color:#6366f1");
    expect(html).not.toMatch(/<(img|script|link|style|iframe)\b/i);
    expect(html.match(/https?:[^"]*/g)).toEqual([
      `https://app.example.com/campaigns/${CAMPAIGN_ID}`,
      expect.stringMatching(/^https:\/\/api\.example\.com\/v1\/unsubscriptions\/[\w.-]+$/),
    ]);
  });

  test.each([
    [anEvent("invitation.sent"), `/campaigns/${CAMPAIGN_ID}`],
    [anEvent("earning.available"), "/wallet"],
    [anEvent("payout.paid"), "/wallet"],
    [anEvent("account.reinstated"), "/"],
  ])("$type has a button, in both of its twins", (event, path) => {
    const { html, text } = aMail(event);
    expect(html).toContain(`<a href="https://app.example.com${path}" style="display:inline-block`);
    expect(text).toMatch(new RegExp(`: https://app\\.example\\.com${path}\n`));
  });

  test("says how to get no more of its kind, unless it is owed: then it says that", () => {
    const [invitation, ban] = [aMail(anEvent("invitation.sent")), aMail(anEvent("account.suspended"))];
    for (const part of [invitation.html, invitation.text])
      expect(part.includes(invitation.unsubscribeUrl ?? "missing")).toBe(true);
    expect(ban).not.toHaveProperty("unsubscribeUrl");
    expect(ban.text).toContain("It is sent whatever you prefer");
    expect(ban.text).toContain("The reason: Fraud");
  });

  test("says the same in HTML and in text, whatever people wrote, and lets no markup through", () => {
    const evil = fc.constantFrom(
      "<script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "</td></table>",
      "&lt;b&gt; & &amp;",
      "'\"`",
      "{{name}} ${x}",
      "a\nb",
      "Ünïcode 🎬 — “quotes”",
      "<!--",
      "]]>",
      "javascript:alert(1)",
    );
    const words = fc.oneof(evil, fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }));
    const plain = tagsOf(aMail(anEvent("submission.reviewed")).html).filter((tag) => tag !== "<br>");
    fc.assert(
      fc.property(words, words, words, (campaignName, feedback, fullName) => {
        const event = anEvent("submission.reviewed", { campaignName, feedback });
        const { html, text, subject } = aMail(event, { fullName });
        expect(tagsOf(html).filter((tag) => tag !== "<br>")).toEqual(plain);
        for (const part of [campaignName, feedback, fullName]) {
          expect(text).toContain(part);
          expect(seen(html)).toContain(part);
        }
        expect(subject).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300, seed: 13 },
    );
  });
});

describe("escaping", () => {
  test.each([
    ["<b>&'\"", "&lt;b&gt;&amp;&#39;&quot;"],
    ["&amp;", "&amp;amp;"],
    ["plain “text” ✓", "plain “text” ✓"],
  ])("%s", (text, html) => expect(escapeHtml(text)).toBe(html));

  test.each([
    ["Hello\r\nBcc: everybody@example.com", "Hello Bcc: everybody@example.com"],
    ["\u0000a\tb\u007f\u0085", "a b"],
  ])("one line of %j", (text, line) => expect(oneLine(text)).toBe(line));
});
