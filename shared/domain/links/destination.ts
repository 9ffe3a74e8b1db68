/** Where a short link may lead. Checked when it is made, and the scheme again on every redirect. */
import { isIP } from "node:net";
import { refuse } from "../kernel/refusal.ts";
import { looksLikeAnother } from "./look-alikes.ts";
import { linkRefusals } from "./refusals.ts";

const MAX_LENGTH = 2_000;
/**
 * Names that are never public hosts. Source: RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, and ICANN's list of names
 * it will not delegate. `example` is left out: it leads nowhere and is what people try things out with.
 */
const SPECIAL_USE = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "mail",
  "private",
  "test",
  "invalid",
  "onion",
  "alt",
  "arpa",
];
/** Control, format and private characters, spaces of any kind, and backslashes: a reader and a browser differ on them. */
const UNSAFE = /[\p{C}\p{Z}\\]/u;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const MAX_HOST_LENGTH = 253;

/** Where a campaign's links may lead. */
export interface DestinationRules {
  /** Hosts, exact or `*.` and one; any public host when there is none. */
  readonly allowedHosts: readonly string[];
  /** Where our own links are. */
  readonly linkHost: string;
}

/** @param url of any of our links */
export const destinationRules = (
  { destinationHosts }: { readonly destinationHosts: readonly string[] },
  url: string,
): DestinationRules => ({ allowedHosts: destinationHosts, linkHost: new URL(url).hostname });

/** The destination, normalised; @throws Refusal `link.destination_refused` with the reason, or `link.host_not_allowed`. */
export function checkedDestination(text: string, { allowedHosts, linkHost }: DestinationRules): string {
  const url = parsed(text);
  const reason = refusalReason(url) ?? loopReason(url, linkHost);
  if (reason !== undefined) throw refuse(linkRefusals.destinationRefused, reason);
  const host = url.hostname;
  if (allowedHosts.length > 0 && !allowedHosts.some((pattern) => covers(pattern, host))) {
    throw refuse(linkRefusals.hostNotAllowed, `${host} is not one of the campaign's hosts: ${allowedHosts.join(", ")}`);
  }
  return url.href;
}

function parsed(text: string): URL {
  if (UNSAFE.test(text)) throw refuse(linkRefusals.destinationRefused, "It has characters no address has");
  // `https:/host` and `https:host` parse too; what is written must be what is meant.
  if (!/^https:\/\/[^/]/i.test(text) || !URL.canParse(text))
    throw refuse(linkRefusals.destinationRefused, "It must be an https:// address");
  // An empty user name parses into nothing; it is there to be misread all the same.
  if (/^https:\/\/[^/?#]*@/i.test(text)) throw refuse(linkRefusals.destinationRefused, "It must not carry credentials");
  return new URL(text);
}

function refusalReason({ href, port, hostname }: URL): string | undefined {
  if (href.length > MAX_LENGTH) return `It must have at most ${MAX_LENGTH} characters`;
  if (port !== "") return "It must be on the standard port";
  return hostReason(hostname);
}

function hostReason(hostname: string): string | undefined {
  if (hostname.startsWith("[") || isIP(hostname) !== 0) return "It must name a host, not an address";
  if (hostname.endsWith(".")) return "Its host must not end in a dot";
  return nameReason(hostname);
}

function nameReason(hostname: string): string | undefined {
  const labels = hostname.split(".");
  if (hostname.length > MAX_HOST_LENGTH || !labels.every((label) => LABEL.test(label))) return "Its host is not a name";
  if (labels.length < 2 || SPECIAL_USE.some((name) => labels.at(-1) === name)) return "It must be a public host";
  return looksLikeAnother(hostname) ? "Its host looks like another" : undefined;
}

/** A link that leads to a link counts one visitor twice, and is not stopped by whoever stops the second. */
function loopReason({ hostname, href }: URL, linkHost: string): string | undefined {
  if (hostname === linkHost) return "It must not lead to another link";
  return redirectorReason(href, linkHost);
}

/** Layers of escapes, escaped escapes being one. What has more is made to be misread: each may make another (`%3%35`). */
const MOST_LAYERS = 8;

/**
 * Why a redirector may be told of one of our links. Each on the way takes one layer of escapes off; where in the path `/t/` is
 * does not matter, for what is before it may be walked back from. What has too many layers nobody looks through.
 */
function redirectorReason(href: string, linkHost: string): string | undefined {
  const link = new RegExp(
    `(^|[^a-z0-9.-])${linkHost.replaceAll(".", "\\.")}\\.?(:\\d*)?[/\\\\](.*[/\\\\])?t[/\\\\]`,
    "s",
  );
  let text = href.toLowerCase();
  for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
    if (link.test(text)) return "It must not lead to another link by way of somebody else";
    const inner = asRead(unescaped(text));
    if (inner === text) return undefined;
    text = inner;
  }
  return "It is escaped too many times over";
}

/** Without one layer of escapes; of escaped escapes without all, so that no address that anybody means has more than a few. */
const unescaped = (text: string): string =>
  text
    .replace(/%(?:25)+/g, "%")
    .replace(/(?:%[0-9a-f]{2})+/g, (escapes) => Buffer.from(escapes.replaceAll("%", ""), "hex").toString("utf8"));

/** What browsers make of a host's name: they fold letters, drop what nobody sees, and know more than one full stop. */
const asRead = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replaceAll("\u3002", ".")
    .toLowerCase();

/** `example.com` is itself; `*.example.com` is everything below it, and not itself. */
const covers = (pattern: string, host: string): boolean =>
  pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern;
