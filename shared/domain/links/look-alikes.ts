/** Host names that are written to be taken for others. */
import { domainToASCII, domainToUnicode } from "node:url";

/** Scripts in wide modern use. Source: UAX #31, table 5, "Recommended Scripts". */
const SCRIPTS = [
  "Arabic", "Armenian", "Bengali", "Bopomofo", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek", "Gujarati",
  "Gurmukhi", "Han", "Hangul", "Hebrew", "Hiragana", "Kannada", "Katakana", "Khmer", "Lao", "Latin", "Malayalam",
  "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan",
]; // prettier-ignore
/** Scripts that are written together. Source: UTS #39, section 5.2, "Highly Restrictive". */
const WRITTEN_TOGETHER = [
  ["Latin", "Han", "Hiragana", "Katakana"],
  ["Latin", "Han", "Bopomofo"],
  ["Latin", "Han", "Hangul"],
];
/** What one label may be written in; digits, hyphens and accents belong to all of it. */
const WRITINGS = [...SCRIPTS.map((script) => [script]), ...WRITTEN_TOGETHER].map((scripts) => {
  const classes = ["Common", "Inherited", ...scripts].map((script) => String.raw`\p{scx=${script}}`);
  return new RegExp(`^[${classes.join("")}]+$`, "u");
});
/**
 * Cyrillic letters with a Latin twin: a word of nothing else is Latin to whoever reads it. Chromium treats such labels under a
 * Latin top-level domain alike (components/url_formatter/spoof_checks). The letters: ten of Unicode's intentional.txt (16.0:
 * а с ԁ е һ і р ѕ х у), and the six whose only twin in its confusables.txt is a Latin letter as well (ј ӏ о ԛ ԝ ѵ).
 */
const LATIN_TO_THE_EYE = /^[асԁеһіјӏорԛѕԝхуѵ\d-]+$/u;
/**
 * Latin letters of phonetics and of old, such as small capitals: beside those of today's alphabets they are read as them. Source:
 * UTS #39, section 3.1, "General Security Profile for Identifiers" (15.0), which Chromium follows: those that are not allowed.
 */
const UNCOMMON_LATIN =
  /[\p{sc=Latin}--[a-zß-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u01de-\u01e3\u01e6-\u01f0\u01f4-\u021b\u021e\u021f\u0226-\u0233\u0259\u1e00-\u1e99\u1ea0-\u1ef9]]/v;
const ASCII = /^[\x21-\x7e]+$/;

const isOneWriting = (label: string): boolean => WRITINGS.some((writing) => writing.test(label));

/** Whether somebody who reads this name may take it for another. @param hostname as `URL` spells it, in ASCII */
export function looksLikeAnother(hostname: string): boolean {
  if (!hostname.includes("xn--")) return false;
  const shown = domainToUnicode(hostname);
  const labels = shown.split(".");
  // Punycode that says nothing, or something else than it was made of, is shown as one thing and looked up as another.
  if (domainToASCII(shown) !== hostname || labels.some((label) => label.startsWith("xn--"))) return true;
  const isUnderLatin = ASCII.test(labels.at(-1) ?? "");
  return labels
    .filter((label) => !ASCII.test(label))
    .some(
      (label) => !isOneWriting(label) || UNCOMMON_LATIN.test(label) || (isUnderLatin && LATIN_TO_THE_EYE.test(label)),
    );
}
