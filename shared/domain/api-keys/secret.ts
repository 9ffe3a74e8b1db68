/**
 * How a key's secret is spelled and checked. It names its key, which is found by that name, and carries 256 random bits.
 * A plain SHA-256 of it is stored: slow, salted hashes are for what can be found by trying, and "a standard hash function can
 * be used if the secret has 112 bits of entropy or more" (OWASP ASVS 5.0, V6.5.2).
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { idPrefixes } from "../kernel/ids.ts";
import type { ApiKey } from "./api-key.ts";

/** Random bytes of a secret. */
export const SECRET_BYTES = 32;

/** So that whoever finds one lying about, scanners included, knows what it is. */
const MARK = "atk";
const SECRET = new RegExp(`^${MARK}_([0-9A-HJKMNP-TV-Z]{26})_[\\w-]{43}$`);

export const prefixOf = (keyId: string): string => keyId.replace(`${idPrefixes.key}_`, `${MARK}_`);

/** @param random `SECRET_BYTES` of it */
export const secretOf = (keyId: string, random: Uint8Array): string =>
  `${prefixOf(keyId)}_${Buffer.from(random).toString("base64url")}`;

/** The key that a secret says it is of; undefined when it is no secret of ours. */
export function keyIdOf(secret: string): string | undefined {
  const ulid = SECRET.exec(secret)?.[1];
  return ulid === undefined ? undefined : `${idPrefixes.key}_${ulid}`;
}

export const digestOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** Takes as long for a wrong one, however much of it is right. */
export const isSecretOf = ({ digest }: Pick<ApiKey, "digest">, secret: string): boolean =>
  timingSafeEqual(Buffer.from(digest), Buffer.from(digestOf(secret)));
