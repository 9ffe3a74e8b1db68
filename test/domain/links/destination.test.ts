import { describe, expect, test } from "@jest/globals";
import { checkedDestination } from "#shared/domain/links/destination";
import { refused, taken } from "./destinations.ts";

const refusal = (text: string, hosts: readonly string[] = []): string | undefined => {
  try {
    checkedDestination(text, hosts);
    return undefined;
  } catch (error) {
    return (error as { readonly refusal: { readonly code: string } }).refusal.code;
  }
};

test("the corpus is large", () => {
  expect(taken.length + Object.values(refused).flat().length).toBeGreaterThanOrEqual(160);
});

describe("a destination is taken", () => {
  test.each(taken)("%s", (written, stored) => {
    expect(checkedDestination(written, [])).toBe(stored);
    expect(checkedDestination(stored, [])).toBe(stored);
  });
});

describe.each(Object.entries(refused))("a destination is refused for %s", (_why, urls) => {
  test.each(urls.map((url) => [JSON.stringify(url), url]))("%s", (_shown, url) => {
    expect(refusal(url)).toBe("link.destination_refused");
    // Also when the campaign would allow whatever it parses into.
    expect(refusal(url, ["example.com", "*.example.com", "evil.com", "127.0.0.1", "localhost"])).toBe(
      "link.destination_refused",
    );
  });
});

test.each([
  ["http://example.com/", "https://"],
  ["https://user@example.com/", "credentials"],
  ["https://example.com:8443/", "standard port"],
  ["https://10.0.0.1/", "not an address"],
  ["https://nas.lan/", "public host"],
  ["https://example.com/a b", "characters"],
  [`https://example.com/${"a".repeat(1_981)}`, "2000 characters"],
])("%s is refused with a reason that says %p", (url, reason) => {
  expect(() => checkedDestination(url, [])).toThrow(reason);
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
    ["https://еxample.com/", ["example.com"], "link.host_not_allowed"],
    ["https://b.com/", ["a.com", "b.com"], undefined],
    ["https://anything.com/", [], undefined],
  ])("%s of %p: %s", (url, hosts, code) => {
    expect(refusal(url, hosts)).toBe(code);
  });
});
