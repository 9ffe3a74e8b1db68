import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { escapeHtml, oneLine } from "#shared/domain/notifications/mail/escape";
import { writeMail } from "#shared/domain/notifications/mail/mail";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "./events.ts";

const recipient = anAccount({ id: CREATOR_ID, fullName: "Ada", roles: ["creator"] });
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
    const { subject, text, html } = writeMail(anEvent("invitation.sent", { message: "We love\nyour work" }), recipient);
    expect(subject).toBe("You are invited to “Autumn”");
    for (const part of ["Hello Ada,", "“Autumn”", "123.45 USD", "2026-12-09", "We love\nyour work"]) {
      expect(text).toContain(part);
      expect(seen(html)).toContain(part);
    }
  });

  test.each(["approved", "rejected", "changes_requested"] as const)("about a review that %s says why", (decision) => {
    const earned = decision === "approved" ? { amount: 100, currency: "EUR" as const } : null;
    const { subject, text } = writeMail(
      anEvent("submission.reviewed", { decision, earned, feedback: "Because" }),
      recipient,
    );
    expect(subject).toMatch(/^Your content in “Autumn” was (approved|rejected|sent back)/);
    expect(text).toContain("The brand says: Because");
    expect(text.includes("You earned 1.00 EUR.")).toBe(decision === "approved");
  });

  test("is one table of 600 pixels under the house's header, with no link and nothing to load", () => {
    const { html } = writeMail(anEvent("invitation.sent"), recipient);
    expect(html).toMatch(/^<!doctype html>.*<\/html>$/s);
    expect(html).toContain('width="600"');
    expect(html).toContain("background-color:#6366f1");
    expect(html).not.toMatch(/<(a|img|script|link|style|iframe)\b|https?:/i);
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
    const plain = tagsOf(writeMail(anEvent("submission.reviewed"), recipient).html).filter((tag) => tag !== "<br>");
    fc.assert(
      fc.property(words, words, words, (campaignName, feedback, fullName) => {
        const event = anEvent("submission.reviewed", { campaignName, feedback });
        const { html, text, subject } = writeMail(event, { ...recipient, fullName });
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
