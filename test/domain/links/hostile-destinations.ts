/** Families of addresses that nobody may be sent to. Each member is a spelling of its own; none is there twice. */
import { domainToASCII } from "node:url";
import { isPrivateSample, notationsOf } from "./address-notations.ts";

/** Letters, and others that are drawn like them: Cyrillic, Greek and Armenian. */
const twins: Readonly<Record<string, readonly string[]>> = {
  a: ["\u0430", "\u03b1"],
  c: ["\u0441"],
  d: ["\u0501"],
  e: ["\u0435"],
  g: ["\u0581"],
  h: ["\u04bb", "\u0570"],
  i: ["\u0456", "\u03b9"],
  l: ["\u04cf"],
  n: ["\u0578"],
  o: ["\u043e", "\u03bf", "\u0585"],
  p: ["\u0440", "\u03c1"],
  s: ["\u0455"],
  u: ["\u057d"],
  x: ["\u0445"],
  y: ["\u0443"],
};
const brands = [
  "paypal",
  "apple",
  "google",
  "amazon",
  "instagram",
  "facebook",
  "netflix",
  "stripe",
  "shopify",
  "adidas",
];
/** One letter of a well-known name replaced by each of its twins. */
const homographs = brands.flatMap((brand) =>
  [...brand].flatMap((letter, at) =>
    (twins[letter] ?? []).map((twin) => `${brand.slice(0, at)}${twin}${brand.slice(at + 1)}.com`),
  ),
);
/** Words of nothing but Cyrillic letters that are read as Latin. */
const wholeWords = ["аррӏе", "раура", "ѕсоре", "сосоа", "хосо", "еԁе", "ѕрасе", "јоу", "расе-365", "ԛԝе", "һорре"];
/** Latin letters that no alphabet of today has, drawn like those that all have. */
const uncommon = ["\u0262oogle", "\u0261oogle", "face\u0185ook", "\u0251pple", "p\u0251yp\u0251l", "\u1d04isco", "\u1d0frange", "\ua731tripe", "\u1d20isa", "\u1d21ix", "\u1d22ara", "\u0280olex", "\u026akea", "pa\u028fpal", "\u029fego", "u\u1d18s", "\u01bdkype", "dhl\u01c0", "\u0237\u1d05", "me\u0223a"]; // prettier-ignore
/** Mixed in other ways, and scripts that nobody's keyboard has. */
const mixtures = [
  "日本καλ", "кириллица漢字", "עבריתabc", "عربيabc", "ไทยabc", "देवabc", "кофеshop", "shopкофе", "ελλrus", "რusg",
  "ᎢᎬᎢ", "ᚠᚢᚦ", "ⵣⵎⵔ", "ᚐᚁᚂ", "ꓮꓲꓲ", "ⲁⲃⲅ", "𐌰𐌱𐌲", "한국кофе", "ㄅㄆкофе", "かなкофе",
].map((label) => `${label}.com`); // prettier-ignore

const controls = [
  0x00, 0x01, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b, 0x1f, 0x20, 0x7f, 0x80, 0x9f, 0xa0, 0xad, 0x61c, 0x180e, 0x1680,
  0x2000, 0x200a, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202d, 0x202e, 0x202f, 0x205f, 0x2060,
  0x2066, 0x2069, 0x3000, 0xfeff, 0xfff9, 0xfffb, 0xe000, 0xe0001, 0xe0041, 0xf0000, 0x1d173,
].map((point) => String.fromCodePoint(point)); // prettier-ignore

const schemes = [
  "http", "HTTP", "ftp", "ftps", "sftp", "ssh", "file", "javascript", "JavaScript", "vbscript", "data", "blob",
  "filesystem", "ws", "wss", "mailto", "sms", "tel", "facetime", "intent", "android-app", "ios-app", "market", "itms",
  "itms-services", "ms-settings", "ms-msdt", "search-ms", "chrome", "chrome-extension", "moz-extension", "about",
  "resource", "view-source", "jar", "gopher", "ldap", "ldaps", "dict", "smb", "nfs", "telnet", "magnet", "bitcoin",
  "steam", "slack", "zoommtg", "urn", "ipfs", "cid",
]; // prettier-ignore

const ports = [
  1, 21, 23, 25, 53, 79, 81, 110, 143, 444, 445, 993, 1080, 3000, 3306, 5432, 6379, 8000, 8080, 8444, 9200, 27017,
  65535, 65537,
];

const specialNames = [
  "localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "mail", "private", "test", "invalid",
  "onion", "alt", "arpa",
]; // prettier-ignore

const badPunycode = [
  "xn--", "xn--a", "xn--0", "xn--zzzzzzzz", "xn--example-", "xn--a-", "xn--xn--a", "xn--99999999", "xn--\u00fc",
  "xn--shop-", "xn--google-", "xn---", "xn--abc-def-", "xn--ls8h=", "xn--a-ecp.xn--",
].map((label) => `${label}.com`); // prettier-ignore

const credentials = [
  "paypal.com",
  "www.paypal.com:443",
  "a:b",
  "a%40b",
  "a%3ab",
  "%20",
  "%00",
  "https%3a%2f%2fpaypal.com",
  "ü",
  "login;x=1",
];

const inBothSpellings = (hosts: readonly string[]): readonly string[] => [
  ...new Set(hosts.flatMap((host) => [`https://${host}/login`, `https://${domainToASCII(host)}/login`])),
];

export const hostile: Readonly<Record<string, readonly string[]>> = {
  "an address in another notation": isPrivateSample.flatMap((address) =>
    notationsOf(address).map((host) => `https://${host}/admin`),
  ),
  "one letter of a known name, by a twin of another script": inBothSpellings(homographs),
  "words that are Cyrillic and read as Latin": inBothSpellings(wholeWords.map((word) => `${word}.com`)),
  "Latin letters that nobody writes": inBothSpellings(uncommon.map((word) => `${word}.com`)),
  "scripts in one label that nobody writes together": inBothSpellings(mixtures),
  "punycode that says something else, or nothing": badPunycode.map((host) => `https://${host}/x`),
  "characters of control and format": controls.flatMap((sign) => [
    `https://shop${sign}.example.com/x`,
    `https://example.com/a${sign}b`,
    `https://example.com/?q=a${sign}b`,
  ]),
  "schemes of every kind": schemes.flatMap((scheme) => [`${scheme}://shop.example.com/`, `${scheme}:shop.example.com`]),
  "ports of services": ports.map((port) => `https://shop.example.com:${port}/`),
  "names that are not public": specialNames.flatMap((name) => [
    `https://shop.${name}/`,
    `https://a.b.${name.toUpperCase()}/x`,
    `https://shop.${name}./`,
  ]),
  "names before an at sign": credentials.map((name) => `https://${name}@shop.example.com/`),
};
