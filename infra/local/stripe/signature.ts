import { createHmac } from "node:crypto";

/**
 * The `Stripe-Signature` header: `t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<payload>">`.
 * @param secret The endpoint's signing secret, `whsec_…`, used as it is.
 */
export function signatureHeader(payload: string, secret: string, atSeconds: number): string {
  const digest = createHmac("sha256", secret).update(`${atSeconds}.${payload}`, "utf8").digest("hex");
  return `t=${atSeconds},v1=${digest}`;
}
