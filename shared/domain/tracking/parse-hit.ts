import * as z from "zod";
import { AGENT_LIMIT } from "./hit.ts";
import type { Hit } from "./hit.ts";

const id = z.string().min(1).max(128);

/** The event as it is read back. Unknown fields are dropped, so that a newer producer does not stop an older reader. */
export const hitShape: z.ZodType<Hit> = z.object({
  id,
  code: id,
  campaignId: id,
  creatorId: id,
  at: z.int().nonnegative(),
  day: z.iso.date(),
  visitor: z.string().regex(/^[0-9a-f]{16}$/),
  agent: z.string().max(AGENT_LIMIT),
  method: z.enum(["GET", "HEAD"]),
  purpose: z.string().optional(),
  referrerHost: z.string().optional(),
  retried: z.literal(true).optional(),
});

/** A stream record's text as a hit; `undefined` when it is none, which no retry will change. */
export function parseHit(text: string): Hit | undefined {
  try {
    return hitShape.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
