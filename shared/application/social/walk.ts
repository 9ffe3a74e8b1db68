/** Accounts with networks, one after the other, each handed to the queue. */
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import type { NetworkPause, AccountName } from "#shared/domain/social/social-account";
import { roomAt } from "#shared/domain/social/room";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { heldUntil, LONGEST_DELAY_SECONDS } from "#shared/domain/social/work";
import type { SocialAccounts, SocialQueue } from "#shared/ports/social-accounts";

/** Those that somebody wants read: a person's, or with nobody named, everybody's. */
export async function* accountsAsked(
  accounts: Pick<SocialAccounts, "ofPerson" | "connected">,
  { userId }: { readonly userId: string | null },
): AsyncIterable<AccountName> {
  yield* userId === null ? accounts.connected() : await accounts.ofPerson(userId);
}

/** A walk over what is due. */
interface Round {
  readonly now: Instant;
  readonly paused: readonly NetworkPause[];
  /** Somebody wants them read now, due or not. */
  readonly asked?: true;
}

/** Hands tokens that are to be renewed to the queue, unless their network is not asked for now: the next round comes by them. */
export const toRenew =
  ({ now, paused }: Pick<Round, "now" | "paused">, queue: SocialQueue) =>
  async ({ userId, platform }: AccountName): Promise<string> => {
    if (restsLong(platform, { now, paused })) return "put_off";
    await queue.send({ task: "renew", userId, platform });
    return "queued";
  };

/** A shorter rest the queue holds the work back for. */
const restsLong = (platform: SocialPlatform, { now, paused }: Pick<Round, "now" | "paused">): boolean => {
  const held = plusMilliseconds(now, LONGEST_DELAY_SECONDS * 1_000);
  return paused.some((pause) => pause.platform === platform && pause.until > held);
};

/** Hands accounts to the queue as fast as their networks have room for them, and as many; the next round comes by the others. */
export function toRead({ now, paused, ...asked }: Round, queue: SocialQueue) {
  const places = new Map<SocialPlatform, number>();
  return async ({ userId, platform }: AccountName): Promise<string> => {
    const place = places.get(platform) ?? 0;
    places.set(platform, place + 1);
    const notBefore = roomAt(platform, place, now);
    if (notBefore === undefined || restsLong(platform, { now, paused })) return "put_off";
    const { work, afterSeconds } = heldUntil({ task: "sync", userId, platform, ...asked }, notBefore, now);
    await queue.send(work, afterSeconds);
    return "queued";
  };
}
