/** Mails as people read them: one layout, HTML and a text twin that says the same. */
import type { Account } from "../../users/account.ts";
import type { Notice } from "../notice.ts";
import { oneLine } from "./escape.ts";
import { htmlOf, type Letter, textOf } from "./layout.ts";

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
  const letter: Letter = { title, paragraphs, footer: [{ text: FOOTER }] };
  return {
    id,
    to: recipient.email,
    subject: oneLine(title),
    text: textOf(letter),
    html: htmlOf(letter),
  };
}
