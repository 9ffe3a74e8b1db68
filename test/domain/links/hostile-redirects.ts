/** Ways back to a link of ours: straight, and by those who send people on. */

const link = "https://go.example.com/t/abcdEFGH23";
const redirectors = [
  "https://www.google.com/url?q=",
  "https://l.facebook.com/l.php?u=",
  "https://l.instagram.com/?u=",
  "https://out.reddit.com/?url=",
  "https://www.youtube.com/redirect?q=",
  "https://t.umblr.com/redirect?z=",
  "https://steamcommunity.com/linkfilter/?url=",
  "https://web.archive.org/web/2026/",
  "https://shop.example.com/login?next=",
  "https://shop.example.com/logout#returnTo=",
  "https://track.example.net/r/",
];
const escaped = (text: string, times: number): string =>
  times === 0 ? text : escaped(encodeURIComponent(text), times - 1);
const spellings = [
  ...[0, 1, 2, 3, 4].map((times) => escaped(link, times)),
  "go.example.com/t/abcdEFGH23",
  "//go.example.com/t/abcdEFGH23",
  "HTTPS://GO.EXAMPLE.COM/t/abcdEFGH23",
  "https://go.example.com:443/t/abcdEFGH23",
  "https%3a%2F%2Fgo%2Eexample%2ecom%2ft%2fabcdEFGH23",
  "https:%5C%5Cgo.example.com%5Ct%5CabcdEFGH23",
  "https://user@go.example.com/t/abcdEFGH23",
  // What browsers fold, drop or walk up and down before they ask for it.
  "https://go.example.com/./t/abcdEFGH23",
  "https://go.example.com/x/../t/abcdEFGH23",
  "https://go.example.com/%2e/x/y/.%2e/../t/abcdEFGH23",
  "https://go.example.com/%09t/abcdEFGH23",
  "https://go.exa%0Ample.com/t/abcdEFGH23",
  "https://go%E3%80%82example%EF%BD%A1com/t/abcdEFGH23",
  "https://%EF%BD%87%EF%BD%8F.example.com/t/abcdEFGH23",
  "https://g%C2%ADo.exam%E2%80%8Bple.com/t/abcdEFGH23",
  "https://go.exam%CD%8Fple.com/t/abcdEFGH23",
  ...[1, 2].map((times) => escaped("https://ｇｏ。example.com/x/../t/abcdEFGH23", times)),
  // Ends of lines that are no control characters.
  ...["%E2%80%A8", "%E2%80%A9"].map((end) => escaped(`https://go.example.com/x${end}/../t/abcdEFGH23`, 1)),
];

export const ownLinks: Readonly<Record<string, readonly string[]>> = {
  "another link of ours": [
    link,
    "https://GO.example.com/t/abcdEFGH23",
    "https://go.example.com:443/t/abcdEFGH23",
    "https://go.example.com/",
    "https://go.example.com/v1/health",
    "https://ｇｏ.example.com/t/abcdEFGH23",
    "https://go%2eexample.com/t/abcdEFGH23",
  ],
  "another link of ours by somebody's redirect": redirectors.flatMap((by) => spellings.map((text) => `${by}${text}`)),
  // Each layer makes the next; beside our host by the dozen, all of them took a fifth of a second.
  "more layers of escapes than anybody takes off": [
    `https://example.net/?u=${"%3".repeat(900)}%35`,
    `https://example.net/?u=${"go.example.com/".repeat(60)}${"%3".repeat(480)}%35`,
    `https://example.net/?u=${"%3".repeat(20)}%35`,
  ],
};
