import { describe, expect, test } from "@jest/globals";
import { agentClass, agentClassifier, countClass } from "#shared/domain/tracking/classification";
import { rules } from "#shared/domain/tracking/classification-rules";

const person = {
  method: "GET",
  agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
} as const;

const visitors: readonly (readonly [string, string])[] = [
  [
    "Chrome",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  ],
  [
    "Safari on a phone",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  ],
  [
    "Instagram's own browser",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 390.0.0.28.85 (iPhone16,2; iOS 18_5; en_GB; en-GB; scale=3.00; 1290x2796)",
  ],
  [
    "Instagram on a Google Pixel",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A.250205.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/133.0.6943.50 Mobile Safari/537.36 Instagram 368.0.0.46.92 Android (35/15; 420dpi; 1080x2219; Google/google; Pixel 9; tokay; tokay; en_GB; 700000000)",
  ],
  [
    "TikTok's own browser",
    "Mozilla/5.0 (Linux; Android 14; SM-S918B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 trill_370104 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/musical_ly",
  ],
  [
    "a Cubot phone",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
  ],
];

const robots = [
  "",
  "   ",
  "curl/8.9.1",
  "Wget/1.24",
  "python-requests/2.32",
  "node",
  "Go-http-client/2.0",
  "okhttp/4.12.0",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
];

const unfurlers = [
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "Twitterbot/1.0",
  "WhatsApp/2.23.20.0 A",
  "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
  "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
  "TelegramBot (like TwitterBot)",
];

test.each(visitors)("%s is a visitor", (_, agent) => expect(agentClass({ ...person, agent })).toBeUndefined());
test.each(robots)("%j is a bot", (agent) => expect(agentClass({ ...person, agent })).toBe("bot"));
test.each(unfurlers)("%s is a preview", (agent) => expect(agentClass({ ...person, agent })).toBe("preview"));
test.each(["prefetch", "prefetch;prerender", "Prefetch", "preview"])("purpose %s is a prefetch", (purpose) =>
  expect(agentClass({ ...person, purpose })).toBe("prefetch"),
);

describe("of several signs", () => {
  test.each([
    ["HEAD by a bot that prefetches", { method: "HEAD", agent: "curl/8", purpose: "prefetch" }, "head"],
    ["a bot that prefetches", { method: "GET", agent: "curl/8", purpose: "prefetch" }, "prefetch"],
    ["an unfurler, which robot lists know as well", { method: "GET", agent: "Twitterbot/1.0" }, "preview"],
  ] as const)("%s is counted by the first in order", (_, hit, expected) => expect(agentClass(hit)).toBe(expected));

  test("a batch sees what a single hit sees", () => {
    const classOf = agentClassifier();
    const agents = [...robots, ...unfurlers, ...robots].map((agent) => ({ ...person, agent }));
    const hits = [
      person,
      person,
      { ...person, method: "HEAD" as const },
      { ...person, purpose: "prefetch" },
      ...agents,
    ];
    expect(hits.map(classOf)).toEqual(hits.map(agentClass));
  });
});

describe("a browser from a data centre", () => {
  const AWS = 16_509;
  test.each([
    ["as a person", person, "datacentre"],
    ["that names itself", { ...person, agent: "Googlebot/2.1" }, "bot"],
    ["that draws a card", { ...person, agent: "Twitterbot/1.0" }, "preview"],
    ["that prefetches", { ...person, purpose: "prefetch" }, "prefetch"],
    ["that asks for the head alone", { ...person, method: "HEAD" }, "head"],
    ["for a pixel: a mail's, by its program's proxy", { ...person, kind: "view" }, undefined],
  ] as const)("%s", (_what, hit, expected) => {
    expect([agentClass({ ...hit, asn: AWS }), agentClassifier()({ ...hit, asn: AWS })]).toEqual([expected, expected]);
  });

  test("is none where people leave by the network: relays, VPNs, providers, and Google's own", () => {
    const people = [13_335, 54_113, 20_940, 36_183, 9_009, 60_068, 212_238, 15_169, 35_540, 3_320, 7_922];
    expect(people.filter((asn) => agentClass({ ...person, asn }) !== undefined)).toEqual([]);
    expect(agentClass({ ...person, asn: undefined })).toBeUndefined();
  });

  test("is known by the network of any operator of the list, each network named once", () => {
    const networks = rules.dataCentres.flatMap(({ networks: all }) => all as readonly number[]);
    expect(networks.filter((asn) => agentClass({ ...person, asn }) !== "datacentre")).toEqual([]);
    expect(new Set(networks).size).toBe(networks.length);
  });
});

test("one hit is valid, 99 are repeats, the rest is a burst", () => {
  const classes = Array.from({ length: 103 }, (_, before) => countClass(before));
  expect(classes.filter((one) => one === "valid")).toHaveLength(1);
  expect(classes.filter((one) => one === "repeat")).toHaveLength(99);
  expect(classes.slice(99)).toEqual(["repeat", "burst", "burst", "burst"]);
});
