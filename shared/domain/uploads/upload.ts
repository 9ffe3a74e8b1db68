import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

const MEGABYTE = 1024 ** 2;
const [DOCUMENT_BYTES, VIDEO_BYTES] = [25 * MEGABYTE, 512 * MEGABYTE];

/** What may be uploaded, and how large: nothing that a browser would run. */
export const sizeLimits: ReadonlyMap<string, number> = new Map([
  ...["image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf", "text/plain"].map(
    (type) => [type, DOCUMENT_BYTES] as const,
  ),
  ...["video/mp4", "video/quicktime", "video/webm"].map((type) => [type, VIDEO_BYTES] as const),
]);

/** How long a file that was announced may be handed in; then it is forgotten. */
export const CLAIM_HOURS = 24;

/** SHA-256, in lower-case hexadecimal digits. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits");

/** A file that a creator announced for a campaign, as it was declared. It belongs to both. */
export const Upload = z.object({
  id: idOf("file"),
  campaignId: idOf("campaign"),
  creatorId: UserId,
  contentType: z.string(),
  sizeBytes: z.int(),
  sha256: Sha256.nullable(),
  /** Until then it can be handed in. */
  expiresAt: Instant,
  version: z.int(),
  createdAt: Instant,
});
export type Upload = z.infer<typeof Upload>;

/** A file that was handed in: this one version of it, whatever else is uploaded under its name. */
export const SubmittedFile = z.object({
  contentType: z.string(),
  sizeBytes: z.int(),
  /** As declared, and checked by the store when it was uploaded. */
  sha256: Sha256.nullable(),
  /** The store's own mark of the content. */
  etag: z.string(),
  versionId: z.string(),
});
export type SubmittedFile = z.infer<typeof SubmittedFile>;

/** What a creator says about a file before they upload it. */
export const NewUpload = z
  .strictObject({
    contentType: z.string().min(1).max(100),
    sizeBytes: z.int().min(1),
    campaignId: idOf("campaign"),
    sha256: Sha256.optional(),
  })
  .meta({ id: "NewUpload" });
export type NewUpload = z.infer<typeof NewUpload>;
