import { expect, test } from "@jest/globals";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import type { VisitCounts } from "#shared/domain/tracking/visits";
import { summarise } from "#shared/domain/tracking/summary";

const NO_VISITS: VisitCounts = { hour: {}, country: {}, device: {}, referrer: {} };
const bucket = (over: Partial<BucketCounts>): BucketCounts => ({
  campaignId: "cmp_1",
  day: "2026-03-02",
  shard: "shard-1",
  rules: "3",
  unique: 0,
  uniqueByCreator: {},
  links: {},
  visits: NO_VISITS,
  ...over,
});

const buckets = [
  bucket({
    unique: 3,
    uniqueByCreator: { ann: 2, bob: 2 },
    links: {
      linkA: {
        creatorId: "ann",
        byClass: { valid: 2, repeat: 5, burst: 7 },
        views: { valid: 4, bot: 9 },
        byRule: { 10: 3 },
      },
      linkB: { creatorId: "bob", byClass: { valid: 2, bot: 4 }, scans: 1, byVariant: { 1: 1 } },
    },
    visits: {
      hour: { 9: 12, 10: 4 },
      country: { DE: 5, unknown: 11 },
      device: { mobile: 16 },
      referrer: { other: 10, "a.example": 6 },
    },
  }),
  bucket({
    day: "2026-03-01",
    unique: 1,
    uniqueByCreator: { ann: 1 },
    links: { linkA: { creatorId: "ann", byClass: { valid: 1 }, byRule: { 2: 1, 10: 1 }, byVariant: { 0: 1 } } },
    visits: { hour: { 9: 1 }, country: { DE: 1 }, device: { desktop: 1 }, referrer: { "b.example": 1 } },
  }),
  bucket({
    rules: "2",
    shard: "shard-2",
    links: { linkC: { creatorId: "cyd", byClass: { head: 1, preview: 2, prefetch: 3 } } },
  }),
];

test("a campaign's figures add up over links, days and shards", () => {
  expect(summarise(buckets)).toEqual({
    clicks: {
      total: 10,
      unique: 4,
      byClass: { valid: 5, repeat: 5, bot: 4, preview: 2, prefetch: 3, head: 1, self: 0, burst: 7, datacentre: 0 },
    },
    views: 4,
    scans: 1,
    byDay: [
      { date: "2026-03-01", clicks: 1, uniqueClicks: 1, views: 0, scans: 0 },
      { date: "2026-03-02", clicks: 9, uniqueClicks: 3, views: 4, scans: 1 },
    ],
    byCreator: [
      { creatorId: "ann", clicks: 8, uniqueClicks: 3, views: 4, scans: 0 },
      { creatorId: "bob", clicks: 2, uniqueClicks: 2, views: 0, scans: 1 },
      { creatorId: "cyd", clicks: 0, uniqueClicks: 0, views: 0, scans: 0 },
    ],
    byLink: [
      {
        ...{ code: "linkA", clicks: 8, views: 4, scans: 0 },
        byRule: [
          { priority: 2, visits: 1 },
          { priority: 10, visits: 4 },
        ],
        byVariant: [{ variant: 0, visits: 1 }],
      },
      { code: "linkB", clicks: 2, views: 0, scans: 1, byRule: [], byVariant: [{ variant: 1, visits: 1 }] },
      { code: "linkC", clicks: 0, views: 0, scans: 0, byRule: [], byVariant: [] },
    ],
    visits: {
      hour: [
        { value: "9", visits: 13 },
        { value: "10", visits: 4 },
      ],
      country: [
        { value: "unknown", visits: 11 },
        { value: "DE", visits: 6 },
      ],
      device: [
        { value: "mobile", visits: 16 },
        { value: "desktop", visits: 1 },
      ],
      referrer: [
        { value: "a.example", visits: 6 },
        { value: "b.example", visits: 1 },
        { value: "other", visits: 10 },
      ],
    },
    // Of what several counted, the oldest.
    rulesVersion: "2",
  });
});

test("a creator's slice is theirs alone", () => {
  const { clicks, byDay, byCreator, visits } = summarise(buckets, "bob");
  expect(visits).toBeNull();
  expect(clicks).toMatchObject({ total: 2, unique: 2, byClass: { valid: 2, bot: 4, repeat: 0 } });
  expect(byDay).toEqual([{ date: "2026-03-02", clicks: 2, uniqueClicks: 2, views: 0, scans: 1 }]);
  expect(byCreator).toEqual([{ creatorId: "bob", clicks: 2, uniqueClicks: 2, views: 0, scans: 1 }]);
});

test("of nothing there is nothing", () => {
  expect(summarise([])).toMatchObject({ clicks: { total: 0, unique: 0 }, byDay: [], byCreator: [] });
});
