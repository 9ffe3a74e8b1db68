import { createCipheriv, createDecipheriv, type Decipheriv, randomBytes } from "node:crypto";
import type { SocialTokens, TokenOwner } from "#shared/domain/social/social-tokens";
import { SealBroken, type TokenSeals } from "#shared/ports/social-networks";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const contextOf = ({ userId, platform }: TokenOwner): Buffer => Buffer.from(JSON.stringify([userId, platform]));

/** Seals that hide and bind as KMS's do, under a key that is gone with the test. */
export function memoryTokenSeals(): TokenSeals {
  const key = randomBytes(32);
  return {
    seal(owner, tokens) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(contextOf(owner));
      const hidden = Buffer.concat([cipher.update(JSON.stringify(tokens)), cipher.final()]);
      return Promise.resolve(Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString("base64"));
    },
    async open(owner, sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES)).setAAD(contextOf(owner));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const hidden = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8");
      return Promise.resolve(JSON.parse(hidden + endOf(decipher)) as SocialTokens);
    },
  };
}

function endOf(decipher: Decipheriv): string {
  try {
    return decipher.final("utf8");
  } catch (cause) {
    throw new SealBroken({ cause });
  }
}
