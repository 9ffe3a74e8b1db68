/** Where a short link may lead. Checked when it is made, and the scheme again on every redirect. */
import { isIP } from "node:net";
import { refuse } from "../kernel/refusal.ts";
import { linkRefusals } from "./refusals.ts";

const MAX_LENGTH = 2_000;
/** Names that are never public hosts. Source: RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476. */
const SPECIAL_USE = [
  "localhost",
  "local",
  "internal",
  "intranet",
  "lan",
  "home",
  "corp",
  "private",
  "test",
  "invalid",
  "onion",
  "alt",
  "arpa",
];

/** The destination, normalised; @throws Refusal `link.destination_refused` with the reason, or `link.host_not_allowed`. */
export function checkedDestination(text: string, allowedHosts: readonly string[]): string {
  const url = parsed(text);
  const reason = refusalReason(url);
  if (reason !== undefined) throw refuse(linkRefusals.destinationRefused, reason);
  const host = url.hostname;
  if (allowedHosts.length > 0 && !allowedHosts.some((pattern) => covers(pattern, host))) {
    throw refuse(linkRefusals.hostNotAllowed, `${host} is not one of the campaign's hosts: ${allowedHosts.join(", ")}`);
  }
  return url.href;
}

function parsed(text: string): URL {
  // Characters that browsers drop or turn around, so that the reader and the browser see different addresses.
  const unsafe = [...text].some((letter) => letter <= " " || letter === "\\" || letter === "\u007f");
  if (unsafe || text.length > MAX_LENGTH)
    throw refuse(linkRefusals.destinationRefused, "It has characters no address has, or is too long");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // `https:/host` and `https:host` parse too; what is written must be what is meant.
  if (url === undefined || !/^https:\/\/[^/]/i.test(text))
    throw refuse(linkRefusals.destinationRefused, "It must be an https:// address");
  return url;
}

function refusalReason({ protocol, username, password, port, hostname }: URL): string | undefined {
  if (protocol !== "https:") return "It must be an https:// address";
  if (username !== "" || password !== "") return "It must not carry credentials";
  if (port !== "") return "It must be on the standard port";
  return hostReason(hostname);
}

function hostReason(hostname: string): string | undefined {
  if (hostname.startsWith("[") || isIP(hostname) !== 0) return "It must name a host, not an address";
  const labels = hostname.replace(/\.$/, "").split(".");
  if (labels.length < 2) return "It must be a public host";
  if (SPECIAL_USE.includes(labels.at(-1) ?? "")) return "It must be a public host";
  if (hostname.endsWith(".")) return "It must not end in a dot";
  return undefined;
}

/** `example.com` is itself; `*.example.com` is everything below it, and not itself. */
const covers = (pattern: string, host: string): boolean =>
  pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1 : host === pattern;
