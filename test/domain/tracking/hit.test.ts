import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeTime, isValid } from "ulid";
import { idOf } from "#shared/domain/kernel/ids";
import { CODE_ALPHABET } from "#shared/domain/links/code";
import { hitId, hitOf, referrerHost, utcDay } from "#shared/domain/tracking/hit";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { wantedBy } from "#shared/domain/tracking/redirect";

const instants = fc.integer({ min: 0, max: Date.parse("2200-01-01") });
const random = fc.uint8Array({ minLength: 16, maxLength: 16 });

test("ids are this house's: a prefix and a ULID of their instant", () => {
  fc.assert(
    fc.property(instants, random, (at, bytes) => {
      const id = hitId(at, bytes);
      expect(idOf("hit").safeParse(id).success).toBe(true);
      expect(isValid(id.slice(4))).toBe(true);
      expect(decodeTime(id.slice(4))).toBe(at);
    }),
  );
});

test("a hit comes out of the stream as it went in, whatever the visitor sent", () => {
  const visit = fc.record({
    method: fc.constantFrom("GET", "HEAD"),
    agent: fc.string(),
    purpose: fc.string(),
    referrer: fc.webUrl(),
    country: fc.constantFrom("", "DE"),
    asn: fc.oneof(fc.constantFrom("", "0", "16509", "4294967295", "4294967296", "-1", "1e9", "AS16509"), fc.string()),
    query: fc.constantFrom("", "src=qr", "a=1&src=qr", "src=qrs"),
  });
  fc.assert(
    fc.property(
      instants,
      random,
      visit,
      fc.constantFrom("click", "view"),
      fc.constantFrom(true, undefined),
      (...drawn) => {
        const [at, bytes, sent, kind, limited] = drawn;
        const link = { code: "abcdEFGH23", campaignId: "cmp_1", creatorId: "creator-1", limited };
        const led = { rule: limited && 3, variant: limited && 0 };
        const origin = { id: hitId(at, bytes), at, day: utcDay(at), visitor: "0123456789abcdef", link, kind, ...led };
        const hit = hitOf(origin, sent);
        expect(parseHit(JSON.stringify(hit))).toEqual(JSON.parse(JSON.stringify(hit)));
      },
    ),
  );
});

test("a hit has the number of its network, where that is one", () => {
  const link = { code: "abcdEFGH23", campaignId: "cmp_1", creatorId: "creator-1" };
  const origin = { id: "hit_1", at: 1, day: "2026-03-01", visitor: "0123456789abcdef", link, kind: "click" } as const;
  const sent = { method: "GET", agent: "", purpose: "", referrer: "", country: "", query: "" };
  const asnOf = (asn: string) => hitOf(origin, { ...sent, asn }).asn;
  expect(["16509", "4294967295", "", "0", "AS16509"].map(asnOf)).toEqual([16_509, 4_294_967_295, ...Array(3)]);
});

test("what is no hit is said to be none", () => {
  const good = {
    id: "hit_1",
    code: "abcdEFGH23",
    campaignId: "c",
    creatorId: "c",
    at: 1,
    day: "2026-03-01",
    visitor: "0123456789abcdef",
    agent: "",
    method: "GET",
  };
  expect(parseHit(JSON.stringify({ ...good, more: 1 }))).toEqual(good);
  for (const text of ["", "{", "null", "[]", "{}", "1"]) expect(parseHit(text)).toBeUndefined();
  const wrong = {
    id: "",
    code: 1,
    campaignId: "c".repeat(129),
    creatorId: null,
    at: 1.5,
    day: "today",
    visitor: "0123456789ABCDEF",
    agent: "a".repeat(257),
    method: "POST",
    purpose: 1,
    referrerHost: {},
  };
  for (const [name, value] of Object.entries(wrong))
    expect([name, parseHit(JSON.stringify({ ...good, [name]: value }))]).toEqual([name, undefined]);
});

test("days change at midnight UTC", () => {
  expect(utcDay(Date.parse("2026-03-01T23:59:59.999Z"))).toBe("2026-03-01");
  expect(utcDay(Date.parse("2026-03-02T00:00:00.000Z"))).toBe("2026-03-02");
});

test("a day is that of its instant, whichever was asked for before", () => {
  const near = fc.integer({ min: Date.parse("2026-02-27"), max: Date.parse("2026-03-02") });
  fc.assert(fc.property(near, (at) => expect(utcDay(at)).toBe(new Date(at).toISOString().slice(0, 10))));
});

test.each([
  ["https://blog.example/private?token=1", "blog.example"],
  ["https://user:secret@blog.example:8443/", "blog.example:8443"],
  ["android-app://com.instagram.android/", "com.instagram.android"],
  ["about:blank", undefined],
  ["nonsense", undefined],
  ["", undefined],
])("of the referrer %j only %j is kept", (referrer, host) => expect(referrerHost(referrer)).toBe(host));

test("the click path takes the codes that links are given", () => {
  expect(wantedBy(`/t/${CODE_ALPHABET.slice(0, 16)}`)).toBeDefined();
  for (const symbol of CODE_ALPHABET) expect(wantedBy(`/t/${symbol.repeat(8)}`)?.code).toBe(symbol.repeat(8));
  for (const symbol of "01oilIOL".split("").filter((one) => !CODE_ALPHABET.includes(one)))
    expect(wantedBy(`/t/${symbol.repeat(8)}`)).toBeUndefined();
});
