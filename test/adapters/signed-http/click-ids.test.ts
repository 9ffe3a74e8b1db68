import { expect, test } from "@jest/globals";
import * as z from "zod";
import { signedClickIds } from "#shared/adapters/signed-http/click-ids";
import { provenClick } from "#shared/domain/conversions/prove-click";
import { hitId } from "#shared/domain/tracking/hit";
import { type StoredLink, trackedLink } from "#shared/domain/tracking/redirect";
import { link } from "#test/actions/tracking/visits";
import { awsEndpoint, reply } from "#test/support/aws-endpoint";

const AT = Date.parse("2026-03-01T10:00:00.123Z");
const HIT = hitId(AT, new Uint8Array(16).fill(9));
const passing = (parts: Partial<StoredLink> = {}) => trackedLink({ ...link, passClickId: true, ...parts });
const Put = z.object({ Item: z.object({ pk: z.object({ S: z.string() }), secret: z.object({ B: z.string() }) }) });
const failed = (error: unknown): never => {
  throw error;
};

/** A table with one place in it, under DynamoDB's condition. */
async function keyTable() {
  const stored: z.infer<typeof Put>["Item"][] = [];
  const table = await awsEndpoint(({ target, body }, response) => {
    if (target.endsWith("GetItem")) return reply(response, 200, stored[0] ? { Item: stored[0] } : {});
    if (stored[0]) return reply(response, 400, { __type: "x#ConditionalCheckFailedException" });
    stored.push(Put.parse(body).Item);
    return reply(response, 200, {});
  });
  return { ...table, stored };
}

test("a click id proves its link and its time, whichever process signed it, under one secret that the first one makes", async () => {
  const { call, stored, seen } = await keyTable();
  const signers = [1, 2].map(() => signedClickIds(call, "table", () => 0, failed));
  const [one, other] = await Promise.all(signers.map((signer) => signer.of(HIT, passing())));
  expect(other).toBe(one);
  expect(stored.map(({ pk }) => pk.S)).toEqual(["CLICK_KEY"]);
  expect(Buffer.from(stored[0]?.secret.B ?? "", "base64")).toHaveLength(32);
  expect(provenClick(stored[0]?.secret.B ?? "", one ?? "")).toEqual({ hitId: HIT, code: link.code, at: AT });
  const asked = seen.length;
  await signers[0]?.of(HIT, passing({ code: "abcdefghjk" }));
  expect(seen).toHaveLength(asked);
});

test("nobody asks for the secret where no click id is passed on", async () => {
  const { call, seen } = await keyTable();
  const signer = signedClickIds(call, "table", () => 0, failed);
  for (const lookup of [trackedLink(link), "unknown", "unavailable"] as const)
    expect(await signer.of(HIT, lookup)).toBe(HIT);
  expect(seen).toEqual([]);
});

test("a visitor is sent on with a bare id while the secret cannot be had, which is said, and with a signed one two seconds after", async () => {
  let [isDown, now] = [true, 0];
  const secret = Buffer.alloc(32, 1).toString("base64");
  const { call, seen } = await awsEndpoint((_, response) =>
    isDown ? reply(response, 500, {}) : reply(response, 200, { Item: { secret: { B: secret } } }),
  );
  const errors: unknown[] = [];
  const signer = signedClickIds(
    call,
    "table",
    () => now,
    (error) => errors.push(error),
  );
  expect(await signer.of(HIT, passing())).toBe(HIT);
  isDown = false;
  now = 1_999;
  expect(await signer.of(HIT, passing())).toBe(HIT);
  expect([errors.length, seen.length]).toEqual([1, 2]);
  now = 2_000;
  expect(provenClick(secret, await signer.of(HIT, passing()))?.code).toBe(link.code);
});
