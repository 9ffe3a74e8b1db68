import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { AwsRefused, type CallAws } from "#shared/adapters/signed-http/aws-json";
import { clickStream } from "#shared/adapters/signed-http/click-stream";
import { linkStore } from "#shared/adapters/signed-http/link-store";
import { overflowQueue } from "#shared/adapters/signed-http/overflow-queue";
import { type Signable, signer } from "#shared/adapters/signed-http/sigv4";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Hit } from "#shared/domain/tracking/hit";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { awsEndpoint as listening, reply } from "#test/support/aws-endpoint";

// The keys of AWS's published signature test suite.
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const at = Date.parse("2015-08-30T12:36:00Z");
const suite: Signable = {
  region: "us-east-1",
  api: "service",
  credentials,
  host: "example.amazonaws.com",
  headers: {},
};
const signatureOf = (headers: Record<string, string>) => headers["authorization"]?.split("Signature=")[1];

describe("AWS's published signature vectors", () => {
  test("post-vanilla", () => {
    expect(signer(suite)("", at)["authorization"]).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, " +
        "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
  });

  test("post-x-www-form-urlencoded", () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const vector = signer({ ...suite, headers })("Param1=value1", at);
    expect(signatureOf(vector)).toBe("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  });

  test("post-sts-header-before", () => {
    const sessionToken =
      "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";
    const vector = signer({ ...suite, credentials: { ...credentials, sessionToken } })("", at);
    expect(signatureOf(vector)).toBe("85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead");
  });
});

test("one signer signs every request for its own body, second and day, whatever it signed before", () => {
  const sign = signer(suite);
  const instants = ["23:59:58.999", "23:59:59.000", "23:59:59.999"].map((time) => Date.parse(`2015-08-30T${time}Z`));
  const midnight = Date.parse("2015-08-31T00:00:00Z");
  const requests = [...instants, midnight, at, midnight].flatMap((moment) =>
    ["", "{}"].map((body) => ({ body, moment })),
  );
  const signatures = requests.map(({ body, moment }) => sign(body, moment));
  const afresh = requests.map(({ body, moment }) => signer(suite)(body, moment));
  expect(signatures).toEqual(afresh);
  expect(new Set(signatures.map(signatureOf)).size).toBe(8);
});

const hit: Hit = {
  id: "hit_01J00000000000000000000000",
  code: "abcdEFGH23",
  campaignId: "cmp_1",
  creatorId: "creator",
  at: 1,
  day: "1970-01-01",
  visitor: "0123456789abcdef",
  agent: "Firefox",
  method: "GET",
};

describe("calls", () => {
  test("say what the JSON protocols ask for, signed for their host", async () => {
    const { call, seen, port } = await listening((_, response) => reply(response, 200, { SequenceNumber: "1" }));
    // A starved machine may take longer to connect than a visitor is kept waiting.
    const patient: CallAws = (operation) => call({ ...operation, timeoutMs: 5_000 });
    await clickStream(patient, "clicks").put(hit);
    await overflowQueue(patient, "https://queue").put({ ...hit, retried: true });
    expect(seen.map(({ target }) => target)).toEqual(["Kinesis_20131202.PutRecord", "AmazonSQS.SendMessage"]);
    expect(seen[0]?.headers).toMatchObject({
      host: `127.0.0.1:${port}`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-date": "20150830T123600Z",
      connection: "keep-alive",
    });
    expect(seen[0]?.headers.authorization).toMatch(
      /20150830\/eu-west-1\/kinesis\/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, /,
    );
    const put = z.object({ Data: z.string(), PartitionKey: z.string(), StreamName: z.string() }).parse(seen[0]?.body);
    const record = Buffer.from(put.Data, "base64").toString();
    expect([JSON.parse(record), record.indexOf("\n")]).toEqual([hit, record.length - 1]);
    expect(put).toMatchObject({ PartitionKey: hit.visitor, StreamName: "clicks" });
    expect(seen[1]?.body).toEqual({
      QueueUrl: "https://queue",
      MessageBody: JSON.stringify({ ...hit, retried: true }),
    });
  });

  test("carry a hit as it is, whatever its visitor sent", async () => {
    const bodies: string[] = [];
    const call: CallAws = ({ body }) => Promise.resolve(bodies.push(body));
    const odd = { ...hit, agent: '"}\\\n\u0000\u2028 Käfer 🐞 \ud800', referrerHost: 'blog.example"' };
    await clickStream(call, 'clicks"').put(odd);
    const put = z.strictObject({ StreamName: z.string(), PartitionKey: z.string(), Data: z.base64() });
    const { Data, ...where } = put.parse(JSON.parse(bodies[0] ?? ""));
    expect(where).toEqual({ StreamName: 'clicks"', PartitionKey: hit.visitor });
    expect(parseHit(Buffer.from(Data, "base64").toString())).toEqual(odd);
  });

  test("are signed for their own operation", async () => {
    const { call, seen } = await listening((_, response) => reply(response, 200, {}));
    const operation = { api: "dynamodb", body: "{}", timeoutMs: 5_000 } as const;
    for (const target of ["X.One", "X.Other", "X.One"]) await call({ ...operation, target });
    const [one, other, again] = seen.map(({ headers }) => headers.authorization);
    expect(seen.map(({ target }) => target)).toEqual(["X.One", "X.Other", "X.One"]);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test("reject with the exception's name, a broken reply and an early end included", async () => {
    const operation = { api: "dynamodb", target: "X.Y", body: "{}", timeoutMs: 5_000 } as const;
    const refused = await listening((_, response) =>
      reply(response, 400, { __type: "com.amazonaws#ThrottlingException" }),
    );
    await expect(refused.call(operation)).rejects.toEqual(new AwsRefused("X.Y", 400, "ThrottlingException"));
    const proxied = await listening((_, response) => void response.writeHead(502).end("<html>"));
    await expect(proxied.call(operation)).rejects.toMatchObject({ status: 502, code: "Unknown" });
    const broken = await listening((_, response) => void response.writeHead(200).end("{"));
    await expect(broken.call(operation)).rejects.toThrow(SyntaxError);
    const cut = await listening((_, response) => void response.socket?.destroy());
    await expect(cut.call(operation)).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  test.each<[string, Parameters<typeof listening>[0]]>([
    ["nothing came", () => undefined],
    ["the reply stopped in the middle", (_, response) => void response.writeHead(200).write('{"Sequence')],
  ])("reject when their time is over and %s", async (_what, answer) => {
    const { call } = await listening(answer);
    await expect(clickStream(call, "clicks").put(hit)).rejects.toThrow("no reply within 150 ms");
  });
});

describe("links", () => {
  const item = {
    code: { S: "abcdEFGH23" },
    campaignId: { S: "cmp_1" },
    creatorId: { S: "creator" },
    destinationUrl: { S: "https://shop.example/" },
    disabled: { BOOL: false },
    passQuery: { BOOL: true },
    passClickId: { BOOL: false },
    expiresAt: { S: "2030-01-01T00:00:00Z" },
  };

  test("are read as they are stored", async () => {
    const when = { M: { countries: { L: [{ S: "DE" }] }, from: { S: "2029-01-01T00:00:00Z" } } };
    const elsewhere = {
      rules: { L: [{ M: { priority: { N: "7" }, when, destinationUrl: { S: "https://shop.example/de" } } }] },
      split: { L: [{ M: { destinationUrl: { S: "https://shop.example/a" }, weight: { N: "3" } } }] },
    };
    const { call } = await listening((_, response) => reply(response, 200, { Item: { ...item, ...elsewhere } }));
    expect(await linkStore(call, "table").get("abcdEFGH23")).toMatchObject({
      code: "abcdEFGH23",
      campaignId: "cmp_1",
      creatorId: "creator",
      destination: "https://shop.example/",
      fallback: undefined,
      endsAt: Date.parse("2030-01-01T00:00:00Z"),
      passQuery: true,
      passClickId: false,
      rules: [
        {
          priority: 7,
          when: { countries: ["DE"], from: "2029-01-01T00:00:00Z" },
          destinationUrl: "https://shop.example/de",
        },
      ],
      split: [{ destinationUrl: "https://shop.example/a", weight: 3 }],
      routing: {
        rules: [{ priority: 7, destination: "https://shop.example/de" }],
        shares: [{ destination: "https://shop.example/a", below: 2 ** 32 }],
      },
    });
  });

  test("with a limit are told from those without, and those that are spent", async () => {
    const read = async (more: object) => {
      const { call } = await listening((_, response) => reply(response, 200, { Item: { ...item, ...more } }));
      return linkStore(call, "table").get("abcdEFGH23");
    };
    const none = { maxClicks: { NULL: true }, limitReached: { BOOL: false }, fallbackUrl: { NULL: true } };
    expect(await read(none)).toMatchObject({
      limited: undefined,
      fallback: undefined,
      destination: "https://shop.example/",
    });
    expect(await read({ maxClicks: { N: "3" }, limitReached: { BOOL: false } })).toMatchObject({ limited: true });
    expect(await read({ limitReached: { BOOL: true } })).toMatchObject({ destination: undefined });
  });

  test("that are not there, that are damaged, and a table that fails are told apart", async () => {
    const none = await listening((_, response) => reply(response, 200, {}));
    expect(await linkStore(none.call, "table").get("abcdEFGH23")).toBeUndefined();
    const damaged = await listening((_, response) => reply(response, 200, { Item: { code: item.code } }));
    await expect(linkStore(damaged.call, "table").get("abcdEFGH23")).rejects.toThrow(OwnError);
    const failing = await listening((_, response) => reply(response, 500, { __type: "InternalServerError" }));
    await expect(linkStore(failing.call, "table").get("abcdEFGH23")).rejects.toMatchObject({ status: 500 });
    expect(failing.seen).toHaveLength(2);
  });

  test("are asked for again when a connection breaks", async () => {
    let calls = 0;
    const { call } = await listening((_, response) =>
      (calls += 1) === 1 ? void response.socket?.destroy() : reply(response, 200, { Item: item }),
    );
    expect((await linkStore(call, "table").get("abcdEFGH23"))?.creatorId).toBe("creator");
  });
});
