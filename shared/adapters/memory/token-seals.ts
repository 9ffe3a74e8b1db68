import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { SocialTokens, TokenOwner } from "#shared/domain/social/social-tokens";
import type { TokenSeals } from "#shared/ports/social-networks";

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
      const open = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      return Promise.resolve(JSON.parse(open) as SocialTokens);
    },
  };
}
