import { hash } from "node:crypto";
import { viewerNetwork } from "./viewer.ts";

/**
 * A visitor of a UTC day, as 16 hex digits: 64 bits of SHA-3 over the day's secret and what it hides. Under SHA-3 a secret
 * before the message makes a MAC, as it does not under SHA-2, which is what HMAC is for (keccak.team, "Strengths of Keccak");
 * Node's HMAC would be half a click's CPU.
 *
 * @param secret of the day, in base64
 */
export const visitorOf = (secret: string, address: string, agent: string): string =>
  hash("sha3-256", `${secret}|${viewerNetwork(address)}|${agent}`).slice(0, 16);
