import { describe, expect, test } from "@jest/globals";
import { checkedDestination } from "#shared/domain/links/destination";
import { refused, taken } from "./destinations.ts";
import { harmless } from "./harmless-destinations.ts";
import { hostile } from "./hostile-destinations.ts";
import { ownLinks } from "./hostile-redirects.ts";

const checked = (text: string, allowedHosts: readonly string[] = []): string =>
  checkedDestination(text, { allowedHosts, linkHost: "go.example.com" });

const refusal = (text: string, hosts: readonly string[] = []): string | undefined => {
  try {
    checked(text, hosts);
    return undefined;
  } catch (error) {
    return (error as { readonly refusal: { readonly code: string } }).refusal.code;
  }
};

const families = Object.entries({ ...refused, ...hostile, ...ownLinks });

test("the corpus is large, and says nothing twice", () => {
  const [bad, good] = [families.flatMap(([, urls]) => urls), [...taken.map(([written]) => written), ...harmless]];
  const all = [...bad, ...good];
  expect(all.filter((url, at) => all.indexOf(url) !== at)).toEqual([]);
  expect(bad.length).toBeGreaterThanOrEqual(500);
  expect(good.length).toBeGreaterThanOrEqual(200);
});

describe("a destination is taken", () => {
  test.each(taken)("%s", (written, stored) => {
    expect(checked(written)).toBe(stored);
    expect(checked(stored)).toBe(stored);
  });

  test("whatever people link to, as browsers spell it", () => {
    for (const url of harmless) expect([url, checked(url)]).toEqual([url, new URL(url).href]);
  });
});

describe("a destination is refused for", () => {
  test.each(families)("%s", (_why, urls) => {
    const wrong = urls.filter((url) => {
      // Also when the campaign would allow whatever it parses into.
      const hosts = ["example.com", "*.example.com", "evil.com", "127.0.0.1", "localhost"];
      return [refusal(url), refusal(url, hosts)].some((code) => code !== "link.destination_refused");
    });
    expect(wrong).toEqual([]);
  });
});

test.each([
  ["http://example.com/", "https://"],
  ["https://user@example.com/", "credentials"],
  ["https://example.com:8443/", "standard port"],
  ["https://10.0.0.1/", "not an address"],
  ["https://nas.lan/", "public host"],
  ["https://example.com/a b", "characters"],
  ["https://еxample.com/", "looks like another"],
  ["https://go.example.com/t/abcdEFGH23", "another link"],
  ["https://example.com/?to=https%3A%2F%2Fgo.example.com%2Ft%2FabcdEFGH23", "by way of somebody else"],
  [`https://example.com/${"a".repeat(1_981)}`, "2000 characters"],
])("%s is refused with a reason that says %p", (url, reason) => {
  expect(() => checked(url)).toThrow(reason);
});

describe("a campaign's hosts", () => {
  test.each([
    ["https://example.com/", ["example.com"], undefined],
    ["https://EXAMPLE.com/", ["example.com"], undefined],
    ["https://www.example.com/", ["example.com"], "link.host_not_allowed"],
    ["https://www.example.com/", ["*.example.com"], undefined],
    ["https://a.b.example.com/", ["*.example.com"], undefined],
    ["https://example.com/", ["*.example.com"], "link.host_not_allowed"],
    ["https://badexample.com/", ["*.example.com"], "link.host_not_allowed"],
    ["https://badexample.com/", ["example.com"], "link.host_not_allowed"],
    ["https://example.com.evil.com/", ["example.com", "*.example.com"], "link.host_not_allowed"],
    ["https://evil.com/?https://example.com/", ["example.com"], "link.host_not_allowed"],
    ["https://evil.com#example.com", ["example.com"], "link.host_not_allowed"],
    ["https://evil.com/.example.com", ["*.example.com"], "link.host_not_allowed"],
    ["https://münchen.de/", ["xn--mnchen-3ya.de"], undefined],
    ["https://пример.рф/", ["example.com"], "link.host_not_allowed"],
    ["https://b.com/", ["a.com", "b.com"], undefined],
    ["https://anything.com/", [], undefined],
  ])("%s of %p: %s", (url, hosts, code) => {
    expect(refusal(url, hosts)).toBe(code);
  });
});
