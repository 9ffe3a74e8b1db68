import { nameSkeletonOf } from "./link-name.ts";

/**
 * Prefixes that would speak for the platform, its staff or the network itself, and no brand's. Names of mailboxes and hosts that
 * belong to whoever runs a domain are RFC 2142's; the rest are our own words.
 */
const RESERVED = [
  ...["abuse", "noc", "security", "postmaster", "hostmaster", "usenet", "news", "webmaster", "www", "uucp", "ftp"],
  ...["info", "marketing", "sales", "support", "root", "admin", "administrator", "staff", "moderator", "official"],
  ...["api", "app", "auth", "login", "signin", "signup", "logout", "account", "billing", "payment", "payout", "wallet"],
  ...["help", "status", "docs", "legal", "privacy", "terms", "unsubscribe", "verify", "password", "webhook"],
  ...["atomic", "atomicinfluence", "influence", "brand", "creator", "campaign", "link", "links", "pixel", "preview"],
  ...["test", "null", "undefined", "localhost", "internal", "system", "everyone"],
];
const reserved: ReadonlySet<string> = new Set(RESERVED.map(nameSkeletonOf));

/** Whether a prefix is, or looks like, one that no brand may have. */
export const isReserved = (prefix: string): boolean => reserved.has(nameSkeletonOf(prefix));
