import { describe, expect, test } from "@jest/globals";
import { checkedDestination } from "#shared/domain/links/destination";

const refusal = (text: string, hosts: readonly string[] = []): string | undefined => {
  try {
    checkedDestination(text, hosts);
    return undefined;
  } catch (error) {
    return (error as { readonly refusal: { readonly code: string } }).refusal.code;
  }
};

const taken: readonly (readonly [written: string, stored: string])[] = [
  ["https://example.com", "https://example.com/"],
  ["https://example.com/", "https://example.com/"],
  ["https://shop.example.com/a/b?c=d&e=f#g", "https://shop.example.com/a/b?c=d&e=f#g"],
  ["HTTPS://EXAMPLE.COM/Path", "https://example.com/Path"],
  ["https://example.com:443/x", "https://example.com/x"],
  ["https://example.com:/x", "https://example.com/x"],
  ["https://example.com/a/../b/./c", "https://example.com/b/c"],
  ["https://example.com?q=1", "https://example.com/?q=1"],
  ["https://example.com#top", "https://example.com/#top"],
  ["https://münchen.de/", "https://xn--mnchen-3ya.de/"],
  ["https://xn--mnchen-3ya.de/", "https://xn--mnchen-3ya.de/"],
  ["https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/"],
  ["https://ＥＸＡＭＰＬＥ.com/", "https://example.com/"],
  ["https://example。com/", "https://example.com/"],
  ["https://%65xample.com/", "https://example.com/"],
  ["https://example.com/ü?ü#ü", "https://example.com/%C3%BC?%C3%BC#%C3%BC"],
  ["https://example.com/🧥", "https://example.com/%F0%9F%A7%A5"],
  ["https://example.com/%00%0d%0a", "https://example.com/%00%0d%0a"],
  ["https://example.com/a@b", "https://example.com/a@b"],
  ["https://example.com/?next=https://user@other.com/", "https://example.com/?next=https://user@other.com/"],
  ["https://example.com/?u=http://127.0.0.1/", "https://example.com/?u=http://127.0.0.1/"],
  ["https://example.com//double//slash", "https://example.com//double//slash"],
  ["https://a.b.c.d.e.example.co.uk/", "https://a.b.c.d.e.example.co.uk/"],
  ["https://my_shop.example.com/", "https://my_shop.example.com/"],
  ["https://1password.com/", "https://1password.com/"],
  ["https://127.0.0.1.nip.io/", "https://127.0.0.1.nip.io/"],
  ["https://local.example.com/", "https://local.example.com/"],
  ["https://localhost.example.com/", "https://localhost.example.com/"],
  ["https://test.com/", "https://test.com/"],
  ["https://latest.dev/", "https://latest.dev/"],
  ["https://blocal.com/", "https://blocal.com/"],
  ["https://shop.example/", "https://shop.example/"],
  [`https://example.com/${"a".repeat(1_980)}`, `https://example.com/${"a".repeat(1_980)}`],
  [`https://${"a".repeat(63)}.com/`, `https://${"a".repeat(63)}.com/`],
];

const refused: Readonly<Record<string, readonly string[]>> = {
  "another scheme, or none": [
    "http://example.com/",
    "ftp://example.com/",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ws://example.com/",
    "wss://example.com/",
    "mailto:jo@example.com",
    "blob:https://example.com/x",
    "view-source:https://example.com/",
    "tel:+123",
    "about:blank",
    "//example.com/",
    "/path",
    "example.com",
    "example.com/path",
    "",
    "https",
    "https:",
    "https://",
    "https:///",
    "https:///example.com/",
    "https:/example.com/",
    "https:example.com",
    "httpss://example.com/",
    "xhttps://example.com/",
    "https//example.com",
    "https://?q",
    "https://#x",
    "intent://example.com#Intent;end",
  ],
  credentials: [
    "https://user@example.com/",
    "https://user:pass@example.com/",
    "https://:pass@example.com/",
    "https://@example.com/",
    "https://:@example.com/",
    "https://example.com@evil.com/",
    "https://example.com%2f@evil.com/",
    "https://example.com:443@evil.com/",
    "https://a@b@evil.com/",
  ],
  "another port": [
    "https://example.com:80/",
    "https://example.com:8443/",
    "https://example.com:4430/",
    "https://example.com:0/",
    "https://example.com:65536/",
    "https://example.com:22/",
    "https://example.com:-1/",
    "https://example.com:http/",
  ],
  "an address for a host": [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.0.1./",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://172.16.0.1/",
    "https://8.8.8.8/",
    "https://0/",
    "https://0.0.0.0/",
    "https://255.255.255.255/",
    "https://１２７.０.０.１/",
    "https://①②⑦.0.0.1/",
    "https://127%2e0%2e0%2e1/",
    "https://[::1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[2001:db8::1]/",
    "https://[fd00:ec2::254]/",
    "https://[::1%25eth0]/",
    "https://::1/",
    "https://1.2.3/",
    "https://999.999.999.999/",
    "https://example.0x7f/",
  ],
  "a host that is not public": [
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://ｌocalhost/",
    "https://app.localhost/",
    "https://x.localdomain/",
    "https://printer.local/",
    "https://api.internal/",
    "https://metadata.google.internal/",
    "https://wiki.intranet/",
    "https://nas.lan/",
    "https://router.home/",
    "https://router.home.arpa/",
    "https://mail.corp/",
    "https://x.mail/",
    "https://a.private/",
    "https://a.test/",
    "https://A.TEST/",
    "https://a.invalid/",
    "https://duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion/",
    "https://x.alt/",
    "https://1.0.0.127.in-addr.arpa/",
    "https://intranet/",
    "https://shop/",
    "https://com/",
    "https://example.com./",
  ],
  "a host that is no name": [
    "https://.example.com/",
    "https://example..com/",
    "https://-example.com/",
    "https://example-.com/",
    "https://*.example.com/",
    "https://exa mple.com/",
    "https://exa<mple.com/",
    "https://exa|mple.com/",
    "https://%00example.com/",
    "https://example.com%20/",
    "https://exa$mple.com/",
    "https://exa'mple.com/",
    "https://a,b.com/",
    `https://${"a".repeat(64)}.com/`,
    `https://${"a.".repeat(130)}com/`,
  ],
  "characters that readers and browsers see differently": [
    "https:\\\\example.com\\",
    "https://example.com\\@evil.com/",
    "https://example.com\\.evil.com/",
    "https://example.com/\\evil",
    " https://example.com/",
    "https://example.com/ ",
    "https://example.com/a b",
    "https://exam\tple.com/",
    "https://example.com/\r\nSet-Cookie: a=b",
    "https://example.com/\u0000",
    "https://example.com/\u007f",
    "https://example.com/\u0085",
    "https://example.com/\u00a0",
    "https://exa\u00admple.com/",
    "https://exa\u200bmple.com/",
    "https://example.com/\u202egpj.exe",
    "https://example.com/\u2028",
    "https://example.com/\u3000",
    "\ufeffhttps://example.com/",
    "https://example.com/\ud800",
    "https://example.com/\ue000",
    "java\nscript:alert(1)",
  ],
  "too many characters": [`https://example.com/${"a".repeat(1_981)}`, `https://example.com/?${"ü".repeat(400)}`],
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
