/**
 * Tokens: one renewal of any number who want it (T20 of the reliability targets), what becomes of who dies in between, and that
 * nobody ever sees one.
 */
import { describe, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { memorySocialNetworks } from "#shared/adapters/memory/social-networks";
import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";
import type { Change } from "#shared/domain/change";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { systemActor } from "#shared/domain/kernel/actor";
import { wait, withinTime } from "#shared/ports/call-time";
import { openTokens } from "#shared/application/social/open-tokens";
import { entityItem } from "#shared/table/entity";
import { CREATOR_ID } from "../../support/builders.ts";
import { simulated } from "../../support/simulated-table.ts";
import { aSocialToken } from "../../support/social-builders.ts";
import { sequentialIds } from "../../support/stage.ts";
import { memberOf } from "./connecting.ts";

const START = Date.parse("2026-11-25T12:00:00.000Z");
const name = { userId: CREATOR_ID, platform: "twitter" } as const;

/** Somebody's tokens with a network that rotates them, over since a minute, on a table where people meet. */
async function expired(seed: number) {
  const world = simulated(seed);
  const nowMs = () => START + world.clock.nowMs();
  const networks = memorySocialNetworks(nowMs);
  const tokenSeals = memoryTokenSeals();
  const tokens = await networks.of("twitter").exchange(networks.consent("twitter", memberOf()), { codeVerifier: "v" });
  const sealed = await tokenSeals.seal(name, tokens);
  const over = new Date(nowMs() - 60_000).toISOString();
  const item = entityItem("socialToken", aSocialToken({ ...name, sealed, expiresAt: over, refreshDueAt: over }));
  await world.table.driver.write({ kind: "put", item, when: { any: true } });
  const { changes, socialTokens } = memory(world.table);
  const [committing, stored] = [changes({}), socialTokens({})];
  /** The network takes its time, as networks do. */
  const slow = {
    ...networks,
    of: (platform: "twitter") => {
      const network = networks.of(platform);
      return {
        ...network,
        refresh: async (old: SocialTokens) => {
          await wait(400);
          return network.refresh(old);
        },
      };
    },
  };
  const newId = sequentialIds();
  let users = 0;
  return {
    world,
    networks,
    tokenSeals,
    stored,
    /** Somebody who needs the tokens now, and dies where a test says. */
    use(dies: (at: "begun" | "renewed") => boolean = () => false) {
      const requestId = `request ${(users += 1)}`;
      const now = new Date(nowMs()).toISOString();
      let commits = 0;
      const commit = async (change: Change) => {
        const context = {
          actor: systemActor("test"),
          now,
          newId,
          requestId,
          writes: new Set(["socialToken", "socialRevocation"] as const),
        };
        if ((commits += 1) === 2 && dies("renewed")) throw new Error("died");
        await committing.commit(context, change);
        if (commits === 1 && dies("begun")) throw new Error("died");
      };
      const sources = { socialTokens: stored, tokenSeals, socialNetworks: slow as never, commit };
      const act = () => openTokens({ ...name, externalId: "mia" }, sources, "use", { now, requestId });
      return withinTime(30_000, act, world.clock);
    },
    refreshes: () => networks.asked.filter((one) => one === "twitter.refresh").length,
  };
}
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
