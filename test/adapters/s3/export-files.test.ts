/** What the emulator never says, and S3 may: answers to a completion that came twice, late, or half-way. */
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { s3ExportFiles } from "#shared/adapters/s3/export-files";
import type { ExportFiles } from "#shared/ports/exports";
import { Unavailable } from "#shared/ports/outside";
import { anExport } from "../../support/builders.ts";

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
let server: Server;
let seen: string[];
/** By method, one after the other; the last one again and again. */
let answers: Record<string, Answer[]>;
let files: ExportFiles;
const before = { ...process.env };

beforeEach(async () => {
  [seen, answers] = [[], {}];
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "secret" });
  server = createServer((request, response) => {
    const { method = "" } = request;
    request.resume().on("end", () => {
      seen.push(`${method} ${request.url ?? ""}`);
      const own = answers[method] ?? [];
      const { status, headers, body } = (own.length > 1 ? own.shift() : own[0]) ?? { status: 500 };
      response.writeHead(status, headers).end(method === "HEAD" ? undefined : body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  files = s3ExportFiles({
    EXPORTS_BUCKET: "exports",
    EXPORTS_ORIGIN: `http://127.0.0.1:${(server.address() as AddressInfo).port}/exports`,
    EXPORTS_REGION: "us-east-1",
  });
});
afterEach(async () => {
  process.env = { ...before };
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const parts = ["one", "two"].map((part) => createHash("md5").update(part).digest("hex"));
const error = (code: string) => `<?xml version="1.0"?>\n \n<Error><Code>${code}</Code></Error>`;
const completed = () => files.complete(anExport(), "up load", parts);

test("a completion that had its 200 and then failed is asked for again, and is there once it is", async () => {
  answers = { POST: [{ status: 200, body: error("InternalError") }] };
  await expect(completed()).rejects.toThrow(Unavailable);
  answers = { POST: [{ status: 503 }, { status: 200, body: "<CompleteMultipartUploadResult/>" }] };
  expect(await completed()).toBe(true);
  expect(seen.at(-1)).toMatch(/^POST \/exports\/exports\/[\w-]+\/exp_\w+-1\.csv\?uploadId=up%20load$/);
});

test("an upload that is over has made the file, or was cleared away", async () => {
  for (const status of [200, 404]) {
    answers = { POST: [{ status: 404, body: error("NoSuchUpload") }], HEAD: [{ status }] };
    expect(await completed()).toBe(status === 200);
  }
});

test("parts that are not what they were make no file; anything else is a defect", async () => {
  answers = { POST: [{ status: 400, body: error("InvalidPart") }] };
  expect(await completed()).toBe(false);
  answers = { POST: [{ status: 400, body: error("EntityTooSmall") }] };
  await expect(completed()).rejects.toThrow("EntityTooSmall");
  answers = { POST: [{ status: 403 }] };
  await expect(completed()).rejects.toThrow("403");
});
