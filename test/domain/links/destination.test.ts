import { describe, expect, test } from "@jest/globals";
import { checkedDestination } from "#shared/domain/links/destination";

const codeOf = (url: string, hosts: readonly string[] = []): string => {
  try {
    return `ok ${checkedDestination(url, hosts)}`;
  } catch (error) {
    return (error as { refusal: { code: string } }).refusal.code;
  }
};

const schemes = [
  "http",
  "ftp",
  "file",
  "javascript",
  "data",
  "vbscript",
  "blob",
  "ws",
  "wss",
  "mailto",
  "tel",
  "ssh",
  "gopher",
  "about",
  "view-source",
];
const refused = [
  ...schemes.map((scheme) => `${scheme}://example.com/`),
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "//example.com", "///example.com", "/path", "example.com", "",
  "https:example.com", "https:/example.com", "https:///example.com", "https://", "https:\\\\example.com", "https://exa\\mple.com/",
  "https://example.com\\@evil.com", "https://example.com/\n", "https://exa\tmple.com", " https://example.com", "https://example.com ",
  "https://user@example.com", "https://user:pass@example.com", "https://:@example.com@evil.com", "https://example.com@evil.com/",
  "https://example.com:8443", "https://example.com:80/", "https://example.com:0", "https://example.com:99999",
  "https://127.0.0.1", "https://10.0.0.1/", "https://169.254.169.254/latest/meta-data", "https://192.168.1.1", "https://0.0.0.0", "https://1",
  "https://2130706433", "https://0x7f000001", "https://0x7f.1", "https://017700000001", "https://127.1", "https://1.1.1.1", "https://[::1]",
  "https://[::ffff:127.0.0.1]/", "https://[fe80::1]", "https://[2001:db8::1]", "https://１２７.0.0.1", "https://①②⑦.0.0.1",
  "https://localhost", "https://localhost.", "https://foo.localhost", "https://intranet", "https://printer.local", "https://db.internal",
  "https://host.lan", "https://nas.home", "https://x.corp", "https://x.private", "https://x.test", "https://x.invalid", "https://x.onion",
  "https://x.alt", "https://1.0.0.127.in-addr.arpa", "https://home.arpa", "https://example.com.", "https://.example.com", "https://exa mple.com",
  "https://example..com", "https://-/", "https://%00.example.com", `https://example.com/${"x".repeat(2_000)}`,
]; // prettier-ignore

describe("where a short link may lead", () => {
  test(`not to any of ${refused.length} hostile addresses`, () => {
    expect(refused.length).toBeGreaterThanOrEqual(80);
    expect(refused.filter((url) => codeOf(url) !== "link.destination_refused")).toEqual([]);
  });

  test.each([
    ["https://example.com", "https://example.com/"],
    ["HTTPS://Example.COM/Path?a=b#c", "https://example.com/Path?a=b#c"],
    ["https://example.com:443/", "https://example.com/"],
    ["https://bücher.example.org/", "https://xn--bcher-kva.example.org/"],
    ["https://a.b.c.example.co.uk/x", "https://a.b.c.example.co.uk/x"],
    ["https://example.com/%2F..%2F?u=https://evil.com", "https://example.com/%2F..%2F?u=https://evil.com"],
  ])("to %s, normalised", (given, normalised) => {
    expect(codeOf(given)).toBe(`ok ${normalised}`);
  });

  test.each<[string, string, boolean]>([
    ["example.com", "https://example.com/", true],
    ["example.com", "https://www.example.com/", false],
    ["example.com", "https://notexample.com/", false],
    ["*.example.com", "https://www.example.com/", true],
    ["*.example.com", "https://a.b.example.com/", true],
    ["*.example.com", "https://example.com/", false],
    ["*.example.com", "https://evilexample.com/", false],
    ["*.example.com", "https://example.com.evil.org/", false],
  ])("under the host pattern %s: %s is %s", (pattern, url, allowed) => {
    expect(codeOf(url, [pattern])).toBe(allowed ? `ok ${url}` : "link.host_not_allowed");
  });

  test("one of several patterns is enough", () => {
    expect(codeOf("https://b.example/", ["a.example", "b.example"])).toBe("ok https://b.example/");
  });
});
