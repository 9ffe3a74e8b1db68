import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { chosenDestination, routingOf } from "#shared/domain/tracking/routing";

const to = (path: string) => `https://shop.example/${path}`;
const own = to("own");
const AT = Date.parse("2026-03-01T12:00:00Z");
const visit = { at: AT, visitor: "0123456789abcdef", agent: "Firefox", country: "DE", languages: "de-CH,en;q=0.5" };
const safe = ({ destinationUrl }: { readonly destinationUrl: string }) => destinationUrl;
type Rules = Parameters<typeof routingOf>[0]["rules"];

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
  const routing = routingOf({ rules: [{ priority: 1, when, destinationUrl: to("rule") }] }, safe);
  expect(chosenDestination(routing, own, visit)).toEqual(
    fits ? { destination: to("rule"), rule: 1 } : { destination: own },
  );
});

test("the first rule that fits leads; one whose address may not be sent leads to the link's own", () => {
  const when = { countries: ["DE"] };
  const rules: Rules = [
    { priority: 1, when: { countries: ["FR"] }, destinationUrl: to("fr") },
    { priority: 2, when, destinationUrl: to("second") },
    { priority: 3, when, destinationUrl: to("third") },
  ];
  expect(chosenDestination(routingOf({ rules }, safe), own, visit)).toEqual({ destination: to("second"), rule: 2 });
  expect(
    chosenDestination(
      routingOf({ rules }, () => undefined),
      own,
      visit,
    ),
  ).toEqual({ destination: own, rule: 2 });
});

test("nothing is known of a visit that says nothing", () => {
  const silent = { ...visit, agent: "", country: "", languages: "" };
  const rules: Rules = [{ priority: 1, when: { countries: ["DE"], languages: ["de"] }, destinationUrl: to("de") }];
  expect(chosenDestination(routingOf({ rules }, safe), own, silent)).toEqual({ destination: own });
});

test("shares are right to within two per cent over 10,000 visitors, and a visitor stays with theirs", () => {
  const visitors = Array.from({ length: 10_000 }, (_, number) =>
    createHash("sha3-256").update(String(number)).digest("hex").slice(0, 16),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 10 }), (weights) => {
      const split = weights.map((weight, place) => ({ destinationUrl: to(String(place)), weight }));
      const routing = routingOf({ split }, safe);
      const led = visitors.map((visitor) => chosenDestination(routing, own, { ...visit, visitor }).variant);
      const again = visitors.map(
        (visitor) => chosenDestination(routing, own, { ...visit, visitor, agent: "x", country: "" }).variant,
      );
      expect(again.join()).toBe(led.join());
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      const those = weights.map((_, place) => led.filter((variant) => variant === place).length);
      expect(those.every((count, place) => Math.abs(count / led.length - (weights[place] ?? 0) / all) < 0.02)).toBe(
        true,
      );
      expect(chosenDestination(routing, own, visit).destination).toBe(
        to(String(chosenDestination(routing, own, visit).variant)),
      );
    }),
    { numRuns: 10 },
  );
});
