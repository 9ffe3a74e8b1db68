import * as z from "zod";
import { UserId } from "../kernel/ids.ts";

/** A link's destination, and whose clicks they are. A creator's links are always their own. */
export const NewLink = z.strictObject({
  destinationUrl: z.string().min(1).max(2_000),
  creatorId: UserId.optional(),
  /** Adds `click_id` to the destination. */
  passClickId: z.boolean().default(false),
  /** Passes the visitor's own query on. */
  passQuery: z.boolean().default(false),
});
export type NewLink = z.infer<typeof NewLink>;
