/** What a `click_id` that comes back proves; how it is made is in `click-id.ts`. */
import { timingSafeEqual } from "node:crypto";
import { CODE_PATTERN } from "../links/code.ts";
import { MAC_LENGTH, macOf } from "./click-id.ts";

const CLICK_ID = new RegExp(`^(hit_[0-9A-HJKMNP-TV-Z]{26})_(${CODE_PATTERN})_([0-9a-f]{${MAC_LENGTH}})$`);
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Where the time of a ULID is in `hit_…`. */
const TIME = { from: 4, to: 14 };

/** A click that our edge saw. */
export interface ProvenClick {
  readonly hitId: string;
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Nothing when we did not make it. @param secret that it must have been signed under, in base64 */
export function provenClick(secret: string, clickId: string): ProvenClick | undefined {
  const [, hitId = "", code = "", mac = ""] = CLICK_ID.exec(clickId) ?? [];
  if (hitId === "" || !timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, hitId, code)))) return undefined;
  return { hitId, code, at: timeOf(hitId) };
}

const timeOf = (hitId: string): number =>
  [...hitId.slice(TIME.from, TIME.to)].reduce((ms, symbol) => ms * CROCKFORD.length + CROCKFORD.indexOf(symbol), 0);
