import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { deviceOf } from "#shared/domain/tracking/device";
import { wayOf, waysOf } from "#shared/domain/tracking/ways";

const to = (path: string) => `https://shop.example/${path}`;
const own = to("own");
const AT = Date.parse("2026-03-01T12:00:00Z");
const visit = { at: AT, visitor: "0123456789abcdef", agent: "Firefox", country: "DE", languages: "de-CH,en;q=0.5" };
const safe = ({ destinationUrl }: { readonly destinationUrl: string }) => destinationUrl;
type Rules = Parameters<typeof waysOf>[0]["rules"];

test.each([
  [{ countries: ["AT", "DE"] }, true],
  [{ countries: ["AT"] }, false],
  [{ devices: ["desktop" as const] }, true],
  [{ devices: ["mobile" as const, "tablet" as const] }, false],
  [{ languages: ["de"] }, true],
  [{ languages: ["de-ch"] }, true],
  [{ languages: ["de-at"] }, false],
  [{ languages: ["en"] }, false],
  [{ languages: ["d"] }, false],
  [{ from: "2026-03-01T12:00:00.000Z" }, true],
  [{ from: "2026-03-01T12:00:00.001Z" }, false],
  [{ until: "2026-03-01T12:00:00.000Z" }, false],
  [{ until: "2026-03-01T12:00:00.001Z" }, true],
  [{ countries: ["DE"], languages: ["fr"] }, false],
])("a rule for %j leads a visit from Germany in German: %s", (when, fits) => {
  const ways = waysOf({ rules: [{ priority: 1, when, destinationUrl: to("rule") }] }, safe);
  expect(wayOf(ways, own, visit)).toEqual(fits ? { destination: to("rule"), rule: 1 } : { destination: own });
});

test("the first rule that fits leads; one whose address may not be sent leads to the link's own", () => {
  const when = { countries: ["DE"] };
  const rules: Rules = [
    { priority: 1, when: { countries: ["FR"] }, destinationUrl: to("fr") },
    { priority: 2, when, destinationUrl: to("second") },
    { priority: 3, when, destinationUrl: to("third") },
  ];
  expect(wayOf(waysOf({ rules }, safe), own, visit)).toEqual({ destination: to("second"), rule: 2 });
  expect(
    wayOf(
      waysOf({ rules }, () => undefined),
      own,
      visit,
    ),
  ).toEqual({ destination: own, rule: 2 });
});

test("nothing is known of a visit that says nothing", () => {
  const silent = { ...visit, agent: "", country: "", languages: "" };
  const rules: Rules = [{ priority: 1, when: { countries: ["DE"], languages: ["de"] }, destinationUrl: to("de") }];
  expect(wayOf(waysOf({ rules }, safe), own, silent)).toEqual({ destination: own });
});

test("shares are right to within two per cent over 10,000 visitors, and a visitor stays with theirs", () => {
  const visitors = Array.from({ length: 10_000 }, (_, number) =>
    createHash("sha3-256").update(String(number)).digest("hex").slice(0, 16),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 10 }), (weights) => {
      const split = weights.map((weight, place) => ({ destinationUrl: to(String(place)), weight }));
      const ways = waysOf({ split }, safe);
      const led = visitors.map((visitor) => wayOf(ways, own, { ...visit, visitor }).variant);
      const again = visitors.map((visitor) => wayOf(ways, own, { ...visit, visitor, agent: "x", country: "" }).variant);
      expect(again.join()).toBe(led.join());
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const those = weights.map((_, place) => led.filter((variant) => variant === place).length);
      expect(those.every((count, place) => Math.abs(count / led.length - (weights[place] ?? 0) / all) < 0.02)).toBe(
        true,
      );
      expect(wayOf(ways, own, visit).destination).toBe(to(String(wayOf(ways, own, visit).variant)));
    }),
    { numRuns: 10 },
  );
});

test.each([
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1", "mobile"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36", "mobile"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "mobile"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36", "tablet"],
  ["Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Version/16.6 Mobile/15E148 Safari/604.1", "tablet"],
  ["Mozilla/5.0 (Android 15; Tablet; rv:140.0) Gecko/140.0 Firefox/140.0", "tablet"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36", "desktop"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15", "desktop"],
  ["", "desktop"],
])("%s is a %s", (agent, device) => expect(deviceOf(agent)).toBe(device)); // prettier-ignore
