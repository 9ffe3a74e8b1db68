/**
 * Forms and links that S3 takes from whoever holds them. Signed by the SDK's signer without its client, which is 160 kB of
 * bundle; held against the SDK's own forms and links in test/adapters/s3.
 */
import { createHmac } from "node:crypto";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { createScope, getSigningKey, SignatureV4 } from "@smithy/signature-v4";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A bucket, and how it is signed for. */
export interface Bucket {
  readonly name: string;
  /** Its address: `https://<bucket>.s3.<region>.amazonaws.com`, or an endpoint with the bucket as its path. */
  readonly origin: string;
  readonly region: string;
  readonly credentials: () => Promise<Credentials>;
}

type Condition = readonly ["content-length-range", number, number];

interface FormParts {
  readonly key: string;
  /** Sent as they are; each is a condition as well. */
  readonly fields: Readonly<Record<string, string>>;
  readonly conditions: readonly Condition[];
  readonly expiresAt: Date;
}

/** The address of a key, and the path that its requests have. */
function addressOf({ origin }: Bucket, key: string) {
  const { protocol, hostname, port, pathname } = new URL(origin);
  return {
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    path: `${pathname.replace(/\/$/, "")}/${key}`,
  };
}

/** ISO 8601 without milliseconds, as policies have it. */
const iso = (at: Date): string => at.toISOString().replace(/\.\d{3}Z$/, "Z");

/** A POST policy with its fields. Source: Amazon S3 API reference, "POST Policy", "Signature calculation". */
export async function signedForm(
  bucket: Bucket,
  { key, fields: given, conditions, expiresAt }: FormParts,
  now: Date,
): Promise<{ readonly url: string; readonly fields: Record<string, string> }> {
  const credentials = await bucket.credentials();
  const stamp = iso(now).replaceAll(/[-:]/g, "");
  const day = stamp.slice(0, 8);
  const fields = {
    ...given,
    bucket: bucket.name,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${credentials.accessKeyId}/${createScope(day, bucket.region, "s3")}`,
    "X-Amz-Date": stamp,
    ...(credentials.sessionToken !== undefined && { "X-Amz-Security-Token": credentials.sessionToken }),
  };
  const exact = Object.entries({ ...fields, key }).map(([name, value]) => ({ [name]: value }));
  const policy = JSON.stringify({ expiration: iso(expiresAt), conditions: [...conditions, ...exact] });
  const encoded = Buffer.from(policy).toString("base64");
  const signingKey = await getSigningKey(Sha256, credentials, day, bucket.region, "s3");
  const signature = createHmac("sha256", signingKey).update(encoded).digest("hex");
  return { url: bucket.origin, fields: { ...fields, key, Policy: encoded, "X-Amz-Signature": signature } };
}

export interface Asked {
  readonly method: "GET" | "HEAD" | "DELETE" | "PUT" | "POST";
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Signed with the rest: S3 refuses other bytes. */
  readonly body?: Uint8Array;
}

const requestOf = (bucket: Bucket, { method, key, query = {}, headers = {}, body }: Asked): HttpRequest => {
  const address = addressOf(bucket, key);
  const host = address.port === undefined ? address.hostname : `${address.hostname}:${address.port}`;
  const sized = body === undefined ? {} : { "content-length": String(body.byteLength) };
  return new HttpRequest({ method, ...address, query: { ...query }, headers: { ...headers, ...sized, host }, body });
};

const signerOf = ({ region, credentials }: Bucket): SignatureV4 =>
  new SignatureV4({
    // eslint-disable-next-line id-denylist -- the signer's own word
    service: "s3",
    region,
    credentials,
    sha256: Sha256,
    // S3 alone takes a path as it is, escaped once.
    uriEscapePath: false,
  });

/** A link to a key, for so many seconds. */
export async function signedUrl(bucket: Bucket, asked: Asked, expiresIn: number, now: Date): Promise<string> {
  const request = requestOf(bucket, asked);
  request.headers["X-Amz-Content-Sha256"] = "UNSIGNED-PAYLOAD";
  const options = { expiresIn, signingDate: now };
  const { protocol, headers, path, query } = await signerOf(bucket).presign(request, options);
  const spelled = Object.entries(query ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `${protocol}//${String(headers["host"])}${path}?${spelled.join("&")}`;
}

/** A request of our own, to be sent now. */
export const signedRequest = async (bucket: Bucket, asked: Asked): Promise<HttpRequest> =>
  (await signerOf(bucket).sign(requestOf(bucket, asked))) as HttpRequest;
