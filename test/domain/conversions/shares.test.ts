/** Whatever is named, in whatever order, and however it is taken back: parts add up. */
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { attributionModels } from "#shared/domain/conversions/attribution-rules";
import { clickIdOf } from "#shared/domain/conversions/click-id";
import type { Conversion } from "#shared/domain/conversions/conversion";
import { namedBy } from "#shared/domain/conversions/named";
import { recordConversion } from "#shared/domain/conversions/record-conversion";
import { reverseConversion } from "#shared/domain/conversions/reverse-conversion";
import { tallied } from "#shared/domain/conversions/tallied";
import { type ConversionTally, conversionSummary } from "#shared/domain/conversions/tally";
import { hitId } from "#shared/domain/tracking/hit";
import { aCampaign, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aLink, SECRET, usd } from "../../support/shop.ts";
import { brand } from "../../support/stage.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const occasion = { actor: brand(), now: NOW, newId: (kind: string) => `${kind}_1` };
const CREATORS = [CREATOR_ID, ...[1, 2].map((nth) => CREATOR_ID.replace(/.$/, String(nth)))];
const CAMPAIGNS = [1, 2].map((nth) => `cmp_${String(nth).repeat(26)}`);
/** A link of each creator in each campaign. */
const links = CAMPAIGNS.flatMap((campaignId, at) =>
  CREATORS.map((creatorId, nth) =>
    aLink({ code: `abcdefgh${"jk"[at] ?? ""}${"mnp"[nth] ?? ""}`, campaignId, creatorId }),
  ),
);
const timeline = { start: "2026-11-01T00:00:00.000Z", end: "2026-12-31T00:00:00.000Z", timeZone: "UTC" };

/** Clicks of the last two months, some of them too old, one instant twice and more. */
const click = fc
  .tuple(fc.constantFrom(...links), fc.integer({ min: -60, max: 0 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(([{ code }, days, random]) => clickIdOf(SECRET, hitId(Date.parse(NOW) + days * 86_400_000, random), code));
const clicks = fc.array(click, { minLength: 1, maxLength: 20 });
const model = fc.constantFrom(...attributionModels);
const windowDays = fc.integer({ min: 1, max: 90 });

function recorded(
  clickIds: readonly string[],
  rules: { model: (typeof attributionModels)[number]; windowDays: number },
  amount: number,
) {
  const input = { orderId: "order", clickIds: [...clickIds, clickNow], value: usd(amount) };
  const campaigns = new Map(
    CAMPAIGNS.map((id) => [
      id,
      aCampaign({ id, brandId: BRAND_ID, timeline, attribution: { ...rules, promoCodePrecedence: "code" } }),
    ]),
  );
  const [promoCodes, creators] = [new Map(), new Map()];
  const found = { links: new Map(links.map((link) => [link.code, link])), promoCodes, campaigns, creators };
  return recordConversion({ named: namedBy(input, SECRET), ...found }, input, occasion).conversion;
}
/** So that something counts. */
const clickNow = clickIdOf(SECRET, hitId(Date.parse(NOW), new Uint8Array(16)), links[0]?.code ?? "");

const figuresOf = (tallies: readonly ConversionTally[]) => {
  const byCampaign = CAMPAIGNS.map((id) => conversionSummary(tallies.filter(({ campaignId }) => campaignId === id)));
  const value = byCampaign.reduce((sum, { total }) => sum + total.valueMinor, 0);
  const byCreator = byCampaign
    .flatMap((one) => [...one.byCreator.values()])
    .reduce((sum, { valueMinor }) => sum + valueMinor, 0);
  return { value, byCreator, orders: byCampaign.map(({ total }) => total.conversions) };
};

test("an order is shared the same, in whatever order its clicks are named, and whole", () => {
  fc.assert(
    fc.property(
      clicks.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
      model,
      windowDays,
      fc.integer({ min: 0, max: 10_000_000_000 }),
      ([some, shuffled], by, days, amount) => {
        const one = recorded(some, { model: by, windowDays: days }, amount);
        expect(recorded(shuffled, { model: by, windowDays: days }, amount)).toEqual(one);
        const total = (of: "percent" | "shareMinor") => one.touches.reduce((sum, touch) => sum + touch[of], 0);
        expect([total("percent"), total("shareMinor")]).toEqual([100, amount]);
        expect(one.touches.length + one.passedOver.length).toBe(new Set([...some, clickNow]).size);
        const times = one.touches.map(({ clickedAt }) => clickedAt);
        expect(times).toEqual(times.toSorted());
      },
    ),
    { numRuns: 60 },
  );
});

test("figures by creator and by campaign are what is left of the order after every reversal, and no part grows or goes below nothing", () => {
  fc.assert(
    fc.property(
      clicks,
      model,
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.integer({ min: 1, max: 400 })),
      (some, by, amount, parts) => {
        let conversion: Conversion = recorded(some, { model: by, windowDays: 30 }, amount);
        const tallies = tallied(undefined, conversion);
        const credited = conversion.touches.filter(({ percent }) => percent > 0).map(({ campaignId }) => campaignId);
        for (const part of [...parts, amount]) {
          const left = amount - conversion.reversedMinor;
          if (left === 0) break;
          const { change } = reverseConversion(
            conversion,
            { amount: usd(Math.min(part, left)), reason: "x" },
            occasion,
          );
          const next = change.entities[0]?.next as Conversion;
          for (const [at, touch] of next.touches.entries()) {
            expect(touch.reversedMinor).toBeGreaterThanOrEqual(conversion.touches[at]?.reversedMinor ?? 0);
            expect(touch.reversedMinor).toBeLessThanOrEqual(touch.shareMinor);
          }
          tallies.push(...tallied(conversion, next));
          conversion = next;
          const { value, byCreator, orders } = figuresOf(tallies);
          expect([value, byCreator]).toEqual([amount - next.reversedMinor, amount - next.reversedMinor]);
          expect(orders).toEqual(CAMPAIGNS.map((id) => (credited.includes(id) ? 1 : 0)));
        }
        expect(figuresOf(tallies)).toMatchObject({ value: 0, byCreator: 0 });
      },
    ),
    { numRuns: 60 },
  );
});
