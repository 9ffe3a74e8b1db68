import { createHash } from "node:crypto";
import { type IdKind, idPrefixes } from "./ids.ts";
import type { Instant } from "./time.ts";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;
const TIME_LENGTH = 10;

/**
 * An id that follows from what it stands for: the same seed gives the same id on every retry. With `at` its first part
 * is that time, as in any ULID, so that it sorts among the others.
 */
export function derivedId(kind: IdKind, seed: string, at?: Instant): string {
  const bytes = createHash("sha256").update(seed).digest();
  // The first symbol of a ULID is 0 to 7; a time of zero keeps ids without one at the beginning.
  const time = timePart(at === undefined ? 0 : Date.parse(at));
  const rest = Array.from(
    { length: LENGTH - TIME_LENGTH },
    (_, index) => CROCKFORD[(bytes[index] ?? 0) % CROCKFORD.length],
  );
  return `${idPrefixes[kind]}_${time}${rest.join("")}`;
}

function timePart(milliseconds: number): string {
  let left = milliseconds;
  const symbols: string[] = [];
  for (let index = 0; index < TIME_LENGTH; index += 1) {
    symbols.unshift(CROCKFORD[left % CROCKFORD.length] ?? "0");
    left = Math.floor(left / CROCKFORD.length);
  }
  return symbols.join("");
}
