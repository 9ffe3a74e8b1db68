import { expect, test } from "@jest/globals";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { acting, eventFor, link } from "./visits.ts";

test.each([
  ["src=qr", true, "size=xl&colour=light%20blue"],
  ["a=1&src=qr&b=2", true, "size=xl&colour=light%20blue&a=1&b=2"],
  ["src=qrs", undefined, "size=xl&colour=light%20blue&src=qrs"],
  ["xsrc=qr", undefined, "size=xl&colour=light%20blue&xsrc=qr"],
])("knows by %s whether it was scanned, and passes on what is the visitor's", async (query, scanned, passed) => {
  const { respond, hits } = acting({ ...link, passQuery: true });
  const { headers } = await respond(eventFor("/t/abcdEFGH23", { query }));
  expect(headers["location"]).toBe(`https://shop.example/p?${passed}#buy`);
  expect(hits).toMatchObject([{ scanned }]);
  expect(parseHit(JSON.stringify(hits[0]))).toEqual(hits[0]);
});

test("leads by its rules, then by its shares, and its hit says which", async () => {
  const to = (path: string) => `https://shop.example/${path}`;
  const ruled = {
    ...link,
    rules: [
      { priority: 1, when: { countries: ["DE"], devices: ["mobile" as const] }, destinationUrl: to("de") },
      { priority: 9, when: { languages: ["fr"] }, destinationUrl: to("fr") },
    ],
    split: [
      { destinationUrl: to("a"), weight: 1 },
      { destinationUrl: to("b"), weight: 99 },
    ],
  };
  const { respond, hits } = acting(ruled);
  const visit = async (headers: Record<string, string>) =>
    (await respond(eventFor("/t/abcdEFGH23", { headers }))).headers["location"];
  const phone = { "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)" };
  expect(await visit({ ...phone, "cloudfront-viewer-country": "DE", "accept-language": "fr" })).toBe(to("de"));
  expect(await visit({ ...phone, "cloudfront-viewer-country": "AT", "accept-language": "fr-CH,de;q=0.5" })).toBe(
    to("fr"),
  );
  expect(await visit({ "accept-language": "de,fr" })).toBe(to("a"));
  expect(hits).toMatchObject([
    { rule: 1, country: "DE" },
    { rule: 9, country: "AT" },
    { variant: 0, rule: undefined, country: undefined },
  ]);
  expect(hits.map((hit) => parseHit(JSON.stringify(hit)))).toEqual(hits);
  await respond(eventFor("/t/abcdEFGH23/pixel.gif"));
  expect(hits.at(-1)).toMatchObject({ kind: "view", rule: undefined, variant: undefined });
  const over = acting({ ...ruled, disabled: true });
  expect(await over.respond(eventFor("/t/abcdEFGH23"))).toMatchObject({ statusCode: 410 });
});
