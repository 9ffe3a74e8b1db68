import { createHash } from "node:crypto";
import { type IdKind, idPrefixes } from "./ids.ts";
import type { Instant } from "./time.ts";
import { ulidOf } from "./ulid.ts";

/**
 * An id that follows from what it stands for: the same seed gives the same id on every retry. With `at` its first part
 * is that time, as in any ULID, so that it sorts among the others; without, a time of zero keeps it before them.
 */
export const derivedId = (kind: IdKind, seed: string, at?: Instant): string =>
  `${idPrefixes[kind]}_${ulidOf(at === undefined ? 0 : Date.parse(at), createHash("sha256").update(seed).digest())}`;
