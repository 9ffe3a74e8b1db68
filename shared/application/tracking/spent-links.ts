import { followClickLimit, mayReachLimit } from "#shared/domain/links/click-limit";
import { knownLink } from "#shared/domain/links/follow-bans";
import type { Instant } from "#shared/domain/kernel/time";
import type { Commit } from "#shared/ports/catalogue";
import type { Links } from "#shared/ports/links";
import type { HitCounts } from "#shared/ports/tracking";
import { readOnce } from "./read-once.ts";

/** Links that are looked up at a time. */
export const LINKS_AT_ONCE = 16;

interface Ports {
  readonly links: Pick<Links, "get">;
  readonly hitCounts: Pick<HitCounts, "ofCampaign">;
  readonly commit: Commit;
}

/** Marks links that have had all the clicks they may have, by what is counted when it is asked. @returns what it did to one, if anything */
export function spentLinks({ links, hitCounts, commit }: Ports, { now }: { readonly now: Instant }) {
  const counted = readOnce(hitCounts);
  return async (code: string): Promise<"spent" | undefined> => {
    const link = knownLink(await links.get(code));
    if (!mayReachLimit(link)) return undefined;
    const change = followClickLimit(link, await counted(link, now), { now });
    if (change === undefined) return undefined;
    await commit(change);
    return "spent";
  };
}
