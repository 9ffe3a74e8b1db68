/** Bounds of every request, as they are checked and as the OpenAPI document says them. */
import * as z from "zod";

export const MAX_BODY_BYTES = 256 * 1024;

/** Items of a page. */
export const pageSize = { default: 25, max: 100 };
export const MAX_CURSOR_CHARACTERS = 2_000;

/** Visible ASCII, as header fields carry it unharmed. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** Of what asks Stripe: three attempts of 8 s with pauses fit into it, and it ends before the gateway's 30 s. */
export const askingStripe = { timeoutSeconds: 29 } as const;

/** Of a job that asks Stripe about one thing after the other, each with that patience. */
export const sweepingStripe = { timeoutSeconds: 600 } as const;
