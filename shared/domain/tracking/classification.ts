import { isbot } from "isbot";
import type { Hit } from "./hit.ts";
import { rules } from "./classification-rules.ts";

/** Every hit is in exactly one class. */
export const hitClasses = [
  "valid",
  "repeat",
  "bot",
  "preview",
  "prefetch",
  "head",
  "self",
  "burst",
  "datacentre",
] as const;
export type HitClass = (typeof hitClasses)[number];
/** Classes a single hit shows by itself. */
export type AgentClass = "bot" | "preview" | "prefetch" | "head" | "datacentre";

/** Of the rules that hits are told apart by. */
export const RULES_VERSION = rules.version;

const REPEATS = rules.repeats;
/** Counting further tells nothing more. */
export const COUNT_CAP = REPEATS + 2;

const anyOf = (names: readonly string[]): string => names.join("|");
const previews = new RegExp(anyOf(rules.previews), "i");
/** Whoever says nothing is one. */
const programs = new RegExp(`^\\W*$|^(${anyOf(rules.programs)})\\b|${anyOf(rules.robots)}`, "i");
const prefetches = new RegExp(`\\b(${anyOf(rules.prefetches)})\\b`, "i");

const dataCentres: ReadonlySet<number> = new Set(rules.dataCentres.flatMap(({ networks }) => networks));

type Signs = Pick<Hit, "agent" | "method" | "purpose" | "kind" | "asn">;

const isPrefetch = (purpose: string | undefined): boolean => purpose !== undefined && prefetches.test(purpose);

function senderClass(agent: string): "preview" | "bot" | undefined {
  if (previews.test(agent)) return "preview";
  return programs.test(agent) || isbot(agent) ? "bot" : undefined;
}

/** Of views nothing: mail programs show the pixel by proxies of their makers', and somebody looks all the same. */
const networkClass = ({ kind, asn }: Signs): "datacentre" | undefined =>
  kind !== "view" && asn !== undefined && dataCentres.has(asn) ? "datacentre" : undefined;

/**
 * The class a hit shows by itself, if any. What the request is comes first (`head`, `prefetch`: facts), then who sent
 * it (`preview`, `bot`: guesses from a name; unfurlers before robots, because robot lists name them too), then where from:
 * what names itself is called by its name.
 */
export function agentClass(hit: Signs): AgentClass | undefined {
  if (hit.method === "HEAD") return "head";
  return isPrefetch(hit.purpose) ? "prefetch" : (senderClass(hit.agent) ?? networkClass(hit));
}

/** `agentClass` for many hits: a batch has few distinct agents, and the robot list is the dearest thing in it. */
export function agentClassifier(): typeof agentClass {
  const senders = new Map<string, "preview" | "bot" | "none">();
  return (hit) => {
    const { agent, method, purpose } = hit;
    if (method === "HEAD") return "head";
    if (isPrefetch(purpose)) return "prefetch";
    let sender = senders.get(agent);
    if (sender === undefined) senders.set(agent, (sender = senderClass(agent) ?? "none"));
    return sender === "none" ? networkClass(hit) : sender;
  };
}

/**
 * The class of one more hit, given how many of the same visitor, link and day were counted before. Which hit is the
 * valid one depends on arrival; how many of each class there are does not.
 *
 * @param isOwn the visitor is the link's creator: a burst stays one, whoever makes it
 */
export function countClass(before: number, isOwn = false): "valid" | "repeat" | "burst" | "self" {
  if (before > REPEATS) return "burst";
  if (isOwn) return "self";
  return before === 0 ? "valid" : "repeat";
}

/** How many of so many hits of one visitor, link and day are clicks; the rest is a burst. */
export const classesOf = (hits: number): { readonly valid: number; readonly repeat: number } => ({
  valid: Math.min(hits, 1),
  repeat: Math.max(0, Math.min(hits - 1, REPEATS)),
});

/** Every view of somebody is one, however often they look: a page counts each time it is shown. */
export const viewClass = ({ kind }: Pick<Hit, "kind">): "valid" | undefined => (kind === "view" ? "valid" : undefined);
