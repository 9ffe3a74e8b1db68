import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { s3ClickArchive } from "#shared/adapters/s3/click-archive";

const prefix = "clicks/2026/03/01/05/";
/** By key, what a bucket holds. */
const objects = new Map([
  [`${prefix}a.gz`, "1\n2\n"],
  [`${prefix}b.gz`, "3\n"],
  [`${prefix}c.gz`, "4\n"],
  ["clicks/2026/03/01/06/d.gz", "5\n"],
]);
let server: Server;
let seen: string[];
let environment: Record<"ARCHIVE_BUCKET" | "ARCHIVE_ORIGIN" | "ARCHIVE_REGION", string>;
const before = { ...process.env };

beforeEach(async () => {
  seen = [];
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "secret" });
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://s3");
    seen.push(request.url ?? "");
    const content = objects.get(pathname.replace("/archive/", ""));
    if (content !== undefined) return response.end(gzipSync(content));
    if (!searchParams.has("list-type")) return response.writeHead(404).end();
    const keys = [...objects.keys()].filter(
      (key) => key.startsWith(searchParams.get("prefix") ?? "") && key > (searchParams.get("start-after") ?? ""),
    );
    // Two keys to a page.
    const listed = keys.slice(0, 2).map((key) => `<Contents><Key>${key}</Key></Contents>`);
    const isTruncated = `<IsTruncated>${String(keys.length > 2)}</IsTruncated>`;
    return response.end(`<ListBucketResult>${isTruncated}${listed.join("")}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  environment = {
    ARCHIVE_BUCKET: "archive",
    ARCHIVE_ORIGIN: `http://127.0.0.1:${port}/archive`,
    ARCHIVE_REGION: "us-east-1",
  };
});
afterEach(async () => {
  process.env = { ...before };
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function arrivedIn(hour: string): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of s3ClickArchive(environment).arrivedIn(hour)) texts.push(text);
  return texts;
}

test("an hour's objects are all read, page after page, unpacked, and no other's", async () => {
  expect(await arrivedIn("2026-03-01T05")).toEqual(["1\n2\n", "3\n", "4\n"]);
  expect(seen.filter((url) => url.includes("list-type"))).toHaveLength(2);
  expect(await arrivedIn("2026-03-01T07")).toEqual([]);
});

test("a bucket that says no is an error, not an empty hour", async () => {
  environment.ARCHIVE_ORIGIN = environment.ARCHIVE_ORIGIN.replace("/archive", "/other");
  server.removeAllListeners("request");
  server.on("request", (_request, response) => response.writeHead(403).end());
  await expect(arrivedIn("2026-03-01T05")).rejects.toThrow("403");
});
