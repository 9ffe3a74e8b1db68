import { createHash } from "node:crypto";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Pair, ref, type Resources, type Stage, startPair } from "./support.ts";

const store: Resources = {
  Store: { Type: "AWS::S3::Bucket", Properties: { VersioningConfiguration: { Status: "Enabled" } } },
};

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
}, 60_000);
afterAll(() => pair?.stop());

test("s3-version-overrides", async () => {
  const disposition = async (stage: Stage) => {
    const { bucket: Bucket } = await stage.deploy("storage", store, { bucket: ref("Store") });
    const s3 = new S3Client({ ...stage.client, forcePathStyle: true });
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
    const asked = { Bucket, Key: "a", VersionId, ResponseContentDisposition: "attachment" };
    return (await s3.send(new GetObjectCommand(asked))).ContentDisposition;
  };
  expect(await disposition(pair.repaired)).toBe("attachment");
  expect(await disposition(pair.stock)).toBeUndefined();
}, 30_000);

test("s3-form-checksums", async () => {
  const sha256 = createHash("sha256").update("x").digest("base64");
  const statuses = async (stage: Stage) => {
    const { bucket: Bucket = "" } = await stage.deploy("forms", store, { bucket: ref("Store") });
    const s3 = new S3Client({ ...stage.client, forcePathStyle: true });
    const form = await createPresignedPost(s3, { Bucket, Key: "a", Fields: { "x-amz-checksum-sha256": sha256 } });
    const posted = async (content: string) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(form.fields)) body.append(name, value);
      body.append("file", new Blob([content]));
      return (await fetch(form.url, { method: "POST", body })).status;
    };
    return [await posted("x"), await posted("y")];
  };
  expect(await statuses(pair.repaired)).toEqual([204, 400]);
  expect(await statuses(pair.stock)).toEqual([204, 204]);
}, 30_000);
