/**
 * A crowd on real rules, repositories and pipelines, on a table that conflicts as DynamoDB does: a small share of
 * `npm run bench`. Everybody is served. How late is what it takes today, with the audit chain's head and the brand's wallet
 * in every commit; a change that makes it worse is found here.
 */
import { expect, test } from "@jest/globals";
import { acceptances, approvals, deposits, type Outcome, unrelatedBrands } from "../support/crowds.ts";
import { loggedLines } from "../support/gateway.ts";

const SEEDS = [1, 2];
const CROWD = 20;

test.each<[string, (seed: number) => Promise<Outcome>, number]>([
  ["accept one campaign", (seed) => acceptances(CROWD, seed), 3_000],
  ["approve in several campaigns", (seed) => approvals(CROWD, 5, seed), 2_000],
  ["approve in one campaign", (seed) => approvals(CROWD, 1, seed), 2_000],
  ["pay in", (seed) => deposits(CROWD, seed), 2_000],
  ["draft, unrelated to each other,", (seed) => unrelatedBrands(CROWD, seed), 100],
])(
  `${CROWD} who %s at once are all served`,
  async (_what, crowd, slowestMs) => {
    const lines = loggedLines();
    for (const seed of SEEDS) {
      const { statuses, p99Ms } = await crowd(seed);
      expect({ seed, served: (statuses[200] ?? 0) + (statuses[201] ?? 0) }).toEqual({ seed, served: CROWD });
      expect({ seed, p99Ms: Math.max(p99Ms, slowestMs) }).toEqual({ seed, p99Ms: slowestMs });
    }
    expect(lines.filter(({ level }) => level !== "info")).toEqual([]);
  },
  60_000,
);

test("the same seed is the same crowd, to the millisecond", async () => {
  loggedLines();
  expect(await deposits(CROWD, 7)).toEqual(await deposits(CROWD, 7));
}, 60_000);
