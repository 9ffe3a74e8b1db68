/** Mails as people read them: one layout, HTML and a text twin that says the same. */
import type { Account } from "../../users/account.ts";
import type { Notice } from "../notice.ts";
import { escapeHtml, oneLine } from "./escape.ts";

/** A mail, ready to send. */
export interface WrittenMail {
  /** The id of its record: the same for every attempt. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

const FOOTER = "You get this mail because you have an account at Atomic Influence.";

/** The mail that says a notice to the person it is for, under the id of its record. */
export function writeMail(notice: Notice, recipient: Account, id: string): WrittenMail {
  const { title, message, postscript = "" } = notice;
  const paragraphs = [`Hello ${recipient.fullName},`, `${title}.`, message, postscript].filter((line) => line !== "");
  return {
    id,
    to: recipient.email,
    subject: oneLine(title),
    text: [...paragraphs, "", FOOTER].join("\n\n"),
    html: layout(title, paragraphs),
  };
}

/** A 600-pixel table with inline styles: what mail programs understand. */
function layout(title: string, paragraphs: readonly string[]): string {
  const body = paragraphs
    .map((text) => `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll("\n", "<br>")}</p>`)
    .join("");
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>` +
    `<body style="margin:0;background:#f3f4f6"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">` +
    `<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%;background:#ffffff;border-radius:8px;overflow:hidden;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2937">` +
    `<tr><td style="background:linear-gradient(90deg,#6366f1,#8b5cf6);background-color:#6366f1;padding:24px 32px;color:#ffffff;font-size:20px;font-weight:bold">Atomic Influence</td></tr>` +
    `<tr><td style="padding:32px">${body}</td></tr>` +
    `<tr><td style="padding:16px 32px;background:#f9fafb;color:#6b7280;font-size:13px">${escapeHtml(FOOTER)}</td></tr>` +
    `</table></td></tr></table></body></html>`
  );
}
