import { createHash } from "node:crypto";
import type { Export } from "#shared/domain/exports/export";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { ExportFiles } from "#shared/ports/exports";

/** Parts below this, but for the last, make no file: as S3 has it. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

export interface MemoryExportFiles extends ExportFiles {
  /** What a link to it gives; undefined as long as it is not whole. */
  readonly content: (exported: Export) => string | undefined;
  /** Clears away what was begun, as a rule of the store does after some days. */
  readonly clearAway: () => void;
  /** Sizes of parts that were put, in the order they came. */
  readonly put: ExportFiles["put"] & { readonly sizes: number[] };
}

const keyOf = ({ id, attempt }: Export): string => `exports/${id}-${attempt}`;

/** The store of exported files in memory. */
export function memoryExportFiles(now: () => string): MemoryExportFiles {
  const uploads = new Map<string, { readonly key: string; readonly parts: Map<number, Uint8Array> }>();
  const files = new Map<string, Buffer>();
  const tagOf = (content: Uint8Array): string => createHash("md5").update(content).digest("hex");
  const sizes: number[] = [];
  let begun = 0;
  const put: ExportFiles["put"] = (_exported, uploadId, part, content) => {
    const upload = uploads.get(uploadId);
    if (upload === undefined) return Promise.resolve(undefined);
    upload.parts.set(part, content);
    sizes.push(content.length);
    return Promise.resolve(tagOf(content));
  };
  return {
    content: (exported) => files.get(keyOf(exported))?.toString("utf8"),
    clearAway: () => uploads.clear(),
    begin(exported) {
      const id = `upload-${(begun += 1)}`;
      uploads.set(id, { key: keyOf(exported), parts: new Map() });
      return Promise.resolve(id);
    },
    put: Object.assign(put, { sizes }),
    complete(exported, uploadId, parts) {
      const upload = uploads.get(uploadId);
      if (upload === undefined) return Promise.resolve(files.has(keyOf(exported)));
      const contents = parts.map((_tag, at) => upload.parts.get(at + 1) ?? new Uint8Array());
      if (contents.some((content, at) => tagOf(content) !== parts[at])) return Promise.resolve(false);
      if (contents.slice(0, -1).some(({ length }) => length < LEAST_PART_BYTES))
        return Promise.reject(new Error("EntityTooSmall"));
      files.set(keyOf(exported), Buffer.concat(contents));
      uploads.delete(uploadId);
      return Promise.resolve(true);
    },
    abandon: (_exported, uploadId) => Promise.resolve(void uploads.delete(uploadId)),
    link: ({ exported, seconds }) =>
      Promise.resolve({
        url: `https://files.example.com/${keyOf(exported)}`,
        urlExpiresAt: plusMilliseconds(now(), seconds * 1_000),
      }),
  };
}
