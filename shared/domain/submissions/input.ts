import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { InstantInput } from "../kernel/time.ts";
import { visible, visibleText } from "../kernel/visible-text.ts";
import { ReviewDecision } from "./submission.ts";

const ofEveryType = {
  deliverableId: idOf("deliverable"),
  /** Which unit; the first open one when left out. */
  unit: z.int().min(1).optional(),
  description: z.string().max(5_000).optional(),
  /** For whom an admin hands it in; a creator's own when left out. */
  creatorId: UserId.optional(),
};

/** Where content can be seen. What opens a door there is nobody else's to have. */
const ContentUrl = z
  .url({ protocol: /^https$/, error: "must be an https URL", abort: true })
  .max(2_000)
  .refine(hasNoCredentials, "must have no user and no password");

function hasNoCredentials(text: string): boolean {
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

/** Silence pays for what is handed in: there must be something to see. */
const ContentText = visible(z.string().min(1).max(20_000));

/** Content for one unit: exactly the field that its type names. */
export const NewSubmission = z.discriminatedUnion("type", [
  z.strictObject({ ...ofEveryType, type: z.literal("url"), contentUrl: ContentUrl }),
  z.strictObject({ ...ofEveryType, type: z.literal("file"), fileId: idOf("file") }),
  z.strictObject({ ...ofEveryType, type: z.literal("text"), text: ContentText }),
]);
export type NewSubmission = z.infer<typeof NewSubmission>;

/** A later date: so many hours of review time after the one that holds, or an instant. */
export const NewExtension = z
  .union([z.strictObject({ hours: z.int().min(1).max(720) }), z.strictObject({ until: InstantInput })])
  .meta({ id: "NewExtension" });
export type NewExtension = z.infer<typeof NewExtension>;

/** A verdict, with what the creator should read. */
export const NewReview = z
  .strictObject({
    decision: ReviewDecision,
    feedback: z.string().trim().min(1).max(10_000).optional(),
    reasons: z.array(visibleText(200)).max(20).default([]),
  })
  .meta({ id: "NewReview" });
export type NewReview = z.infer<typeof NewReview>;
