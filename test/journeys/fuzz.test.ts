/** Nonsense in every route, by somebody whose role may call: always a problem that names itself, never a defect. */
import { beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { actions } from "#shared/contracts/index";
import { makeAdmin, type Person, signUp, stack } from "../support/local-stage.ts";

let people: Record<"admin" | "brand" | "creator", Person>;
beforeAll(async () => {
  const [admin, brand, creator] = await Promise.all([makeAdmin(), signUp("brand"), signUp("creator")]);
  people = { admin, brand, creator };
}, 60_000);

const contracts = actions.flatMap(({ contract }) =>
  contract.trigger === "http" && !contract.catchAll ? [contract] : [],
);
const nasty = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "../../x",
    "%00",
    "null",
    "undefined",
    "NaN",
    "-1",
    "1e308",
    "💥",
    "' OR 1=1",
    "<script>",
    "a".repeat(3_000),
    "\u202e",
    "USER#x",
    "cmp_#",
  ),
  fc.string({ maxLength: 40 }),
);
const attempt = fc.record({
  contract: fc.constantFrom(...contracts),
  segment: nasty,
  query: fc.dictionary(fc.constantFrom("limit", "cursor", "status", "from", "to", "q", "role", "type", "x"), nasty, {
    maxKeys: 3,
  }),
  body: fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.dictionary(
      fc.constantFrom(
        "name",
        "amount",
        "currency",
        "creatorId",
        "decision",
        "roles",
        "type",
        "status",
        "version",
        "userId",
        "brandId",
      ),
      fc.jsonValue({ maxDepth: 2 }),
    ),
  ),
  raw: fc.option(nasty, { freq: 6 }),
  key: fc.option(
    fc.string({ minLength: 1, maxLength: 20 }).filter((text) => /^[\x20-\x7e]+$/.test(text)),
    { freq: 4 },
  ),
});

test("no route answers nonsense with a defect", async () => {
  const seed = Number(process.env["SEED"] ?? 4_242);
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(attempt, async ({ contract, segment, query, body, raw, key }) => {
      const [method = "GET", template = ""] = contract.route.split(" ");
      const path = template.replaceAll(/\{\w+\}/g, encodeURIComponent(segment) || "x");
      const role = contract.roles === "public" ? "brand" : (contract.roles[0] ?? "brand");
      const reply = await fetch(`${stack.apiUrl}${path}?${new URLSearchParams(query).toString()}`, {
        method,
        headers: {
          authorization: `Bearer ${people[role].token}`,
          "content-type": "application/json",
          ...(key !== null && { "idempotency-key": key }),
        },
        ...(method !== "GET" && { body: raw ?? JSON.stringify(body) }),
      });
      const text = await reply.text();
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (reply.status >= 500) throw new Error(`${contract.route} answered ${reply.status}: ${text.slice(0, 500)}`);
      if (reply.status >= 400 && reply.status !== 401)
        expect(JSON.parse(text)).toMatchObject({
          status: reply.status,
          code: expect.any(String),
          requestId: expect.any(String),
        });
    }),
    { numRuns: 600, seed },
  );
  console.log(`seed ${seed}: ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
}, 120_000);
