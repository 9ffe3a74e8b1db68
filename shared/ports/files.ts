import type { StoredFile } from "#shared/domain/uploads/claim-file";
import type { SubmittedFile, Upload } from "#shared/domain/uploads/upload";

/** Files that were announced. */
export interface Uploads {
  get(campaignId: string, fileId: string): Promise<Upload | undefined>;
}

/** Where a file is: it belongs to a creator and a campaign. */
export interface FileAddress {
  readonly campaignId: string;
  readonly creatorId: string;
  readonly fileId: string;
}

/** A form that a browser or script posts, with the file as its last field, `file`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** By the clock of the store; until then the form is taken, also more than once. */
  readonly expiresAt: string;
}

/** The tag of what was uploaded and not handed in: a rule of the store deletes it after some days. */
export const UNCLAIMED = { key: "unclaimed", value: "true" } as const;
/** Longer than a file may be handed in, and than the consumer that takes the tag away may be down unnoticed. */
export const UNCLAIMED_DAYS = 3;

/** The store of what creators hand in. It is private: people reach a file by a form or a link of their own alone. */
export interface Files {
  /** A form for exactly what was announced: key, type, size, and the content's hash where that was said. Asks nobody. */
  uploadForm(upload: Upload): Promise<UploadForm>;
  /** The latest version of a file; undefined when there is none. */
  stored(address: FileAddress): Promise<StoredFile | undefined>;
  /** A link to one version, for some minutes, that a browser saves and does not show. Asks nobody. */
  downloadUrl(address: FileAddress, file: Pick<SubmittedFile, "versionId" | "contentType">): Promise<string>;
  /** Takes a version's tag away, so that it stays; again is nothing more. */
  keep(address: FileAddress, file: Pick<SubmittedFile, "versionId">): Promise<void>;
}
