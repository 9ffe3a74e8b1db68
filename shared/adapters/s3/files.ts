import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { OwnError } from "#shared/domain/kernel/own-error";
import { type FileAddress, type Files, UNCLAIMED } from "#shared/ports/files";
import { type Answered, asking } from "./asking.ts";
import { type Bucket, signedForm, signedUrl } from "./signing.ts";

/** Half a gigabyte at 1.2 Mbit/s. Temporary credentials of a Lambda outlive it by hours. */
const FORM_SECONDS = 3_600;
const LINK_SECONDS = 300;

interface Environment {
  readonly FILES_BUCKET: string;
  readonly FILES_ORIGIN: string;
  readonly FILES_REGION: string;
}

// eslint-disable-next-line no-restricted-syntax -- S3 compares signatures with its clock, not with the product's
const machineNow = (): Date => new Date();

/** Signatures, and so what they are good for, go by this machine's clock. */
export function s3Files({ FILES_BUCKET: name, FILES_ORIGIN: origin, FILES_REGION: region }: Environment): Files {
  const bucket: Bucket = { name, origin, region, credentials: defaultProvider() };
  const ask = asking(bucket);
  return {
    async uploadForm(upload) {
      const { id: fileId, contentType, sizeBytes, sha256 } = upload;
      const now = machineNow();
      const expiresAt = new Date(now.getTime() + FORM_SECONDS * 1_000);
      const fields = {
        "Content-Type": contentType,
        tagging: `<Tagging><TagSet><Tag><Key>${UNCLAIMED.key}</Key><Value>${UNCLAIMED.value}</Value></Tag></TagSet></Tagging>`,
        ...(sha256 !== null && { "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64") }),
      };
      const conditions = [["content-length-range", sizeBytes, sizeBytes] as const];
      const form = await signedForm(bucket, { key: keyOf({ ...upload, fileId }), fields, conditions, expiresAt }, now);
      return { ...form, expiresAt: expiresAt.toISOString() };
    },
    async stored(address) {
      const { status, headers } = await ask({ method: "HEAD", key: keyOf(address) }, [200, 404]);
      if (status === 404) return undefined;
      return {
        contentType: headerOf(headers, "content-type"),
        sizeBytes: Number(headerOf(headers, "content-length")),
        etag: headerOf(headers, "etag").replaceAll('"', ""),
        versionId: headerOf(headers, "x-amz-version-id"),
      };
    },
    downloadUrl(address, { versionId, contentType }) {
      const query = {
        versionId,
        "response-content-disposition": `attachment; filename="${address.fileId}"`,
        "response-content-type": contentType,
        "response-cache-control": "private, no-store",
      };
      return signedUrl(bucket, { method: "GET", key: keyOf(address), query }, LINK_SECONDS, machineNow());
    },
    async keep(address, { versionId }) {
      await ask({ method: "DELETE", key: keyOf(address), query: { tagging: "", versionId } }, [204]);
    },
  };
}

const keyOf = ({ campaignId, creatorId, fileId }: FileAddress): string => `files/${campaignId}/${creatorId}/${fileId}`;

function headerOf(headers: Answered["headers"], name: string): string {
  const value = headers[name];
  if (value === undefined) throw new OwnError(`the store of files does not say ${name}`);
  return value;
}
