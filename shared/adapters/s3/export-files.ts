import { defaultProvider } from "@aws-sdk/credential-provider-node";
import type { Export } from "#shared/domain/exports/export";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { ExportFiles } from "#shared/ports/exports";
import { Unavailable } from "#shared/ports/outside";
import { type Answered, asking } from "./asking.ts";
import { type Bucket, signedUrl } from "./signing.ts";

interface Environment {
  readonly EXPORTS_BUCKET: string;
  readonly EXPORTS_ORIGIN: string;
  readonly EXPORTS_REGION: string;
}

/** Of a part of some megabytes; and of putting parts together, which "could take several minutes to finalize". */
const REQUEST_MS = 60_000;

const types = {
  csv: { contentType: "text/csv; charset=utf-8; header=present", extension: "csv" },
  json: { contentType: "application/x-ndjson", extension: "jsonl" },
} as const;

// eslint-disable-next-line no-restricted-syntax -- S3 compares signatures with its clock, not with the product's
const machineNow = (): Date => new Date();

const keyOf = ({ id, userId, attempt, format }: Export): string =>
  `exports/${userId}/${id}-${attempt}.${types[format].extension}`;
const nameOf = ({ kind, format, createdAt }: Export): string =>
  `${kind}-${createdAt.slice(0, "YYYY-MM-DD".length)}.${types[format].extension}`;

/** What S3 says in XML: names and ids of its own, which hold nothing that would be spelled in another way. */
const said = ({ body }: Answered, tag: string): string | undefined =>
  new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(body.toString("utf8"))?.[1];

/** Multipart uploads. Source: Amazon S3 API reference, CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. */
export function s3ExportFiles({ EXPORTS_BUCKET, EXPORTS_ORIGIN, EXPORTS_REGION }: Environment): ExportFiles {
  const bucket: Bucket = {
    name: EXPORTS_BUCKET,
    origin: EXPORTS_ORIGIN,
    region: EXPORTS_REGION,
    credentials: defaultProvider(),
  };
  const ask = asking(bucket, REQUEST_MS);
  return {
    async begin(exported) {
      const headers = { "content-type": types[exported.format].contentType };
      const reply = await ask({ method: "POST", key: keyOf(exported), query: { uploads: "" }, headers }, [200]);
      return required(said(reply, "UploadId"), "UploadId");
    },
    async put(exported, uploadId, part, body) {
      const query = { partNumber: String(part), uploadId };
      const { status, headers } = await ask({ method: "PUT", key: keyOf(exported), query, body }, [200, 404]);
      return status === 404 ? undefined : required(headers["etag"], "ETag").replaceAll('"', "");
    },
    async complete(exported, uploadId, parts) {
      const body = Buffer.from(listOf(parts));
      const asked = { method: "POST", key: keyOf(exported), query: { uploadId }, body } as const;
      const reply = await ask(asked, [200, 400, 404]);
      const error = said(reply, "Code");
      if (reply.status === 200 && error === undefined) return true;
      if (error === "InvalidPart") return false;
      // Somebody has completed it, or it was cleared away. An attempt is only ever completed with the one list that is stored.
      if (error === "NoSuchUpload") return isThere(exported);
      // A reply that began with 200 may end with an error.
      if (error === "InternalError" || error === "SlowDown") throw new Unavailable("the store of files");
      throw new OwnError(`the store of files did not put a file together: ${reply.status} ${error}`);
    },
    async abandon(exported, uploadId) {
      await ask({ method: "DELETE", key: keyOf(exported), query: { uploadId } }, [204, 404]);
    },
    async link({ exported, seconds }) {
      const now = machineNow();
      const query = {
        "response-content-disposition": `attachment; filename="${nameOf(exported)}"`,
        "response-cache-control": "private, no-store",
      };
      const url = await signedUrl(bucket, { method: "GET", key: keyOf(exported), query }, seconds, now);
      return { url, urlExpiresAt: new Date(now.getTime() + seconds * 1_000).toISOString() };
    },
  };

  async function isThere(exported: Export): Promise<boolean> {
    return (await ask({ method: "HEAD", key: keyOf(exported) }, [200, 404])).status === 200;
  }
}

const listOf = (parts: readonly string[]): string => {
  const each = parts.map(
    (etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>&quot;${etag}&quot;</ETag></Part>`,
  );
  return `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${each.join("")}</CompleteMultipartUpload>`;
};

function required(value: string | undefined, name: string): string {
  if (value === undefined) throw new OwnError(`the store of files does not say ${name}`);
  return value;
}
