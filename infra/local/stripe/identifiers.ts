import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** `length` random characters of the alphabet Stripe uses in its ids. */
export function randomCharacters(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}

/** A new id in Stripe's form, for example `cus_` and 24 characters. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${randomCharacters(length)}`;
}
