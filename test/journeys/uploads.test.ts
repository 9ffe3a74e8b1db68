/** A file on its way: a form from the API, the bytes to the store, content, and a link for those it is for. */
import { createHash, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { joined, launched, type Launched } from "../support/campaign-steps.ts";
import { type Person, signUp } from "../support/local-stage.ts";

interface Form {
  readonly fileId: string;
  readonly upload: { readonly url: string; readonly fields: Record<string, string> };
}

const CONTENT = randomBytes(2_000);
let brand: Person;
let creator: Person;
let stranger: Person;
let launch: Launched;
beforeAll(async () => {
  [brand, creator, stranger] = await Promise.all([signUp("brand"), signUp("creator"), signUp("creator")]);
  // One piece of work for each file that is handed in.
  launch = await launched(brand, {}, { quantity: 2 });
  await joined(brand, creator, launch);
}, 90_000);

const announced = async (parts: object = {}) => {
  const body = { contentType: "image/png", sizeBytes: CONTENT.length, campaignId: launch.campaignId, ...parts };
  const reply = await creator.post("/v1/uploads", body);
  expect(reply.status).toBe(201);
  return reply.body as unknown as Form;
};

async function posted({ upload }: Form, content: Buffer, parts: Record<string, string> = {}): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...upload.fields, ...parts })) form.append(name, value);
  form.append("file", new Blob([Uint8Array.from(content)]));
  return (await fetch(upload.url, { method: "POST", body: form })).status;
}

const submissions = () => `/v1/campaigns/${launch.campaignId}/submissions`;
const handedIn = (fileId: string) =>
  creator.post(submissions(), { deliverableId: launch.deliverableId, type: "file", fileId });

describe("a file", () => {
  test("is uploaded with a form, handed in, and downloaded by those it is for", async () => {
    const sha256 = createHash("sha256").update(CONTENT).digest("hex");
    const form = await announced({ sha256 });
    expect(await handedIn(form.fileId)).toMatchObject({ status: 422, body: { code: "upload.incomplete" } });
    expect(await posted(form, CONTENT)).toBe(204);
    const submitted = await handedIn(form.fileId);
    expect(submitted).toMatchObject({
      status: 201,
      body: {
        type: "file",
        fileId: form.fileId,
        file: { contentType: "image/png", sizeBytes: CONTENT.length, sha256 },
      },
    });
    const path = `${submissions()}/${String(submitted.body.id)}`;
    for (const person of [brand, creator]) {
      const link = String((await person.get(path)).body["downloadUrl"]);
      const file = await fetch(link);
      expect(file.status).toBe(200);
      expect(Buffer.from(await file.arrayBuffer()).equals(CONTENT)).toBe(true);
      expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${form.fileId}"`);
      expect((await fetch(link.replace(/Signature=.{4}/, "Signature=0000"))).status).toBe(403);
    }
    expect((await stranger.get(path)).status).toBe(404);
    expect((await brand.get(submissions())).body.data).toEqual([
      expect.not.objectContaining({ downloadUrl: expect.anything() }),
    ]);
    // The form is still good; what was handed in is what it was.
    expect(await posted(form, CONTENT)).toBe(204);
    expect((await fetch(String((await brand.get(path)).body["downloadUrl"]))).status).toBe(200);
  }, 60_000);

  test("is taken by its form as it was announced, and not otherwise", async () => {
    const form = await announced();
    expect(await posted(form, Buffer.concat([CONTENT, CONTENT]))).toBe(400);
    expect(await posted(form, CONTENT.subarray(1))).toBe(400);
    expect(await posted(form, CONTENT, { "Content-Type": "text/html" })).toBe(403);
    expect(await posted(form, CONTENT, { key: `${form.upload.fields["key"]}x` })).toBe(403);
    expect(await posted(form, CONTENT, { acl: "public-read" })).toBe(403);
    expect(await handedIn(form.fileId)).toMatchObject({ status: 422, body: { code: "upload.incomplete" } });
  }, 60_000);

  test.each([
    [{ contentType: "text/html" }, "upload.type_not_allowed"],
    [{ contentType: "image/png", sizeBytes: 25 * 1024 ** 2 + 1 }, "upload.too_large"],
    [{ contentType: "video/mp4", sizeBytes: 512 * 1024 ** 2 + 1 }, "upload.too_large"],
  ])("%j has no form", async (parts, code) => {
    const body = { sizeBytes: 1, campaignId: launch.campaignId, ...parts };
    expect(await creator.post("/v1/uploads", body)).toMatchObject({ status: 422, body: { code } });
    expect((await stranger.post("/v1/uploads", body)).status).toBe(404);
  });
});
