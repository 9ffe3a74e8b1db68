/** A score says by which model it was made, so another model has another version. */
import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { standingOf } from "#shared/domain/matching/standing";
import { type Judged, stepsOf } from "#shared/domain/matching/values";
import { defaultWeights, MODEL_VERSION } from "#shared/domain/matching/weights";
import { nothing } from "../../support/matching-builders.ts";

/** What each version came to. A line is added for a new one, and none is changed. */
const digests: Readonly<Record<string, string>> = {
  "1": "d12ab48bf124fb21",
  "2": "b9e08369d91e7b2d",
  "3": "df0c463d08eaed02",
};

const some = [0, 1, 2, 3, 5, 8, 13, 40];
const followers = [0, 500, 999, 1_000, 3_333, 10_000, 77_777, 250_000, 1_000_000, 5_000_000];
const parts = (of: number) => [0, 0.25, 0.5, 1].map((share) => Math.round(of * share));
/** Creators who differ in one figure at a time, over all that it may be. */
const creators: readonly Judged[] = [
  nothing,
  ...followers.map((count) => ({ ...nothing, followers: count })),
  ...[0, 0.001, 0.01, 0.034, 0.08, 0.5].flatMap((engagementRate) =>
    some.map((postsRated) => ({ ...nothing, engagementRate, postsRated })),
  ),
  ...followers.flatMap((count) =>
    [0.01, 0.05, 0.5].map((engagementRate) => ({ ...nothing, followers: count, engagementRate, postsRated: 20 })),
  ),
  ...some.flatMap((owed) => parts(owed).map((onTime) => ({ ...nothing, owed, onTime }))),
  ...some.flatMap((decided) => parts(decided).map((approved) => ({ ...nothing, decided, approved }))),
  ...followers.flatMap((clickFollowers) =>
    [0, 0.0005, 0.002, 0.01, 0.05].map((rate) => ({
      ...nothing,
      clickFollowers,
      visitors: Math.floor(rate * clickFollowers),
    })),
  ),
  ...some.slice(1).map((categories) => ({ ...nothing, categories })),
];

test("the same creator is given the same score by the same version of the model", () => {
  const scores = creators.map((judged) => [stepsOf(judged), standingOf(stepsOf(judged))]);
  const digest = createHash("sha256")
    .update(JSON.stringify([defaultWeights, scores]))
    .digest("hex")
    .slice(0, 16);
  if (digests[MODEL_VERSION] !== digest)
    throw new Error(
      `The model gives other scores than version ${MODEL_VERSION} did: raise MODEL_VERSION, and add its digest here, which is ${digest}.`,
    );
  expect(Object.keys(digests).at(-1)).toBe(MODEL_VERSION);
});
