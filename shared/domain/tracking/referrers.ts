/** Which referrers' hosts are told apart. Anybody may send as many as they like, of whatever length. */

/** Spelled so where none is told: a host without a dot is nobody's that is known. */
export const UNKNOWN_HOST = "unknown";
/** All that are not told apart. */
export const OTHER_HOSTS = "other";

/** Hosts of a campaign's day that are told apart, those two among them. */
export const MOST_HOSTS = 50;
const HOST_LIMIT = 60;

/** Whence most come: these are told apart however many others there are. */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  ...["instagram.com", "l.instagram.com", "facebook.com", "l.facebook.com", "lm.facebook.com", "m.facebook.com"],
  ...["t.co", "x.com", "tiktok.com", "youtube.com", "m.youtube.com", "linkedin.com", "lnkd.in", "reddit.com"],
  ...["pinterest.com", "google.com", "bing.com", "duckduckgo.com", UNKNOWN_HOST, OTHER_HOSTS],
]);

/** A referrer's host as it is counted. */
export function referrerOf(sent = ""): string {
  if (!sent.includes(".")) return UNKNOWN_HOST;
  const host = sent.startsWith("www.") ? sent.slice("www.".length) : sent;
  return host.length > HOST_LIMIT ? OTHER_HOSTS : host;
}

/** FNV-1a, 32 bits (IETF, draft-eastlake-fnv): as good as drawn at random, and the same wherever and whenever. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

const rankOf = (host: string): number => (WELL_KNOWN.has(host) ? -1 : hashOf(host));

/**
 * Of more hosts than are told apart, those that rank lowest, and the rest together. A host that ranks among so many of all is
 * among so many of any part of them: so what is told of it is exact, and the same in whatever order, batches and shards visits
 * were counted.
 */
export function bounded(hosts: Map<string, number>): Map<string, number> {
  if (hosts.size <= MOST_HOSTS) return hosts;
  const ranked = [...hosts.keys()].filter((host) => host !== OTHER_HOSTS).map((host) => [rankOf(host), host] as const);
  ranked.sort(([rank, host], [otherRank, other]) => rank - otherRank || (host < other ? -1 : 1));
  const kept = new Map([[OTHER_HOSTS, hosts.get(OTHER_HOSTS) ?? 0]]);
  let other = kept.get(OTHER_HOSTS) ?? 0;
  for (const [place, [, host]] of ranked.entries()) {
    const count = hosts.get(host) ?? 0;
    if (place < MOST_HOSTS - 1) kept.set(host, count);
    else other += count;
  }
  return kept.set(OTHER_HOSTS, other);
}
