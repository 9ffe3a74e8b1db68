/**
 * T20 of the reliability targets: fifty who want tokens that are over, whoever of them comes when and however long the network
 * takes, have them after one renewal. `npm run test:storm -- --only tokens` does ten thousand of these.
 */
import { expect, test } from "@jest/globals";
import { wait, withinTime } from "#shared/ports/call-time";
import { expiredTokens } from "../actions/social/expired-tokens.ts";
import { chanceOf } from "../simulation/chance.ts";

const FIRST = Number(process.env["SEED"] ?? 20_261_127);
const RUNS = Number(process.env["RUNS"] ?? 25);
const USERS = 50;
/** LinkedIn renews for nobody. */
const RENEWING = ["instagram", "tiktok", "twitter", "youtube"] as const;
/** A renewal that was begun is stored in this time, or its Lambda is dead. */
const LONGEST_ANSWER_MS = 5_000;

/** @returns how often the network was asked, and how many different tokens they have */
async function interleaved(seed: number) {
  const chance = chanceOf(seed, "renewals");
  const platform = chance.oneOf(RENEWING) ?? "twitter";
  // Some crowds come at one instant, some over seconds; some networks answer at once.
  const spreadMs = chance.happens(0.3) ? 0 : chance.below(6_000);
  const run = await expiredTokens(seed, platform, chance.happens(0.2) ? 0 : chance.below(LONGEST_ANSWER_MS));
  const users = Array.from({ length: USERS }, () => chance.below(spreadMs + 1));
  const come = async (afterMs: number) => {
    await withinTime(Infinity, () => wait(afterMs), run.world.clock);
    return run.use();
  };
  const all = await Promise.all(users.map(come));
  const tokens = new Set(all.map((one) => one?.tokens.accessToken));
  return { refreshes: run.refreshes(), tokens: tokens.size, isHeld: !tokens.has(undefined) };
}

test("fifty at once renew once, in whatever order they come", async () => {
  const wrong: string[] = [];
  for (let seed = FIRST; seed < FIRST + RUNS; seed += 1) {
    const { refreshes, tokens, isHeld } = await interleaved(seed);
    if (refreshes !== 1 || tokens !== 1 || !isHeld)
      wrong.push(`seed ${seed}: ${refreshes} renewals, ${tokens} tokens, ${isHeld ? "all" : "not all"} have them`);
  }
  console.log(`seeds ${FIRST} to ${FIRST + RUNS - 1}: ${RUNS} times ${USERS} who want tokens that are over`);
  expect(wrong).toEqual([]);
}, 3_600_000);
