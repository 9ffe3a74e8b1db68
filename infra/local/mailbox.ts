/** Every mail the stage sent, Cognito's included: JSON for scripts, a page for people. */
import * as z from "zod";
import type { Page } from "./edge.ts";
import { escapeHtml, pageOf } from "./html.ts";

/** A mail as the emulator keeps it. */
const Kept = z.object({
  MessageId: z.string(),
  Source: z.string().nullish(),
  To: z.array(z.string()),
  Subject: z.string().nullish(),
  BodyText: z.string().nullish(),
  BodyHtml: z.string().nullish(),
  Timestamp: z.number(),
});
const Inbox = z.object({ messages: z.record(z.string(), z.array(Kept)) });

export interface Mail {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: string;
}

/** Mails of an emulator's inbox, oldest first. */
export const mailsOf = (inbox: unknown): Mail[] =>
  Object.values(Inbox.parse(inbox).messages)
    .flat()
    .sort((a, b) => a.Timestamp - b.Timestamp)
    .map((kept): Mail => ({
      id: kept.MessageId,
      to: kept.To.map(bareAddress),
      from: kept.Source ?? "",
      subject: kept.Subject ?? "",
      text: kept.BodyText ?? "",
      html: kept.BodyHtml ?? "",
      headers: {},
      at: new Date(kept.Timestamp * 1000).toISOString(),
    }));

/** `"Jo" <jo@example.com>` is jo@example.com. */
const bareAddress = (address: string): string => /<([^>]+)>\s*$/.exec(address)?.[1] ?? address.trim();

/** The mailbox of the emulator at `endpoint`; `?to=` narrows it to one address. */
export const mailboxPage =
  (endpoint: string): Page =>
  async (incoming, url) => {
    const reply = await fetch(`${endpoint}/_ministack/ses/messages`);
    const to = url.searchParams.get("to");
    const messages = mailsOf(await reply.json()).filter((mail) => to === null || mail.to.includes(to));
    if (!(incoming.headers.accept ?? "").includes("text/html")) {
      return { type: "application/json", body: JSON.stringify({ messages }) };
    }
    return {
      type: "text/html; charset=utf-8",
      body: pageOf("Mailbox", messages.reverse().map(article).join("") || "<p>No mail yet.</p>"),
    };
  };

/** A mail's HTML is shown in a sandbox: it runs nothing and reaches nothing. */
function article({ to, from, subject, text, html, at }: Mail): string {
  const body =
    html === "" ? `<pre>${escapeHtml(text)}</pre>` : `<iframe sandbox srcdoc="${escapeHtml(html)}"></iframe>`;
  return (
    `<article><strong>${escapeHtml(subject)}</strong><div class="quiet">to ${escapeHtml(to.join(", "))}, ` +
    `from ${escapeHtml(from)}, ${escapeHtml(at)}</div>${body}</article>`
  );
}
