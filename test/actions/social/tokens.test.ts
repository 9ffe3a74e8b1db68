/**
 * Tokens: one renewal of any number who want it (T20 of the reliability targets), what becomes of who dies in between, and that
 * nobody ever sees one.
 */
import { describe, expect, test } from "@jest/globals";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { wait, withinTime } from "#shared/ports/call-time";
import { CREATOR_ID } from "../../support/builders.ts";
import { expiredTokens } from "./expired-tokens.ts";

const name = { userId: CREATOR_ID, platform: "twitter" } as const;
const expired = (seed: number) => expiredTokens(seed, name.platform);
const SEEDS = [1, 2, 3];

describe("fifty who want tokens that are over, at once,", () => {
  test.each(SEEDS)("have them after one renewal (seed %i)", async (seed) => {
    const run = await expired(seed);
    const all = await Promise.all(Array.from({ length: 50 }, () => run.use()));
    expect(run.refreshes()).toBe(1);
    expect(new Set(all.map((one) => one?.tokens.accessToken)).size).toBe(1);
    const read = await run.networks.of("twitter").read(all[0]?.tokens as SocialTokens);
    expect(read.identity.externalId).toBe("mia");
  });
});

describe("who dies", () => {
  test("before the network was asked costs the others a minute, and nothing else", async () => {
    const run = await expired(1);
    await expect(run.use((at) => at === "begun")).rejects.toThrow("died");
    await expect(run.use()).rejects.toThrow("being renewed");
    await withinTime(Infinity, () => wait(61_000), run.world.clock);
    expect(await run.use()).toBeDefined();
    expect(run.refreshes()).toBe(1);
  });

  test("between the network's answer and the write has lost a rotated token: the next one is refused, and says which", async () => {
    const run = await expired(1);
    await expect(run.use((at) => at === "renewed")).rejects.toThrow("died");
    await withinTime(Infinity, () => wait(61_000), run.world.clock);
    await expect(run.use()).rejects.toMatchObject({ name: "TokensRefused", token: { ...name, version: 3 } });
    expect(run.refreshes()).toBe(2);
  });

  test("late writes nothing over what somebody else renewed meanwhile", async () => {
    const run = await expired(1);
    await expect(run.use((at) => at === "begun")).rejects.toThrow("died");
    const before = await run.stored.get(name);
    await withinTime(Infinity, () => wait(61_000), run.world.clock);
    const [one, two] = await Promise.all([run.use(), run.use()]);
    expect(one?.tokens).toEqual(two?.tokens);
    expect((await run.stored.get(name))?.version).toBe((before?.version ?? 0) + 2);
  });
});

test("a token is sealed for its person and network, and opens for nobody else", async () => {
  const { tokenSeals, stored } = await expired(1);
  const sealed = (await stored.get(name))?.sealed ?? "";
  await expect(tokenSeals.open({ ...name, userId: "somebody" }, sealed)).rejects.toThrow();
  await expect(tokenSeals.open({ ...name, platform: "youtube" }, sealed)).rejects.toThrow();
  const bytes = Buffer.from(sealed, "base64");
  const altered = [...bytes.keys()].map((at) => {
    const one = Buffer.from(bytes);
    one[at] = (one[at] ?? 0) ^ 1;
    return tokenSeals.open(name, one.toString("base64")).then(
      () => "opened",
      () => "refused",
    );
  });
  expect(new Set(await Promise.all(altered))).toEqual(new Set(["refused"]));
});

test("nobody begins a renewal that they may not live to store", async () => {
  const run = await expired(1);
  const { world } = run;
  await expect(withinTime(5_000, () => run.use(), world.clock)).rejects.toThrow("time to renew");
  expect([run.refreshes(), (await run.stored.get(name))?.version]).toEqual([0, 1]);
});
