/** Addresses that nobody writes to any more, and what SES tells of mails that makes an address one. */
import { createHash } from "node:crypto";
import * as z from "zod";
import { Instant } from "../../kernel/time.ts";

/** Keyed by a hash, so that no list of addresses is kept of people who have left. It ends with the address: who changes theirs gets mail again. */
export const MailSuppression = z.object({
  id: z.string(),
  reason: z.enum(["bounce", "complaint"]),
  version: z.int(),
  createdAt: Instant,
});
export type MailSuppression = z.infer<typeof MailSuppression>;

/** The same for every spelling of an address's letters. */
export const suppressionIdOf = (address: string): string =>
  createHash("sha256").update(address.trim().toLowerCase()).digest("hex");

const Recipients = z.array(z.object({ emailAddress: z.string() }));

/**
 * What SES publishes of a mail, as far as it concerns us. Source: SES developer guide, "Contents of event data that Amazon SES
 * publishes to Amazon SNS", bounce and complaint objects.
 */
const Feedback = z.discriminatedUnion("eventType", [
  z.object({
    eventType: z.literal("Bounce"),
    bounce: z.object({ bounceType: z.string(), bouncedRecipients: Recipients }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    complaint: z.object({ complainedRecipients: Recipients, complaintFeedbackType: z.string().nullish() }),
  }),
]);

export interface Stopped {
  readonly address: string;
  readonly reason: MailSuppression["reason"];
}

/**
 * Addresses that an event of SES's puts an end to: those that do not exist, and those whose owners call our mail spam. A full
 * mailbox or a busy server is none; nor is whoever says that a mail was no spam after all. @throws when it is no such event.
 */
export function stoppedBy(event: unknown): readonly Stopped[] {
  const feedback = Feedback.parse(event);
  if (feedback.eventType === "Bounce") {
    const { bounceType, bouncedRecipients } = feedback.bounce;
    return bounceType === "Permanent" ? stopped(bouncedRecipients, "bounce") : [];
  }
  const { complainedRecipients, complaintFeedbackType } = feedback.complaint;
  return complaintFeedbackType === "not-spam" ? [] : stopped(complainedRecipients, "complaint");
}

const stopped = (recipients: z.infer<typeof Recipients>, reason: Stopped["reason"]): Stopped[] =>
  recipients.map(({ emailAddress }) => ({ address: bare(emailAddress), reason }));

/** Mail servers may give an address with its name: `"Ada" <ada@example.com>`. */
const bare = (written: string): string => /<([^<>]*)>\s*$/.exec(written)?.[1] ?? written;
