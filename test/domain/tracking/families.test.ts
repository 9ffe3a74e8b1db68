import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { familiesOf, inParts } from "#shared/domain/tracking/families";
import { inStreamOrder } from "#shared/domain/tracking/hit-records";
import { aHit, inSequence, someHits } from "#test/support/tracking";

const hits = someHits({ hits: 60, visitors: 5, links: 3 });

test("families are one campaign and day each, and keep the order of the stream", () => {
  fc.assert(
    fc.property(hits, (given) => {
      const sequenced = inStreamOrder(inSequence(given));
      const families = familiesOf("shard-1", sequenced);
      for (const family of families) {
        const own = sequenced.filter(({ hit }) => hit.campaignId === family.campaignId && hit.day === family.day);
        expect(family).toMatchObject({ shard: "shard-1", hits: own });
      }
      expect(families.flatMap((family) => family.hits)).toHaveLength(given.length);
    }),
  );
});

describe("parts", () => {
  const retriedIn = (part: readonly { readonly hit: { readonly retried?: true | undefined } }[]) =>
    part.filter(({ hit }) => hit.retried).length;

  test("hold no more retried hits than they may, and are the whole in order", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (retried, most) => {
        const whole = inStreamOrder(inSequence(retried.map((is, at) => aHit(at, is ? { retried: true } : {}))));
        const parts = inParts(whole, most);
        expect(parts.flat()).toEqual(whole);
        expect(parts.map(retriedIn).filter((count) => count > most)).toEqual([]);
        // No more parts than that takes, and always one.
        expect(parts).toHaveLength(Math.max(1, Math.ceil(retriedIn(whole) / most)));
      }),
    );
  });
});
