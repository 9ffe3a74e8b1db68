import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
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
