import { createHash } from "node:crypto";
import type { StoredFile } from "#shared/domain/uploads/claim-file";
import type { FileAddress, Files, UploadForm } from "#shared/ports/files";
import { plusHours } from "#shared/domain/kernel/time";

export interface MemoryFiles extends Files {
  /** Posts a form as a browser would. @throws Error when it is not what the form was made for. */
  readonly post: (form: Pick<UploadForm, "fields">, content: Buffer, contentType?: string) => void;
  /** Versions that stay, as `key version`. */
  readonly kept: Set<string>;
}

const keyOf = ({ campaignId, creatorId, fileId }: FileAddress): string => `files/${campaignId}/${creatorId}/${fileId}`;

function takes({ fields }: Pick<UploadForm, "fields">, content: Buffer, contentType: string): boolean {
  const { size, sha256 } = fields;
  const isSameContent = sha256 === undefined || sha256 === createHash("sha256").update(content).digest("hex");
  return contentType === fields["Content-Type"] && content.length === Number(size) && isSameContent;
}

/** The store of files in memory: a form takes what it was made for, each upload is a version. */
export function memoryFiles(now: () => string): MemoryFiles {
  const versions = new Map<string, StoredFile[]>();
  const kept = new Set<string>();
  return {
    kept,
    uploadForm: ({ id, contentType, sizeBytes, sha256, ...owner }) =>
      Promise.resolve({
        url: "https://files.example.com",
        fields: {
          key: keyOf({ ...owner, fileId: id }),
          "Content-Type": contentType,
          size: String(sizeBytes),
          ...(sha256 !== null && { sha256 }),
        },
        expiresAt: plusHours(now(), 1),
      }),
    post(form, content, contentType = form.fields["Content-Type"] ?? "") {
      const { key = "" } = form.fields;
      if (!takes(form, content, contentType)) throw new Error("the form does not take this");
      const all = versions.get(key) ?? [];
      const etag = createHash("md5").update(content).digest("hex");
      versions.set(key, [...all, { contentType, sizeBytes: content.length, etag, versionId: `v${all.length + 1}` }]);
    },
    stored: (address) => Promise.resolve(versions.get(keyOf(address))?.at(-1)),
    downloadUrl: (address, { versionId }) =>
      Promise.resolve(`https://files.example.com/${keyOf(address)}?versionId=${versionId}`),
    keep: (address, { versionId }) => Promise.resolve(void kept.add(`${keyOf(address)} ${versionId}`)),
  };
}
