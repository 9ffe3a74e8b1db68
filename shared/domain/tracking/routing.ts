/** Where a link's rules and split send a visit: rules first, then shares, then its own destination. Without zod: the click path has it. */
import type { LinkRule, LinkShare } from "../links/redirect-rules.ts";
import { deviceOf } from "./device.ts";

/** What a visit shows of itself. */
export interface RoutingFacts {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** 16 hex digits, as good as drawn at random: whoever is the same on a day is sent to the same share. */
  readonly visitor: string;
  readonly agent: string;
  /** As CloudFront has it: ISO 3166-1 alpha-2, empty where it does not know. */
  readonly country: string;
  /** `Accept-Language`, as sent: browsers begin with what is liked best. */
  readonly languages: string;
}

/** What says where to go: the destination, or in its place the address that a template made of it. */
export interface Addressed {
  readonly destinationUrl: string;
  readonly landingUrl?: string | null | undefined;
}

/** A link's rules and split, ready for visits. */
export interface Routing {
  readonly rules: readonly Rule[];
  readonly shares: readonly Share[];
}

interface Rule extends Pick<LinkRule, "priority"> {
  readonly fits: (visit: RoutingFacts) => boolean;
  readonly destination: string | undefined;
}
interface Share {
  readonly destination: string | undefined;
  /** Its upper end among 32 bits. */
  readonly below: number;
}

/** Where a visit is led, and by what. */
export interface ChosenDestination {
  readonly destination: string;
  /** The priority of the rule that led there. */
  readonly rule?: number | undefined;
  /** Which of the split's destinations it is, from 0. */
  readonly variant?: number | undefined;
}

const BITS = 2 ** 32;
const DIGITS = 8;

const fitsOf = ({ countries, devices, languages, from = "", until = "" }: LinkRule["when"]): Rule["fits"] => {
  const [start, end] = [Date.parse(from) || 0, Date.parse(until) || Infinity];
  return (visit) =>
    visit.at >= start &&
    visit.at < end &&
    (!countries || countries.includes(visit.country)) &&
    (!devices || devices.includes(deviceOf(visit.agent))) &&
    (!languages || languages.some((language) => `${firstOf(visit.languages)}-`.startsWith(`${language}-`)));
};

const firstOf = (languages: string): string =>
  languages
    .replace(/[,;].*/s, "")
    .trim()
    .toLowerCase();

interface Sent {
  readonly rules?: readonly LinkRule[] | undefined;
  readonly split?: readonly LinkShare[] | undefined;
}

/**
 * Nothing of a link that has none.
 *
 * @param safe gives the address back that may be sent, or nothing
 */
export function routingOf(
  { rules = [], split = [] }: Sent,
  safe: (address: Addressed) => string | undefined,
): Routing | undefined {
  if (rules.length + split.length === 0) return undefined;
  const all = split.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  return {
    rules: rules.map((rule) => ({ priority: rule.priority, fits: fitsOf(rule.when), destination: safe(rule) })),
    shares: split.map((share) => ({ destination: safe(share), below: ((below += share.weight) / all) * BITS })),
  };
}

/** Where a visit goes; what may not be sent falls back to the link's own destination. */
export function chosenDestination(
  routing: Routing | undefined,
  destination: string,
  visit: RoutingFacts,
): ChosenDestination {
  if (routing === undefined) return { destination };
  const { rules, shares } = routing;
  const rule = rules.find(({ fits }) => fits(visit));
  if (rule) return { destination: rule.destination ?? destination, rule: rule.priority };
  const drawn = Number(`0x${visit.visitor.slice(0, DIGITS)}`);
  const variant = shares.findIndex(({ below }) => drawn < below);
  return variant < 0 ? { destination } : { destination: shares[variant]?.destination ?? destination, variant };
}
