/** `If-Match`, as a client sends it: the tags of what it has read. */

/** A tag of ours names a version; one that is not ours, a weak one included, names one that no resource has. */
const versionOf = (tag: string): number => Number(/^"v(\d+)"$/.exec(tag.trim())?.[1] ?? -1);

/** The versions that a call allows; undefined where any will do. Any of a list may be meant. Source: RFC 9110, 13.1.1. */
export const versionsOf = (ifMatch: string | undefined): readonly number[] | undefined =>
  ifMatch === undefined || ifMatch.trim() === "*" ? undefined : ifMatch.split(",").map(versionOf);
