/** Hits of creators on their own links, as the rollup counts them, whatever comes first. */
import { expect, test } from "@jest/globals";
import { type BucketCounts, emptyBucket } from "#shared/domain/tracking/bucket";
import type { Hit } from "#shared/domain/tracking/hit";
import { inStreamOrder } from "#shared/domain/tracking/hit-records";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import { countsOf, nothingSealed, rollUp, sealBucket } from "#shared/domain/tracking/rollup";
import { summarise } from "#shared/domain/tracking/summary";
import { aHit, code, DAY, inSequence, visitor } from "../../support/tracking.ts";

const CREATOR = visitor(7);
let made = 0;
const clicks = (number: number, over: Partial<Hit> = {}): Hit[] =>
  Array.from({ length: number }, () => aHit((made += 1), { visitor: CREATOR, ...over }));
const own = (over: Partial<Hit> = {}): Hit => aHit((made += 1), { visitor: CREATOR, kind: "own", agent: "", ...over });
const theirs = { code: code(2), creatorId: "creator-2" };

/** Counted in one batch each, the bucket being sealed after every one, and the bucket as a reader reads it. */
function counted(...batches: readonly (readonly Hit[])[]): readonly BucketCounts[] {
  let bucket = emptyBucket({ campaignId: "cmp_1", day: DAY, shard: "s" });
  let sealed = nothingSealed();
  let from = 1;
  for (const batch of batches) {
    ({ bucket } = rollUp(bucket, sealed, inStreamOrder(inSequence(batch, from))));
    from += batch.length;
    ({ bucket, sealed } = sealBucket(bucket, sealed));
  }
  const parts = sealed.totals.sequences().map((_, part) => sealed.totals.part(bucket, part));
  return [countsOf(bucket, parts)];
}
const figuresOf = (...batches: readonly (readonly Hit[])[]) => {
  const { clicks: found, byCreator } = summarise(counted(...batches));
  const { valid, repeat, self, burst } = found.byClass;
  return { valid, repeat, self, burst, unique: found.unique, byCreator: byCreator.map((one) => one.uniqueClicks) };
};
const none = { valid: 0, repeat: 0, self: 0, burst: 0 };

test.each([
  ["before", (visits: Hit[]) => [[own()], visits]],
  ["after", (visits: Hit[]) => [visits, [own()]]],
  ["between", (visits: Hit[]) => [visits.slice(0, 2), [own()], visits.slice(2)]],
  ["twice", (visits: Hit[]) => [[own()], visits.slice(0, 2), [own(), own()], visits.slice(2)]],
  ["in the same batch", (visits: Hit[]) => [[...visits, own()]]],
])("are self when the creator was seen %s", (_, batches) => {
  expect(figuresOf(...batches(clicks(3)))).toEqual({ ...none, self: 3, unique: 0, byCreator: [0] });
});

test("are a burst from the hundred and first on, as anybody's", () => {
  const burst = { ...none, self: 100, burst: 5, unique: 0, byCreator: [0] };
  expect(figuresOf(clicks(105), [own()])).toEqual(burst);
  expect(figuresOf([own()], clicks(105))).toEqual(burst);
});

test("are clicks where the link is somebody else's, and there the creator is a visitor", () => {
  const expected = { ...none, valid: 1, repeat: 1, self: 2, unique: 1, byCreator: [0, 1] };
  const [mine, others] = [clicks(2), clicks(2, theirs)];
  for (const batches of [
    [mine, others, [own()]],
    [[own()], mine, others],
    [others, [own()], mine],
  ])
    expect(figuresOf(...batches)).toEqual(expected);
});

test("are both creators' own where one visitor is two creators", () => {
  const both = [own(), own(theirs)];
  expect(figuresOf([...clicks(2), ...clicks(2, theirs)], both)).toMatchObject({
    self: 4,
    unique: 0,
    byCreator: [0, 0],
  });
  expect(figuresOf(both, [...clicks(2), ...clicks(2, theirs)])).toMatchObject({
    self: 4,
    unique: 0,
    byCreator: [0, 0],
  });
});

test("leave other visitors, and what a robot does, as they are", () => {
  const [stranger, robot] = [clicks(1, { visitor: visitor(8) }), clicks(1, { agent: "curl/8" })];
  const { byClass, unique } = summarise(counted([...stranger, ...robot, ...clicks(1)], [own()])).clicks;
  expect([byClass.valid, byClass.bot, byClass.self, unique]).toEqual([1, 1, 1, 1]);
});

test("that nobody made are none: a creator who was seen and visited nothing is in no figure", () => {
  expect(summarise(counted([own()]))).toMatchObject({ byDay: [], byCreator: [], clicks: { total: 0, unique: 0 } });
});

test("a record of one comes out of the stream as it went in", () => {
  const record = own();
  expect(parseHit(JSON.stringify(record))).toEqual(record);
});
