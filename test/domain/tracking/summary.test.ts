import { expect, test } from "@jest/globals";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import { summarise } from "#shared/domain/tracking/summary";

const bucket = (over: Partial<BucketCounts>): BucketCounts => ({
  campaignId: "cmp_1",
  day: "2026-03-02",
  shard: "shard-1",
  unique: 0,
  uniqueByCreator: {},
  links: {},
  ...over,
});

const buckets = [
  bucket({
    unique: 3,
    uniqueByCreator: { ann: 2, bob: 2 },
    links: {
      linkA: { creatorId: "ann", byClass: { valid: 2, repeat: 5, burst: 7 }, views: { valid: 4, bot: 9 } },
      linkB: { creatorId: "bob", byClass: { valid: 2, bot: 4 }, scans: 1 },
    },
  }),
  bucket({
    day: "2026-03-01",
    unique: 1,
    uniqueByCreator: { ann: 1 },
    links: { linkA: { creatorId: "ann", byClass: { valid: 1 } } },
  }),
  bucket({ shard: "shard-2", links: { linkC: { creatorId: "cyd", byClass: { head: 1, preview: 2, prefetch: 3 } } } }),
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
      { code: "linkA", clicks: 8, views: 4, scans: 0 },
      { code: "linkB", clicks: 2, views: 0, scans: 1 },
      { code: "linkC", clicks: 0, views: 0, scans: 0 },
    ],
    rulesVersion: "3",
  });
});

test("a creator's slice is theirs alone", () => {
  const { clicks, byDay, byCreator } = summarise(buckets, "bob");
  expect(clicks).toMatchObject({ total: 2, unique: 2, byClass: { valid: 2, bot: 4, repeat: 0 } });
  expect(byDay).toEqual([{ date: "2026-03-02", clicks: 2, uniqueClicks: 2, views: 0, scans: 1 }]);
  expect(byCreator).toEqual([{ creatorId: "bob", clicks: 2, uniqueClicks: 2, views: 0, scans: 1 }]);
});

test("of nothing there is nothing", () => {
  expect(summarise([])).toMatchObject({ clicks: { total: 0, unique: 0 }, byDay: [], byCreator: [] });
});
