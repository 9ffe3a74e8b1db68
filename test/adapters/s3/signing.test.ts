/** What is signed here is what the SDK signs: nothing local checks a form's signature. */
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { signedForm, signedUrl } from "#shared/adapters/s3/signing";

const now = new Date("2026-11-25T12:00:00.000Z");
beforeEach(() => void jest.useFakeTimers({ now, doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] }));
afterEach(() => void jest.useRealTimers());

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "a secret" };
const temporary = { ...credentials, sessionToken: "a/token+of=hours" };
const places = [
  ["of its own host", "https://content.s3.us-east-1.amazonaws.com", {}],
  [
    "on an endpoint's path",
    "http://127.0.0.1:4001/content",
    { endpoint: "http://127.0.0.1:4001", forcePathStyle: true },
  ],
] as const;
const cases = places.flatMap(([where, origin, config]) =>
  [credentials, temporary].map((given) => ({
    where,
    session: "sessionToken" in given,
    bucket: { name: "content", origin, region: "us-east-1", credentials: () => Promise.resolve(given) },
    client: new S3Client({
      region: "us-east-1",
      credentials: given,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      ...config,
    }),
  })),
);
const key = "files/cmp_1/c/fil_1";

describe.each(cases)("a bucket $where, session $session", ({ bucket, client }) => {
  test("has the SDK's form", async () => {
    const fields = { "Content-Type": "image/png", tagging: "<Tagging/>" };
    const form = await signedForm(
      bucket,
      { key, fields, conditions: [["content-length-range", 3, 3]], expiresAt: new Date(now.getTime() + 3_600_000) },
      now,
    );
    const theirs = await createPresignedPost(client, {
      Bucket: "content",
      Key: key,
      Fields: fields,
      Conditions: [["content-length-range", 3, 3]],
      Expires: 3_600,
    });
    expect(form).toEqual({ ...theirs, url: theirs.url.replace(/\/$/, "") });
  });

  test("has the SDK's link", async () => {
    const link = await signedUrl(
      bucket,
      {
        method: "GET",
        key,
        query: {
          versionId: "v/1+2=",
          "response-content-disposition": 'attachment; filename="fil_1"',
          "response-content-type": "image/png",
          "x-id": "GetObject",
        },
      },
      300,
      now,
    );
    const command = new GetObjectCommand({
      Bucket: "content",
      Key: key,
      VersionId: "v/1+2=",
      ResponseContentDisposition: 'attachment; filename="fil_1"',
      ResponseContentType: "image/png",
    });
    const theirs = new URL(await getSignedUrl(client, command, { expiresIn: 300, signingDate: now }));
    const ours = new URL(link);
    expect(ours.origin + ours.pathname).toBe(theirs.origin + theirs.pathname);
    expect(Object.fromEntries(ours.searchParams)).toEqual(Object.fromEntries(theirs.searchParams));
  });
});
