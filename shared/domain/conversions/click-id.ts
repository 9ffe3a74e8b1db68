/**
 * The `click_id` that a destination is given: a hit's id, its link's code, and a MAC of both, so that it can be checked later
 * (`prove-click.ts`) without a record of the click. Small, and without zod: the click path carries it.
 *
 * Under SHA-3 a secret before the message makes a MAC (keccak.team, "Strengths of Keccak").
 */
import { hash } from "node:crypto";

/** 128 bits, in hex. */
export const MAC_LENGTH = 32;

export const macOf = (secret: string, hitId: string, code: string): string =>
  hash("sha3-256", `${secret}|${hitId}|${code}`).slice(0, MAC_LENGTH);

/** @param secret of the stage's, in base64 */
export const clickIdOf = (secret: string, hitId: string, code: string): string =>
  `${hitId}_${code}_${macOf(secret, hitId, code)}`;
