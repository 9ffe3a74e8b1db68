/**
 * The `click_id` that a destination is given: a hit's id, its link's code, and a MAC of both, so that it can be checked later
 * without a record of the click. Without zod, so that the click path can carry it.
 *
 * Under SHA-3 a secret before the message makes a MAC (keccak.team, "Strengths of Keccak").
 */
import { hash, timingSafeEqual } from "node:crypto";
import { CODE_PATTERN } from "../links/code.ts";

/** 128 bits, in hex. */
const MAC_LENGTH = 32;
const CLICK_ID = new RegExp(`^(hit_[0-9A-HJKMNP-TV-Z]{26})_(${CODE_PATTERN})_([0-9a-f]{${MAC_LENGTH}})$`);
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Where the time of a ULID is in `hit_…`. */
const TIME = { from: 4, to: 14 };

/** A click that our edge saw, as a click id proves it. */
export interface ProvenClick {
  readonly hitId: string;
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const macOf = (secret: string, hitId: string, code: string): string =>
  hash("sha3-256", `${secret}|${hitId}|${code}`).slice(0, MAC_LENGTH);

/** @param secret of the stage's, in base64 */
export const clickIdOf = (secret: string, hitId: string, code: string): string =>
  `${hitId}_${code}_${macOf(secret, hitId, code)}`;

/** What a click id proves; nothing when we did not make it. */
export function provenClick(secret: string, clickId: string): ProvenClick | undefined {
  const [, hitId = "", code = "", mac = ""] = CLICK_ID.exec(clickId) ?? [];
  if (hitId === "" || !timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, hitId, code)))) return undefined;
  return { hitId, code, at: timeOf(hitId) };
}

const timeOf = (hitId: string): number =>
  [...hitId.slice(TIME.from, TIME.to)].reduce((ms, symbol) => ms * CROCKFORD.length + CROCKFORD.indexOf(symbol), 0);
