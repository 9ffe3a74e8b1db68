import { expect, test } from "@jest/globals";
import { fewAtOnce } from "#infra/local/seed/few-at-once";

test("keeps the order, works on all, and never on more than it may", async () => {
  let running = 0;
  let most = 0;
  const results = await fewAtOnce(
    [5, 4, 3, 2, 1, 0],
    async (turns) => {
      most = Math.max(most, (running += 1));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
      return turns * 10;
    },
    2,
  );
  expect(results).toEqual([50, 40, 30, 20, 10, 0]);
  expect(most).toBe(2);
});

test("fails with the first that fails", async () => {
  await expect(fewAtOnce([1, 2], (one) => Promise.reject(new Error(`no ${one}`)))).rejects.toThrow("no 1");
});
