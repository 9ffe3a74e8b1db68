import { CODE_PATTERN } from "../links/code.ts";
import type { Link } from "../links/link.ts";

/** A short link as the click path reads it. */
export type TrackedLink = Readonly<
  Pick<
    Link,
    | "code"
    | "campaignId"
    | "creatorId"
    | "destinationUrl"
    | "disabled"
    | "expiresAt"
    | "fallbackUrl"
    | "passQuery"
    | "passClickId"
  >
>;

/** What is known of a code: a link, that there is none, or that nobody could tell. */
export type LinkLookup = TrackedLink | "unknown" | "unavailable";

export type Outcome =
  /** A hit: the visitor goes to the destination. */
  | { readonly kind: "follow"; readonly location: string; readonly link: TrackedLink }
  | { readonly kind: "fallback"; readonly location: string }
  | { readonly kind: "gone" | "unknown" | "unavailable" };

/** Also the path's shape at the edge: a code holds nothing that could be another path. */
const PATH = new RegExp(`^/t/(${CODE_PATTERN})$`);
const CLICK_ID = "click_id";
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The code of `/t/{code}`; `undefined` when the path is not one. */
export const codeOf = (path: string): string | undefined => PATH.exec(path)?.[1];

/** The address when it may be redirected to: https, standard port, no credentials. Checked at creation, and again here. */
function safeUrl(text: string | undefined): URL | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null) return undefined;
  const plain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return plain ? url : undefined;
}

const isClickId = (pair: string): boolean => pair === CLICK_ID || pair.startsWith(`${CLICK_ID}=`);
const pairsOf = (query: string): readonly string[] => query.replace(/^\?/, "").split("&").filter(Boolean);

/** Queries are joined as text: an address that needs nothing added goes out byte for byte as it was given. */
function located(url: URL, link: TrackedLink, visit: { readonly query: string; readonly hitId: string }): string {
  const own = link.passQuery ? pairsOf(visit.query) : [];
  if (!link.passClickId && own.length === 0)
    return VISIBLE_ASCII.test(link.destinationUrl) ? link.destinationUrl : url.href;
  const pairs = [...pairsOf(url.search), ...own];
  const sent = link.passClickId ? [...pairs.filter((pair) => !isClickId(pair)), `${CLICK_ID}=${visit.hitId}`] : pairs;
  url.search = sent.join("&");
  return url.href;
}

const isOver = (link: TrackedLink, at: number): boolean =>
  link.disabled || (link.expiresAt !== undefined && !(at < Date.parse(link.expiresAt)));

/**
 * Where a visitor goes.
 *
 * @param visit `at` in milliseconds, `query` as sent and without the question mark, `hitId` for `click_id`
 */
export function outcomeOf(
  lookup: LinkLookup,
  visit: { readonly at: number; readonly query: string; readonly hitId: string },
): Outcome {
  if (typeof lookup === "string") return { kind: lookup };
  const destination = isOver(lookup, visit.at) ? undefined : safeUrl(lookup.destinationUrl);
  if (destination) return { kind: "follow", location: located(destination, lookup, visit), link: lookup };
  const fallback = safeUrl(lookup.fallbackUrl);
  return fallback ? { kind: "fallback", location: fallback.href } : { kind: "gone" };
}
