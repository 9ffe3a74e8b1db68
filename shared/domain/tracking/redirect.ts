import { CODE_PATTERN } from "../links/code.ts";
import type { Link } from "../links/link.ts";
import type { HitKind } from "./hit.ts";
import { SCAN_MARK } from "./scan.ts";
import {
  type Addressed,
  chosenDestination,
  type ChosenDestination,
  type Routing,
  type RoutingFacts,
  routingOf,
} from "./routing.ts";

/** A short link as the click path reads it from the table. */
export type StoredLink = Readonly<
  Pick<
    Link,
    | "code"
    | "campaignId"
    | "creatorId"
    | "destinationUrl"
    | "disabled"
    | "passQuery"
    | "passClickId"
    | "brandBanned"
    | "creatorBanned"
  >
> & {
  readonly [Part in "expiresAt" | "fallbackUrl" | "maxClicks" | "limitReached" | "landingUrl" | "rules" | "split"]?:
    Link[Part] | undefined;
};

/** A short link as visits are led by it: all that no visit changes is worked out once, when it is read. */
export interface TrackedLink extends Readonly<
  Pick<Link, "code" | "campaignId" | "creatorId" | "passQuery" | "passClickId">
> {
  /** It has a limit of clicks; how many, no visit asks. */
  readonly limited?: true | undefined;
  /** Where it leads until `endsAt`, as it goes out when nothing is added; nothing when it is disabled or spent, or may not lead there. */
  readonly destination: string | undefined;
  /** Where else it leads for as long as it leads anywhere; nothing where it has no rules and no split. */
  readonly routing: Routing | undefined;
  /** Where it leads otherwise. */
  readonly fallback: string | undefined;
  /** Milliseconds since 1970; infinite without an end, `NaN` when nobody can read it, and no instant is before that. */
  readonly endsAt: number;
}

/** What is known of a code: a link, that there is none, or that nobody could tell. */
export type LinkLookup = TrackedLink | "unknown" | "unavailable";

export type Outcome =
  /** A hit: the visitor goes to the destination. */
  | ({ readonly kind: "follow"; readonly location: string; readonly link: TrackedLink } & Pick<
      ChosenDestination,
      "rule" | "variant"
    >)
  /** A view: the visitor stays where they are, and is given the pixel. */
  | { readonly kind: "pixel"; readonly link: TrackedLink }
  | { readonly kind: "fallback"; readonly location: string }
  | { readonly kind: "gone" | "unknown" | "unavailable" };

/** Also the path's shape at the edge: a code holds nothing that could be another path. */
const PATH = new RegExp(`^/t/(${CODE_PATTERN})(/pixel\\.gif)?$`);
const CLICK_ID = "click_id";
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** What a visitor wants of a link: to be sent on, or its pixel. */
export interface Wanted {
  readonly code: string;
  readonly kind: HitKind;
}

/** What `/t/{code}` and `/t/{code}/pixel.gif` ask for; `undefined` when the path is neither. */
export function wantedBy(path: string): Wanted | undefined {
  const [, code, pixel] = PATH.exec(path) ?? [];
  return code ? { code, kind: pixel ? "view" : "click" } : undefined;
}

/** The address when it may be redirected to: https, standard port, no credentials. Checked at creation, and again here. */
function safeUrl(text: string | null | undefined): URL | undefined {
  const url = URL.parse(text ?? "");
  return url?.protocol === "https:" && !url.port && !url.username && !url.password ? url : undefined;
}

/** Byte for byte as it was given, when that can be sent. */
function safeDestination({ landingUrl, destinationUrl }: Addressed): string | undefined {
  const address = landingUrl ?? destinationUrl;
  const url = safeUrl(address);
  return url && VISIBLE_ASCII.test(address) ? address : url?.href;
}

const leadsNowhere = (stored: StoredLink): boolean => !!(stored.disabled || stored.limitReached || isBanned(stored));

/** Nobody is sent anywhere on behalf of who is banned, not even to a fallback. */
const isBanned = ({ brandBanned, creatorBanned }: StoredLink): boolean => !!(brandBanned || creatorBanned);

const instantOf = (end: string | null): number => (end === null ? Infinity : Date.parse(end));

/** A stored link, ready for visits. */
export const trackedLink = (stored: StoredLink): TrackedLink => ({
  ...stored,
  limited: stored.maxClicks ? true : undefined,
  destination: leadsNowhere(stored) ? undefined : safeDestination(stored),
  routing: routingOf(stored, safeDestination),
  fallback: isBanned(stored) ? undefined : safeUrl(stored.fallbackUrl)?.href,
  endsAt: instantOf(stored.expiresAt ?? null),
});

const pairsOf = (query: string): readonly string[] => query.split("&").filter(Boolean);

/** Pairs whose name nobody has said. As whoever reads the query will: a name may be spelled with escapes. */
function unsaid(pairs: readonly string[], said: string): readonly string[] {
  const names = new URLSearchParams(said);
  return pairs.filter((pair) => ![...new URLSearchParams(pair)].some(([name]) => names.has(name)));
}

/**
 * Queries are joined as text: an address that needs nothing added goes out as it is. What we say nobody else says, and no visitor
 * what the address says.
 */
function located(destination: string, link: TrackedLink, visit: Pick<VisitFacts, "query" | "clickId">): string {
  const own = link.passQuery ? pairsOf(visit.query).filter((pair) => pair !== SCAN_MARK) : [];
  const ours = link.passClickId ? `${CLICK_ID}=${visit.clickId}` : "";
  if (!ours && own.length === 0) return destination;
  const url = new URL(destination);
  const { search } = url;
  // A first question mark is taken off: the shop's own may begin with one.
  url.search = `?${[...unsaid(pairsOf(search.slice(1)), ours), ...unsaid(own, `${search}&${ours}`), ...pairsOf(ours)].join("&")}`;
  return url.href;
}

/** One visit, as far as its outcome depends on it. */
export interface VisitFacts extends RoutingFacts {
  readonly kind: HitKind;
  /** As sent, without the question mark. */
  readonly query: string;
  /** For `click_id`. */
  readonly clickId: string;
}

/** Where a visitor goes. The pixel of a link that is over is gone with it: a fallback is a page, and no picture. */
export function outcomeOf(lookup: LinkLookup, visit: VisitFacts): Outcome {
  if (typeof lookup === "string") return { kind: lookup };
  const { destination, fallback, endsAt } = lookup;
  const isView = visit.kind === "view";
  if (destination !== undefined && visit.at < endsAt)
    return isView ? { kind: "pixel", link: lookup } : followed(lookup, destination, visit);
  return isView || fallback === undefined ? { kind: "gone" } : { kind: "fallback", location: fallback };
}

function followed(link: TrackedLink, destination: string, visit: VisitFacts): Outcome {
  const chosen = chosenDestination(link.routing, destination, visit);
  return { ...chosen, kind: "follow", location: located(chosen.destination, link, visit), link };
}
