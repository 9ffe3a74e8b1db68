/** An account whose tokens are of no use any more. */
import { type Change, changed, type EntityChange, removed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { resourceOf, type SocialAccount } from "./social-account.ts";
import type { SocialToken } from "./social-tokens.ts";

/**
 * Its owner has to give consent again, and is told so, once: the tokens are of no use to anybody here, and are not kept.
 * @param left of a consent that stands at the network still, which is taken back
 */
export function reconnectNeeded(
  account: SocialAccount,
  useless: SocialToken,
  left: readonly EntityChange[],
  now: Instant,
): Change {
  const { userId, platform } = account;
  const next = changed("socialAccount", account, { ...account, status: "needs_reconnect", updatedAt: now });
  return {
    entities: [next, removed("socialToken", useless), ...left],
    events: [{ type: "social.reconnect_needed", detail: { userId, platform } }],
    audit: {
      action: "social.reconnect_needed",
      resource: resourceOf(account),
      changes: [{ field: "status", before: account.status, after: "needs_reconnect" }],
    },
  };
}
