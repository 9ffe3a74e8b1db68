import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { hitsByBucket, inParts } from "#shared/domain/tracking/bucket-hits";
import { inStreamOrder } from "#shared/domain/tracking/hit-records";
import { aHit, inSequence, someHits } from "#test/support/tracking";

const hits = someHits({ hits: 60, visitors: 5, links: 3 });

test("hits of a bucket are of one campaign and day, and keep the order of the stream", () => {
  fc.assert(
    fc.property(hits, (given) => {
      const sequenced = inStreamOrder(inSequence(given));
      const buckets = hitsByBucket("shard-1", sequenced);
      for (const bucket of buckets) {
        const own = sequenced.filter(({ hit }) => hit.campaignId === bucket.campaignId && hit.day === bucket.day);
        expect(bucket).toMatchObject({ shard: "shard-1", hits: own });
      }
      expect(buckets.flatMap((bucket) => bucket.hits)).toHaveLength(given.length);
    }),
  );
});

describe("parts", () => {
  const retriedIn = (part: readonly { readonly hit: { readonly retried?: true | undefined } }[]) =>
    part.filter(({ hit }) => hit.retried).length;

  const bounds = { hits: fc.integer({ min: 1, max: 20 }), retried: fc.integer({ min: 1, max: 10 }) };

  test("hold no more hits, and retried ones, than they may, and are the whole in order", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.record(bounds), (retried, most) => {
        const whole = inStreamOrder(inSequence(retried.map((is, at) => aHit(at, is ? { retried: true } : {}))));
        const parts = inParts(whole, most);
        expect(parts.flat()).toEqual(whole);
        expect(parts.filter((part) => retriedIn(part) > most.retried || part.length > most.hits)).toEqual([]);
        // Each is as long as it may be: with the next hit it would be too long.
        parts.slice(1).forEach((next, at) => {
          const longer = [...(parts[at] ?? []), ...next.slice(0, 1)];
          expect(longer.length > most.hits || retriedIn(longer) > most.retried).toBe(true);
        });
      }),
    );
  });
});
