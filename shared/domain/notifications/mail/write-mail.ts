/** Mails as people read them, HTML and a text twin that says the same. */
import type { Account } from "../../users/account.ts";
import type { Notice } from "../notice.ts";
import { buttonOf } from "./button.ts";
import { oneLine } from "./escape.ts";
import { htmlOf, type Letter, textOf } from "./layout.ts";
import { type MailLinks, unsubscribeUrl } from "./unsubscribe-link.ts";

/** A mail, ready to send. */
export interface WrittenMail {
  /** The id of its record: the same for every attempt. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Where mail programs POST to for one click (RFC 8058); missing for what is owed, which no click can stop. */
  readonly unsubscribeUrl?: string;
}

/** What mails are written with, besides what they say. */
export interface Stationery {
  readonly links: MailLinks;
  /** That links to unsubscribe are signed under. */
  readonly key: Uint8Array;
}

const FOOTER = "You get this mail because you have an account at Atomic Influence.";
const OWED = "It is sent whatever you prefer, as it concerns your rights or your money.";

const asSentence = (title: string): string => (/[.!?…]$/u.test(title) ? title : `${title}.`);

/** The mail that says a notice to the person it is for, under the id of its record. */
export function writeMail(notice: Notice, recipient: Account, id: string, { links, key }: Stationery): WrittenMail {
  const { title, message, postscript = "", category, isOwed } = notice;
  const stop = isOwed ? undefined : unsubscribeUrl(key, links, { userId: recipient.id, category });
  const letter: Letter = {
    title,
    paragraphs: [`Hello ${recipient.fullName},`, asSentence(title), message, postscript].filter((line) => line !== ""),
    button: buttonOf(notice, links.appUrl),
    footer: [
      { text: FOOTER },
      stop === undefined ? { text: OWED } : { text: `No more mails about ${category}`, url: stop },
    ],
  };
  return {
    id,
    to: recipient.email,
    subject: oneLine(title),
    html: htmlOf(letter),
    text: textOf(letter),
    ...(stop !== undefined && { unsubscribeUrl: stop }),
  };
}
