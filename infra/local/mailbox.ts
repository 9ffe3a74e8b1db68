/** Every mail the stage sent, Cognito's included: JSON for scripts, a page for people. */
import * as z from "zod";
import type { Page } from "./edge.ts";
import { escapeHtml } from "#shared/domain/notifications/mail/escape";
import { pageOf } from "./html.ts";

const text = z.string().nullish();
const addresses = z.array(z.string()).default([]);

/** A mail as the emulator keeps it; one made from a template of SES has its texts in fields of their own. */
const Kept = z.object({
  MessageId: z.string(),
  Source: text,
  To: addresses,
  CC: addresses,
  Subject: text,
  RenderedSubject: text,
  BodyText: text,
  RenderedBodyText: text,
  BodyHtml: text,
  RenderedBodyHtml: text,
  Timestamp: z.number(),
  /** All headers of a mail that was sent raw, from an emulator that keeps them. */
  Headers: z.record(z.string(), z.string()).default({}),
});
const Inbox = z.object({ messages: z.record(z.string(), z.array(Kept)) });

export interface Mail {
  readonly id: string;
  /** Bare addresses. */
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By name, as they were sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
}

/** Mails of an emulator's inbox, oldest first. */
export const mailsOf = (inbox: unknown): Mail[] =>
  Object.values(Inbox.parse(inbox).messages)
    .flat()
    .sort((a, b) => a.Timestamp - b.Timestamp)
    .map(mailOf);

function mailOf(kept: z.infer<typeof Kept>): Mail {
  const from = kept.Source ?? "";
  const subject = firstOf(kept.Subject, kept.RenderedSubject);
  return {
    id: kept.MessageId,
    to: bareAddresses(kept.To),
    from,
    subject,
    text: firstOf(kept.BodyText, kept.RenderedBodyText),
    html: firstOf(kept.BodyHtml, kept.RenderedBodyHtml),
    headers: {
      From: from,
      To: kept.To.join(", "),
      ...(kept.CC.length > 0 && { Cc: kept.CC.join(", ") }),
      Subject: subject,
      ...kept.Headers,
    },
    at: new Date(kept.Timestamp * 1000).toISOString(),
  };
}

const firstOf = (...texts: (string | null | undefined)[]): string => texts.find((one) => one) ?? "";

/** `"Wong, Mia" <mia@example.com>` is mia@example.com, also when it was split at the comma in the name. */
const bareAddresses = (written: readonly string[]): string[] =>
  written
    .join(",")
    .replaceAll(/"[^"]*"/g, "")
    .split(",")
    .map((one) => /<([^>]*)>/.exec(one)?.[1] ?? one)
    .map((one) => one.trim())
    .filter((one) => one.includes("@"));

/** The mailbox of the emulator at `endpoint`; `?to=` narrows it to one address. */
export const mailboxPage =
  (endpoint: string): Page =>
  async (incoming, url) => {
    const reply = await fetch(`${endpoint}/_ministack/ses/messages`);
    const to = url.searchParams.get("to");
    const messages = mailsOf(await reply.json()).filter((mail) => to === null || isTo(mail, to));
    const forPeople = incoming.headers.accept?.includes("text/html") ?? false;
    return forPeople
      ? { type: "text/html; charset=utf-8", body: mailboxMarkup(messages, to) }
      : { type: "application/json", body: JSON.stringify({ messages }) };
  };

const isTo = (mail: Mail, address: string): boolean =>
  mail.to.some((one) => one.toLowerCase() === address.toLowerCase());

/** The page of these mails, newest first. */
export function mailboxMarkup(mails: readonly Mail[], to: string | null = null): string {
  const form =
    `<form><label>To <input type="search" name="to" value="${escapeHtml(to ?? "")}"></label> <button>Show</button>` +
    ` <span class="quiet">${mails.length} mails; scripts get them as JSON from the same address</span></form>`;
  return pageOf("Mailbox", form + (mails.toReversed().map(article).join("") || "<p>No mail yet.</p>"));
}

/** A mail's HTML is shown in a sandbox, on a page that loads nothing from elsewhere. */
function article({ to, from, subject, text, html, headers, at }: Mail): string {
  const plain = `<pre>${escapeHtml(text)}</pre>`;
  const body = html === "" ? plain : `<iframe sandbox="" title="mail" srcdoc="${escapeHtml(html)}"></iframe>`;
  const twin = html === "" || text === "" ? "" : `<details><summary>as text</summary>${plain}</details>`;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    `<article><strong>${escapeHtml(subject)}</strong><div class="quiet">to ${escapeHtml(to.join(", "))}, ` +
    `from ${escapeHtml(from)}, ${escapeHtml(at)}</div>${body}${twin}` +
    `<details><summary>headers</summary><pre>${escapeHtml(lines.join("\n"))}</pre></details></article>`
  );
}
