const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** All of ten bits, two symbols each: half the steps, and a click takes one id. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => CROCKFORD.charAt(bits >> 5) + CROCKFORD.charAt(bits & 31));
const RANDOM_SYMBOLS = 16;
/** Of the instant's 50 bits these are counted as whole numbers, which is faster than 50 at once. */
const LOW = 2 ** 30;

const pair = (bits: number): string => PAIRS[bits & 1023] ?? "";

/**
 * The ULID of an instant (ms since 1970) and 16 bytes, of which five bits each are used. Without zod and node:crypto, so
 * that the click path can carry it.
 */
export function ulidOf(at: number, bytes: Uint8Array): string {
  const high = Math.floor(at / LOW);
  const low = at - high * LOW;
  let ulid = pair(high >> 10) + pair(high) + pair(low >> 20) + pair(low >> 10) + pair(low);
  for (let next = 0; next < RANDOM_SYMBOLS; next += 2)
    ulid += pair((((bytes[next] ?? 0) & 31) << 5) | ((bytes[next + 1] ?? 0) & 31));
  return ulid;
}
