import { remembered } from "../kernel/remembered.ts";
import { ulidOf } from "../kernel/ulid.ts";
import { isScan } from "./scan.ts";

/** A request that was sent on to a link's destination, or one for the pixel of a link. */
export type HitKind = "click" | "view";

/** One request for a short link that leads somewhere, as it travels through the stream and lies in the archive. */
export interface Hit {
  /** `hit_` and a ULID; the `click_id` a destination may be given begins with it. */
  readonly id: string;
  /** A click says nothing. `own` is no request: it says that the visitor is the creator, whom the API saw (`ownVisit`). */
  readonly kind?: "view" | "own" | undefined;
  readonly code: string;
  readonly campaignId: string;
  readonly creatorId: string;
  /** Milliseconds since 1970, when the request reached us. */
  readonly at: number;
  /** UTC date of `at`, never of processing. */
  readonly day: string;
  /** 16 hex digits: address and agent under that day's key. */
  readonly visitor: string;
  /** At most 256 characters. */
  readonly agent: string;
  readonly method: "GET" | "HEAD";
  /** `Sec-Purpose` and its predecessors, at most 64 characters. */
  readonly purpose?: string | undefined;
  /** Host only: paths and queries of a referrer are nobody's business. */
  readonly referrerHost?: string | undefined;
  /** Where its visitor was, as CloudFront saw it: ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  /** Number of the network that its visitor came by (ASN), as CloudFront saw it. */
  readonly asn?: number | undefined;
  /** Priority of the link's rule that led it. */
  readonly rule?: number | undefined;
  /** Which of the split's destinations it was led to, from 0. */
  readonly variant?: number | undefined;
  /** Its visitor came by the link's QR code. */
  readonly scanned?: true | undefined;
  /** Its link may have so many clicks and no more: whoever counts this looks whether they were. */
  readonly limited?: true | undefined;
  /** Sent again by us after a try whose fate is unknown: the only hits that may be in the stream twice. */
  readonly retried?: true | undefined;
}

/** What a visitor's request tells about itself. */
export interface Visit {
  readonly method: string;
  readonly agent: string;
  readonly purpose: string;
  readonly referrer: string;
  /** As CloudFront has it; empty where it does not know. */
  readonly country: string;
  /** The number of the network, as CloudFront has it; empty where it does not know. */
  readonly asn: string;
  /** As sent, without the question mark. */
  readonly query: string;
}

/** Where a hit belongs. */
export interface HitOrigin {
  readonly id: string;
  readonly kind: HitKind;
  readonly at: number;
  /** UTC, of `at`. */
  readonly day: string;
  readonly visitor: string;
  readonly rule?: number | undefined;
  readonly variant?: number | undefined;
  readonly link: {
    readonly code: string;
    readonly campaignId: string;
    readonly creatorId: string;
    readonly limited?: true | undefined;
  };
}

export const AGENT_LIMIT = 256;
const PURPOSE_LIMIT = 64;
const COUNTRY_LIMIT = 2;

const DAY_MS = 86_400_000;
const dayText = remembered((day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10));

/** UTC date (`YYYY-MM-DD`) of an instant in milliseconds. Spelled once a day: a tenth of a click otherwise. */
export const utcDay = (at: number): string => dayText(Math.floor(at / DAY_MS));

const HOUR_MS = 3_600_000;
/** UTC hour (0 to 23) of an instant in milliseconds. */
export const hourOfDay = (at: number): number => Math.floor((at % DAY_MS) / HOUR_MS);

/** `hit_` and a ULID of the instant `at` (ms) with 16 bytes of randomness, of which 80 bits are used. */
export const hitId = (at: number, random: Uint8Array): string => `hit_${ulidOf(at, random)}`;

/** The host of a `Referer` header, or nothing when it has none. */
export const referrerHost = (referrer: string): string | undefined =>
  URL.parse(referrer)?.host.slice(0, 255) || undefined;

/** Builds the event of one visit. Keeps no address, no path and no query of the visitor, but whether it is a QR code's. */
export function hitOf({ id, kind, at, day, visitor, rule, variant, link }: HitOrigin, visit: Visit): Hit {
  return {
    id,
    kind: kind === "view" ? kind : undefined,
    code: link.code,
    campaignId: link.campaignId,
    creatorId: link.creatorId,
    at,
    day,
    visitor,
    agent: visit.agent.slice(0, AGENT_LIMIT),
    method: visit.method === "HEAD" ? "HEAD" : "GET",
    purpose: visit.purpose.slice(0, PURPOSE_LIMIT) || undefined,
    referrerHost: referrerHost(visit.referrer),
    country: visit.country.slice(0, COUNTRY_LIMIT) || undefined,
    // 32 bits (RFC 6793); 0 is nobody's (RFC 7607).
    asn: Number(visit.asn) >>> 0 || undefined,
    rule,
    variant,
    scanned: isScan(visit.query) || undefined,
    limited: link.limited,
  };
}
