/** What people see who follow a link to unsubscribe: mail scanners follow it as well, so it asks first. */
import type { Subscription } from "./unsubscribe-link.ts";

const pageOf = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="robots" content="noindex"><title>${title}</title></head>` +
  `<body style="margin:0;background:#f3f4f6;font-family:Arial,sans-serif;line-height:1.5;color:#1f2937">` +
  `<main style="max-width:536px;margin:64px auto;padding:32px;background:#ffffff;border-radius:8px">` +
  `<h1 style="margin:0 0 16px;font-size:20px">${title}</h1>${content}</main></body></html>`;

/** The form leads back to where it is, and says what a mail program would (RFC 8058). */
export const askingPage = ({ category }: Subscription): string =>
  pageOf(
    `No more mails about ${category}?`,
    `<p>You will still see everything inside Atomic Influence, and get the few mails that we owe you.</p>` +
      `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">` +
      `<button style="padding:12px 24px;border:0;border-radius:6px;background:#6366f1;color:#ffffff;font-size:16px;font-weight:bold">Unsubscribe</button></form>`,
  );

export const donePage = ({ category }: Subscription): string =>
  pageOf(
    `No more mails about ${category}`,
    `<p>That is done. You can change it in your preferences inside Atomic Influence.</p>`,
  );
