import * as z from "zod";
import { MAX_DELIVERABLES } from "../campaigns/deliverable.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { InstantInput } from "../kernel/time.ts";

/** What a brand says to invite a creator. Without `deliverableIds` all of the campaign's deliverables are meant. */
export const NewInvitation = z.strictObject({
  creatorId: UserId,
  deliverableIds: z
    .array(idOf("deliverable"))
    .min(1)
    .max(MAX_DELIVERABLES)
    .refine((ids) => new Set(ids).size === ids.length, "must not repeat a deliverable")
    .optional(),
  message: z.string().max(5_000).optional(),
  expiresAt: InstantInput.optional(),
});
export type NewInvitation = z.infer<typeof NewInvitation>;
