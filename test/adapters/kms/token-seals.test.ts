/** How KMS is asked, and what becomes of what it says. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { withinTime } from "#shared/ports/call-time";
import { describeError } from "#shared/runtime/describe-error";
import { simulatedClock } from "../../support/simulated-clock.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1";
const owner = { userId: "0a", platform: "tiktok" };
const tokens = {
  accessToken: "act.secret",
  expiresAt: "2026-11-27T14:00:00.000Z",
  refreshToken: null,
  refreshExpiresAt: null,
  scopes: [],
};

interface Seen {
  readonly headers: IncomingMessage["headers"];
  readonly body: Readonly<Record<string, unknown>>;
}
type Answer = readonly [status: number, body: object];
let server: Server;
let seen: Seen[] = [];
let answers: Answer[] = [];
const seals = () =>
  kmsTokenSeals({
    TOKEN_KEY_ARN: KEY,
    TOKEN_KEY_ORIGIN: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "s" });
  server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ headers: request.headers, body: JSON.parse(body) as Seen["body"] });
      const [status, answer] = answers.shift() ?? [500, { __type: "KMSInternalException" }];
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
  answers = [];
});

const blob = Buffer.from("sealed").toString("base64");

test("is asked for the key by whose token it is, signed for KMS in the key's region", async () => {
  answers = [[200, { CiphertextBlob: blob }]];
  await expect(seals().seal(owner, tokens)).resolves.toBe(blob);
  const [{ headers, body } = { headers: {}, body: {} }] = seen;
  expect(headers["x-amz-target"]).toBe("TrentService.Encrypt");
  expect(headers.authorization).toMatch(/Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/kms\/aws4_request/);
  expect(body).toEqual({
    KeyId: KEY,
    EncryptionContext: owner,
    Plaintext: Buffer.from(JSON.stringify(tokens)).toString("base64"),
  });
});

test("opens under the same context and no other key", async () => {
  answers = [[200, { Plaintext: Buffer.from(JSON.stringify(tokens)).toString("base64"), KeyId: KEY }]];
  await expect(seals().open(owner, blob)).resolves.toEqual(tokens);
  expect(seen[0]?.body).toEqual({ KeyId: KEY, EncryptionContext: owner, CiphertextBlob: blob });
});

test.each([
  ["a 500", 500, "KMSInternalException"],
  ["throttling, which is a 400", 400, "ThrottlingException"],
])("asks again after %s", async (_what, status, type) => {
  answers = [
    [status, { __type: type }],
    [200, { CiphertextBlob: blob }],
  ];
  await expect(seals().seal(owner, tokens)).resolves.toBe(blob);
});

test("is not available where KMS never answers well, for as long as the call has time", async () => {
  const sealing = withinTime(5_000, () => seals().seal(owner, tokens), simulatedClock());
  await expect(sealing).rejects.toMatchObject({ name: "Unavailable" });
  expect(seen.length).toBeGreaterThan(5);
});

test("a no is told by its name, without KMS's words or the token's", async () => {
  answers = [[400, { __type: "com.amazonaws.kms#InvalidCiphertextException", message: "about act.secret" }]];
  const error: unknown = await seals()
    .open(owner, blob)
    .catch((one: unknown) => one);
  expect(seen).toHaveLength(1);
  const told = JSON.stringify(describeError(error));
  expect(told).toContain("InvalidCiphertextException");
  expect(told).not.toContain("act.secret");
});

test("what opens to no tokens is a broken seal, and nothing of it is told", async () => {
  answers = [[200, { Plaintext: Buffer.from("act.secret").toString("base64") }]];
  const error: unknown = await seals()
    .open(owner, blob)
    .catch((one: unknown) => one);
  expect(error).toMatchObject({ name: "SealBroken" });
  expect(JSON.stringify(describeError(error))).not.toContain("act.secret");
});
