/** Accounts with networks, one after the other, each handed to the queue. */
import type { NetworkPause, AccountName } from "#shared/domain/social/social-account";
import type { SocialWork } from "#shared/domain/social/work";
import type { SocialAccounts, SocialQueue } from "#shared/ports/social-accounts";

/** Those that somebody wants read: a person's, or with nobody named, everybody's. */
export async function* accountsAsked(
  accounts: Pick<SocialAccounts, "ofPerson" | "connected">,
  { userId }: { readonly userId: string | null },
): AsyncIterable<AccountName> {
  yield* userId === null ? accounts.connected() : await accounts.ofPerson(userId);
}

/** Hands an account to the queue, unless its network is not asked for now: the next round comes by it. */
export const handedOut =
  (task: SocialWork["task"], paused: readonly NetworkPause[], queue: SocialQueue) =>
  async ({ userId, platform }: AccountName): Promise<string> => {
    if (paused.some((pause) => pause.platform === platform)) return "put_off";
    await queue.send({ task, userId, platform });
    return "queued";
  };
