import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { outcomeOf, type StoredLink, trackedLink } from "#shared/domain/tracking/redirect";

const stored: StoredLink = {
  code: "abcdEFGH23",
  campaignId: "cmp_1",
  creatorId: "creator-1",
  destinationUrl: "https://shop.example/p?size=xl#buy",
  disabled: false,
  passQuery: false,
  passClickId: false,
};
const shown = { visitor: "0123456789abcdef", agent: "Firefox", country: "", languages: "" };
const visit = { kind: "click" as const, at: 0, query: "utm=1", clickId: "hit_1", ...shown };

describe("a link made ready for visits", () => {
  test.each([
    ["https://shop.example/p?b=%20c#d", "https://shop.example/p?b=%20c#d"],
    ["https://Shop.Example", "https://Shop.Example"],
    ["https://shop.example/Käfer", "https://shop.example/K%C3%A4fer"],
    ["https://shop.example/a b", "https://shop.example/a%20b"],
    ["https://shop.example/\r\nSet-Cookie: x", "https://shop.example/Set-Cookie:%20x"],
    ["http://shop.example/", undefined],
    ["https://shop.example:8443/", undefined],
    ["https://user@shop.example/", undefined],
    ["shop.example", undefined],
    ["", undefined],
  ])("leads to %j as %j", (destinationUrl, destination) =>
    expect(trackedLink({ ...stored, destinationUrl })).toMatchObject({ destination }),
  );

  test("leads nowhere when it is disabled, its fallback apart", () => {
    const link = trackedLink({ ...stored, disabled: true, fallbackUrl: "https://shop.example/over" });
    expect(link).toMatchObject({ destination: undefined, fallback: "https://shop.example/over" });
    expect(outcomeOf(link, visit)).toEqual({ kind: "fallback", location: "https://shop.example/over" });
  });

  test("sends every address on as something a header can hold, and leads where it did", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string(), (url, end) => {
        const destinationUrl = `${url.replace(/^http:/, "https:")}${end}`;
        const { destination } = trackedLink({ ...stored, destinationUrl });
        if (destination === undefined) return;
        expect(destination).toMatch(/^[\x21-\x7e]+$/);
        expect(new URL(destination).href).toBe(new URL(destinationUrl).href);
      }),
    );
  });

  test("leads visits that add something to where they would have led from the stored address", () => {
    const flags = fc.record({ passQuery: fc.boolean(), passClickId: fc.boolean() });
    fc.assert(
      fc.property(flags, fc.constantFrom("a b", "Käfer", "p?x=1#y", "p??x=1"), (passed, path) => {
        const destinationUrl = `https://shop.example/${path}`;
        const added = [passed.passQuery && visit.query, passed.passClickId && `click_id=${visit.clickId}`].filter(
          Boolean,
        );
        const url = new URL(destinationUrl);
        const query = [url.search.slice(1), ...added].filter(Boolean).join("&");
        url.search = query && `?${query}`;
        const outcome = outcomeOf(trackedLink({ ...stored, ...passed, destinationUrl }), visit);
        expect(outcome).toMatchObject({ kind: "follow", location: url.href });
      }),
    );
  });

  test.each(["click_id=1", "click_id", "click%5Fid=1", "%63lick_id=1", "a=%&click_id=1"])(
    "passes on one click id, its own, whatever a visitor brings as %s",
    (query) => {
      const link = trackedLink({ ...stored, passQuery: true, passClickId: true });
      const { location = "" } = outcomeOf(link, { ...visit, query }) as { location?: string };
      expect(new URL(location).searchParams.getAll("click_id")).toEqual(["hit_1"]);
    },
  );

  test.each([
    ["utm_source=evil", ""],
    ["utm%5Fsource=evil&%73ize=s", ""],
    ["SIZE=s&size[]=s&b=1&b=2&=&size=", "&SIZE=s&size[]=s&b=1&b=2&="],
    ["a=1&utm_source", "&a=1"],
  ])("lets nobody say what its address says already, as by %s", (query, added) => {
    const landingUrl = "https://shop.example/p?size=xl&utm_source=atomic#buy";
    for (const passClickId of [false, true]) {
      const link = trackedLink({ ...stored, landingUrl, passQuery: true, passClickId });
      const location = landingUrl.replace("#", `${added}${passClickId ? "&click_id=hit_1" : ""}#`);
      expect(outcomeOf(link, { ...visit, query })).toMatchObject({ location });
    }
  });

  test.each([
    [undefined, "follow"],
    ["1970-01-01T00:00:00.001Z", "follow"],
    ["1970-01-01T00:00:00.000Z", "gone"],
    ["soon", "gone"],
  ])("that ends at %j is, at the first instant of 1970, one to %s", (expiresAt, kind) =>
    expect(outcomeOf(trackedLink({ ...stored, expiresAt }), visit)).toMatchObject({ kind }),
  );
});
