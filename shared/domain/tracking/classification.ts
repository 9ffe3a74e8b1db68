import { isbot } from "isbot";
import type { Hit } from "./hit.ts";

/** Every hit is in exactly one class. `datacentre` is part of the shape and not yet told apart: it stays 0. */
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
export type AgentClass = "bot" | "preview" | "prefetch" | "head";

/** Counts are a function of raw hits and this version: whoever changes a rule here raises it, and days can be restated. */
export const RULES_VERSION = "1";

/** Hits of one visitor on one link and day: one is valid, up to this many are repeats, more is a burst. */
const REPEATS = 99;
/** Counting further tells nothing more. */
export const COUNT_CAP = REPEATS + 2;

/** Fetchers that draw a card for a shared link: somebody posted it, nobody has followed it yet. */
const unfurlers =
  /facebookexternalhit|facebookcatalog|slackbot|slack-imgproxy|twitterbot|whatsapp\/|linkedinbot|discordbot|telegrambot|skypeuripreview|redditbot|pinterest(bot)?\/\d|vkshare|viber|iframely|embedly|snap url preview|kakaotalk-scrap|bluesky cardyb|mastodon\/|googlemessages/i;
/** Programs that announce themselves and that robot lists know only in part. */
const programs =
  /^(curl|wget|libcurl|python|java|okhttp|go-http-client|axios|node|undici|got|ruby|perl|php|httpie|postmanruntime|insomnia)\b/i;

type Signs = Pick<Hit, "agent" | "method" | "purpose">;

const isPrefetch = (purpose: string | undefined): boolean =>
  purpose !== undefined && /\b(prefetch|prerender|preview)\b/i.test(purpose);

function senderClass(agent: string): "preview" | "bot" | undefined {
  if (unfurlers.test(agent)) return "preview";
  return agent.trim() === "" || programs.test(agent) || isbot(agent) ? "bot" : undefined;
}

/**
 * The class a hit shows by itself, if any. What the request is comes first (`head`, `prefetch`: facts), then who sent
 * it (`preview`, `bot`: guesses from a name; unfurlers before robots, because robot lists name them too).
 */
export function agentClass(hit: Signs): AgentClass | undefined {
  if (hit.method === "HEAD") return "head";
  return isPrefetch(hit.purpose) ? "prefetch" : senderClass(hit.agent);
}

/** `agentClass` for many hits: a batch has few distinct agents, and the robot list is the dearest thing in it. */
export function agentClassifier(): typeof agentClass {
  const senders = new Map<string, "preview" | "bot" | "none">();
  return ({ agent, method, purpose }) => {
    if (method === "HEAD") return "head";
    if (isPrefetch(purpose)) return "prefetch";
    let sender = senders.get(agent);
    if (sender === undefined) senders.set(agent, (sender = senderClass(agent) ?? "none"));
    return sender === "none" ? undefined : sender;
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
