/** The one layout of everything that is mailed: a 600-pixel table with inline styles, which is what mail programs understand. */
import type { Button } from "./button.ts";
import { escapeHtml } from "./escape.ts";

export interface Letter {
  readonly title: string;
  /** As people wrote them: every paragraph is escaped here. */
  readonly paragraphs: readonly string[];
  readonly button?: Button | undefined;
  /** Small lines at the end; one with a link is a link. */
  readonly footer: readonly { readonly text: string; readonly url?: string | undefined }[];
}

const paragraph = (text: string): string =>
  `<p style="margin:0 0 16px">${escapeHtml(text).replaceAll("\n", "<br>")}</p>`;

const anchor = (url: string, text: string, style: string): string =>
  `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(text)}</a>`;

/** A cell with a background: a padded link alone has none in Outlook. */
const buttonCell = ({ label, url }: Button): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 0"><tr>` +
  `<td style="background-color:#6366f1;border-radius:6px">` +
  anchor(
    url,
    label,
    "display:inline-block;padding:12px 24px;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:6px",
  ) +
  `</td></tr></table>`;

const footerLine = ({ text, url }: Letter["footer"][number]): string =>
  `<p style="margin:0 0 4px">${url === undefined ? escapeHtml(text) : anchor(url, text, "color:#6b7280")}</p>`;

export const htmlOf = ({ title, paragraphs, button, footer }: Letter): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">` +
  `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>` +
  `<body style="margin:0;background:#f3f4f6"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">` +
  `<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%;background:#ffffff;border-radius:8px;overflow:hidden;font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#1f2937">` +
  `<tr><td style="background:linear-gradient(90deg,#6366f1,#8b5cf6);background-color:#6366f1;padding:24px 32px;color:#ffffff;font-size:20px;font-weight:bold">Atomic Influence</td></tr>` +
  `<tr><td style="padding:32px">${paragraphs.map(paragraph).join("")}${button ? buttonCell(button) : ""}</td></tr>` +
  `<tr><td style="padding:16px 32px;background:#f9fafb;color:#6b7280;font-size:13px">${footer.map(footerLine).join("")}</td></tr>` +
  `</table></td></tr></table></body></html>`;

/** The same for whoever reads text. */
export const textOf = ({ paragraphs, button, footer }: Letter): string =>
  [
    ...paragraphs,
    ...(button ? [`${button.label}: ${button.url}`] : []),
    footer.map(({ text, url }) => (url === undefined ? text : `${text}: ${url}`)).join("\n"),
  ].join("\n\n");
