/** Bounds of every request, as they are checked and as the OpenAPI document says them. */
import * as z from "zod";

export const MAX_BODY_BYTES = 256 * 1024;

/** Items of a page. */
export const pageSize = { default: 25, max: 100 };
export const MAX_CURSOR_CHARACTERS = 2_000;

/** Visible ASCII, as header fields carry it unharmed. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/);
