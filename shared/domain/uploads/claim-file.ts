/** An uploaded file becomes content: what is in the store is held against what was announced. */
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { uploadRefusals } from "./refusals.ts";
import type { SubmittedFile, Upload } from "./upload.ts";

/** What the store says of a file. */
export interface StoredFile extends Pick<SubmittedFile, "etag" | "versionId"> {
  readonly contentType: string;
  readonly sizeBytes: number;
}

export interface Uploaded {
  readonly upload?: Upload | undefined;
  /** Missing while nothing has come. */
  readonly stored?: StoredFile | undefined;
}

/** The file, when it is this creator's for this campaign and what was announced. */
export function claimFile(
  { upload, stored }: Uploaded,
  owner: Pick<Upload, "campaignId" | "creatorId">,
  now: Instant,
): SubmittedFile {
  const isTheirs = upload?.campaignId === owner.campaignId && upload.creatorId === owner.creatorId;
  if (!isTheirs || upload.expiresAt <= now) throw refuse(uploadRefusals.unknown);
  if (stored === undefined) throw refuse(uploadRefusals.incomplete);
  const { contentType, sizeBytes, sha256 } = upload;
  if (stored.contentType !== contentType || stored.sizeBytes !== sizeBytes)
    throw refuse(
      uploadRefusals.mismatch,
      `${contentType} of ${sizeBytes} bytes was announced, ${stored.sizeBytes} bytes were uploaded`,
    );
  return { contentType, sizeBytes, sha256, etag: stored.etag, versionId: stored.versionId };
}
