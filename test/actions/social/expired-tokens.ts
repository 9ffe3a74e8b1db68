/** Many who want tokens that are over, at once. */
import { memory } from "#shared/adapters/memory/index";
import { memorySocialNetworks } from "#shared/adapters/memory/social-networks";
import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";
import { openTokens } from "#shared/application/social/open-tokens";
import type { Change } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { wait, withinTime } from "#shared/ports/call-time";
import { entityItem } from "#shared/table/entity";
import { CREATOR_ID } from "../../support/builders.ts";
import { simulated } from "../../support/simulated-table.ts";
import { aSocialToken } from "../../support/social-builders.ts";
import { sequentialIds } from "../../support/stage.ts";
import { memberOf } from "./connecting.ts";

const START = Date.parse("2026-11-25T12:00:00.000Z");
/** Somebody's tokens with a network, over since a minute, on a table where people meet. */
export async function expiredTokens(seed: number, platform: SocialPlatform, answersAfterMs = 400) {
  const name = { userId: CREATOR_ID, platform };
  const world = simulated(seed);
  const nowMs = () => START + world.clock.nowMs();
  const networks = memorySocialNetworks(nowMs);
  const tokenSeals = memoryTokenSeals();
  const { tokens } = await networks
    .of(platform)
    .exchange(networks.consent(platform, memberOf()), { codeVerifier: "v" });
  const sealed = await tokenSeals.seal(name, tokens);
  const over = new Date(nowMs() - 60_000).toISOString();
  const item = entityItem("socialToken", aSocialToken({ ...name, sealed, expiresAt: over, refreshDueAt: over }));
  await world.table.driver.write({ kind: "put", item, when: { any: true } });
  const { changes, socialTokens } = memory(world.table);
  const [committing, stored] = [changes({}), socialTokens({})];
  /** The network takes its time, as networks do. */
  const slow = {
    ...networks,
    of: () => {
      const network = networks.of(platform);
      return {
        ...network,
        refresh: async (old: SocialTokens) => {
          await wait(answersAfterMs);
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
    refreshes: () => networks.asked.filter((one) => one === `${platform}.refresh`).length,
  };
}
