import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { keyedVisitors } from "#shared/adapters/signed-http/visitor-key";
import { awsEndpoint as listening, reply } from "#test/support/aws-endpoint";

describe("visitors", () => {
  const put = z.object({
    Item: z.object({ secret: z.object({ B: z.string() }), expiresAtSeconds: z.object({ N: z.string() }) }),
  });

  /** A table that holds visitor keys, with DynamoDB's condition. */
  async function keyTable() {
    const stored = new Map<string, unknown>();
    const table = await listening(({ target, body }, response) => {
      const { Key, Item } = z
        .object({ Key: z.unknown().optional(), Item: z.looseObject({ pk: z.unknown() }).optional() })
        .parse(body);
      if (target.endsWith("GetItem")) {
        const pk = JSON.stringify(z.object({ pk: z.unknown() }).parse(Key).pk);
        return reply(response, 200, stored.has(pk) ? { Item: stored.get(pk) } : {});
      }
      const pk = JSON.stringify(Item?.pk);
      if (stored.has(pk)) return reply(response, 400, { __type: "x#ConditionalCheckFailedException" });
      stored.set(pk, Item);
      return reply(response, 200, {});
    });
    return { ...table, stored };
  }
  const person = { day: "2026-03-01", address: "203.0.113.7", agent: "Firefox" };
  const failed = () => undefined;

  test("are one for every process of a day, whoever makes the key", async () => {
    const { call, stored } = await keyTable();
    const [one, other] = await Promise.all(
      [1, 2].map(() => keyedVisitors(call, "table", () => 0, failed).identify(person)),
    );
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(other).toBe(one);
    expect(stored.size).toBe(1);
  });

  test("are somebody else the next day, with another address and with another agent", async () => {
    const { call, stored } = await keyTable();
    const visitors = keyedVisitors(call, "table", () => 0, failed);
    const seen = [
      person,
      { ...person, day: "2026-03-02" },
      { ...person, address: "203.0.113.8" },
      { ...person, agent: "Safari" },
    ];
    const ids: string[] = [];
    for (const one of seen) ids.push(await visitors.identify(one));
    expect(new Set(ids).size).toBe(4);
    expect(stored.size).toBe(2);
  });

  test("stay the same from one version of this code to the next: a day may see two", async () => {
    const secret = Buffer.alloc(32, 7).toString("base64");
    const { call } = await listening((_, response) => reply(response, 200, { Item: { secret: { B: secret } } }));
    expect(await keyedVisitors(call, "table", () => 0, failed).identify(person)).toBe("8065a36325340b90");
  });

  test("are told apart by networks, not by addresses, under IPv6", async () => {
    const { call } = await keyTable();
    const visitors = keyedVisitors(call, "table", () => 0, failed);
    const of = (address: string) => visitors.identify({ ...person, address });
    expect(await of("2001:db8:1:2:a::1")).toBe(await of("2001:0db8:0001:0002:ffff::"));
    expect(await of("2001:db8:1:3::1")).not.toBe(await of("2001:db8:1:2::1"));
  });

  test("have a key of 32 random bytes that ends 48 hours after its day", async () => {
    const { call, seen } = await keyTable();
    await keyedVisitors(call, "table", () => 0, failed).identify(person);
    const { Item } = put.parse(seen.find(({ target }) => target.endsWith("PutItem"))?.body);
    expect(Buffer.from(Item.secret.B, "base64")).toHaveLength(32);
    expect(Number(Item.expiresAtSeconds.N)).toBe(Date.parse("2026-03-04T00:00:00Z") / 1000);
  });

  test("read the key once a day, and leave no address anywhere", async () => {
    const { call, seen } = await keyTable();
    const visitors = keyedVisitors(call, "table", () => 0, failed);
    await visitors.identify(person);
    const calls = seen.length;
    await visitors.identify(person);
    expect(seen).toHaveLength(calls);
    expect(JSON.stringify(seen)).not.toContain(person.address + "|");
    expect(JSON.stringify(seen.map(({ body }) => body))).not.toContain(person.address);
  });

  test("outlive their key in no process that has seen the next day", async () => {
    const { call, stored } = await keyTable();
    const visitors = keyedVisitors(call, "table", () => 0, failed);
    const before = await visitors.identify(person);
    stored.clear();
    expect(await visitors.identify(person)).toBe(before);
    await visitors.identify({ ...person, day: "2026-03-02" });
    expect(await visitors.identify(person)).not.toBe(before);
  });

  test("get a stand-in while the key cannot be had, which is asked for every two seconds, and the key as soon as it can", async () => {
    let [isDown, now] = [true, 0];
    const { call, seen } = await listening((_, response) =>
      isDown
        ? reply(response, 500, {})
        : reply(response, 200, { Item: { secret: { B: Buffer.alloc(32).toString("base64") } } }),
    );
    const errors: unknown[] = [];
    const visitors = keyedVisitors(
      call,
      "table",
      () => now,
      (error) => errors.push(error),
    );
    const standIn = await visitors.identify(person);
    now = 1_999;
    expect(await visitors.identify(person)).toBe(standIn);
    expect([errors.length, seen.length]).toEqual([1, 2]);
    now = 2_000;
    expect(await visitors.identify(person)).toBe(standIn);
    expect([errors.length, seen.length]).toEqual([2, 4]);
    isDown = false;
    expect(await visitors.identify({ ...person, day: "2026-03-02" })).not.toBe(standIn);
    now = 4_000;
    expect(await visitors.identify(person)).not.toBe(standIn);
  });
});
