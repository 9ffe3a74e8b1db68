/**
 * A reply that holds a secret, as it is stored for replays: its body is sealed (AES-256-GCM) under a key made of the
 * Idempotency-Key as the client sent it, of which the table has a hash alone. Whoever reads the table reads no secret, unless
 * they can guess the client's key; whoever sends the key again gets the same bytes.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { StoredReply } from "#shared/ports/idempotency";

const CIPHER = "aes-256-gcm";
const KEY_BYTES = 32;
/** Source: NIST SP 800-38D, 5.2.1.1 (96 bits) and 5.2.1.2 (a tag of 128). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One record each: the digest, which names it, is the salt. */
const keyOf = (idempotencyKey: string, digest: string): Buffer =>
  Buffer.from(hkdfSync("sha256", idempotencyKey, digest, "sealed reply", KEY_BYTES));

export function sealReply(reply: StoredReply, idempotencyKey: string, digest: string): StoredReply {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(idempotencyKey, digest), nonce);
  const sealed = Buffer.concat([cipher.update(reply.body, "utf8"), cipher.final()]);
  return { ...reply, body: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64") };
}

/** @throws Error when it was sealed under another key, or has been changed */
export function openReply(stored: StoredReply, idempotencyKey: string, digest: string): StoredReply {
  const bytes = Buffer.from(stored.body, "base64");
  const decipher = createDecipheriv(CIPHER, keyOf(idempotencyKey, digest), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const body = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return { ...stored, body: body.toString("utf8") };
}
