import { expect, test } from "@jest/globals";
import { madeSideBySide, sideBySide } from "#shared/domain/kernel/side-by-side";

const pause = (): Promise<void> => new Promise((done) => setImmediate(done));

test("works off everything, so many at once, and says what came of each", async () => {
  let [busy, most] = [0, 0];
  const made = await madeSideBySide([1, 2, 3, 4, 5, 6, 7], 3, async (one) => {
    busy += 1;
    most = Math.max(most, busy);
    await pause();
    busy -= 1;
    return one * 10;
  });
  expect([...made].sort(([a], [b]) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7].map((one) => [one, one * 10]));
  expect(most).toBe(3);
});

test("begins nothing more once one has failed, and waits for what was begun", async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const all = sideBySide([1, 2, 3, 4, 5, 6], 2, async (one) => {
    begun.push(one);
    await pause();
    if (one === 1) throw new Error("the first");
    await pause();
    ended.push(one);
  });
  await expect(all).rejects.toThrow("the first");
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});

test("leaves out what its things never came to", async () => {
  let count = 0;
  const things = (function* () {
    while (count < 3) yield (count += 1);
  })();
  expect([...(await madeSideBySide(things, 2, (one) => Promise.resolve(-one))).keys()]).toEqual([1, 2, 3]);
  expect(await madeSideBySide([], 4, () => Promise.resolve(1))).toEqual(new Map());
});
