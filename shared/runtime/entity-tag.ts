/**
 * Entity tags: what a client has read, as it says so in `If-Match` and `If-None-Match`. A tag is a version, where the thing has
 * one, and a hash of what was sent. The version alone decides about a change; but what is sent of a thing holds more than what
 * its version counts (a campaign's money moves without it), so it cannot say that nothing is new.
 * Source of the rules: RFC 9110, 8.8.3, 13.1.1 and 13.1.2.
 */
import { createHash } from "node:crypto";

export function entityTag(body: string, version: number | undefined): string {
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return version === undefined ? `"${hash}"` : `"v${version}.${hash}"`;
}

/** A tag of ours names a version, by itself or before its hash; one that is not ours, a weak one included, names one that no resource has. */
const versionOf = (tag: string): number => Number(/^"v(\d+)(?:\.[\w-]+)?"$/.exec(tag.trim())?.[1] ?? -1);

/** The versions that an `If-Match` allows; undefined where any will do. Any of a list may be meant. */
export const versionsOf = (ifMatch: string | undefined): readonly number[] | undefined =>
  ifMatch === undefined || ifMatch.trim() === "*" ? undefined : ifMatch.split(",").map(versionOf);

/** Whether an `If-None-Match` says that its client has this already. Whether it calls the tag weak does not matter here. */
export const isKnown = (ifNoneMatch: string, tag: string): boolean =>
  ifNoneMatch.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === tag);
