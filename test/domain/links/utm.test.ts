import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Utm, withLandings } from "#shared/domain/links/utm";

const names = { creatorId: "creator-1", campaignId: "cmp_1", code: "abcdEFGH23" };
const led = (destinationUrl: string, utm: Utm | null) =>
  withLandings({ ...names, destinationUrl, landingUrl: "https://old.example/", utm, rules: [], split: [] }).landingUrl;

test.each([
  ["https://shop.example/", "https://shop.example/?utm_source=ig"],
  ["https://shop.example/p?a=%20b&a=c#buy", "https://shop.example/p?a=%20b&a=c&utm_source=ig#buy"],
  ["https://shop.example/?utm_source=theirs", null],
  ["https://shop.example/?utm%5Fsource=", null],
])("%s leads to %s", (destination, landing) => expect(led(destination, { source: "ig" })).toBe(landing));

test("what is left open is the link's own, and spelled so that it stays one value", () => {
  const utm = { source: "{creatorId}", medium: "a&b=c", campaign: "{campaignId}/{code}" };
  const landing = new URL(led("https://shop.example/?utm_medium=x", utm) ?? "");
  expect([...landing.searchParams]).toEqual([
    ["utm_medium", "x"],
    ["utm_source", "creator-1"],
    ["utm_campaign", "cmp_1/abcdEFGH23"],
  ]);
  expect(led("https://shop.example/", null)).toBeNull();
  expect(led("https://shop.example/", {})).toBeNull();
});

test("rules and shares are led as the destination is, and a template that is taken away leaves nothing", () => {
  const way = { destinationUrl: "https://shop.example/way" };
  const rules = [{ ...way, priority: 1, when: { countries: ["DE"] } }];
  const link = { ...names, ...way, landingUrl: null, utm: { term: "t" }, rules, split: [{ ...way, weight: 1 }] };
  const landingUrl = "https://shop.example/way?utm_term=t";
  const landed = withLandings(link);
  expect(landed).toEqual({
    ...link,
    landingUrl,
    rules: rules.map((rule) => ({ ...rule, landingUrl })),
    split: [{ ...way, weight: 1, landingUrl }],
  });
  expect(withLandings(landed)).toEqual(landed);
  expect(withLandings({ ...landed, utm: null })).toEqual({ ...link, utm: null });
});

test("never changes what an address says already", () => {
  const addresses = fc.webUrl({ withFragments: true, withQueryParameters: true });
  const texts = fc.option(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), { nil: undefined });
  const templates = fc.record({ source: texts, medium: texts, content: texts });
  fc.assert(
    fc.property(addresses, templates, (address, template) => {
      const parsed = Utm.safeParse(template);
      fc.pre(parsed.success);
      const before = new URL(address);
      const after = new URL(led(before.href, parsed.data ?? {}) ?? before.href);
      expect([after.origin, after.pathname, after.hash]).toEqual([before.origin, before.pathname, before.hash]);
      expect([...after.searchParams].slice(0, before.searchParams.size)).toEqual([...before.searchParams]);
    }),
  );
});

test.each([
  ["an open place that nobody fills in", { source: "{brandId}" }],
  ["half a place", { source: "{creatorId" }],
  ["a control character", { source: "a\n" }],
  ["nothing", { source: "" }],
  ["a parameter of no template", { id: "1" }],
])("%s is no template", (_what, template) => expect(Utm.safeParse(template).success).toBe(false));
