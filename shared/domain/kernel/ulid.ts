const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_SYMBOLS = 10;
const RANDOM_SYMBOLS = 16;

/**
 * The ULID of an instant (ms since 1970) and 16 bytes, of which five bits each are used. Without zod and node:crypto, so
 * that the click path can carry it.
 */
export function ulidOf(at: number, bytes: Uint8Array): string {
  let time = "";
  for (let rest = at; time.length < TIME_SYMBOLS; rest = Math.floor(rest / 32))
    time = CROCKFORD.charAt(rest % 32) + time;
  let chance = "";
  for (let at = 0; at < RANDOM_SYMBOLS; at += 1) chance += CROCKFORD.charAt((bytes[at] ?? 0) & 31);
  return time + chance;
}
