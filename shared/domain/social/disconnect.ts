import { type Change, removed } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found } from "../kernel/refusal.ts";
import { socialRefusals } from "./refusals.ts";
import { keptEvidence } from "./audience-evidence.ts";
import {
  type AudienceEvidence,
  resourceOf,
  type SocialAccount,
  type SocialClaim,
  type SocialDay,
} from "./social-account.ts";
import { lettingGo } from "./revocation.ts";
import type { SocialRevocation, SocialToken } from "./social-tokens.ts";

/** What is known of an account, and who claims it. */
export interface Connection {
  readonly account: SocialAccount;
  readonly claim: SocialClaim | undefined;
  readonly token: SocialToken | undefined;
  /** Its history of late, as it is shown. */
  readonly shown: readonly SocialDay[];
  /** What is kept of the account at its network from before. */
  readonly kept: AudienceEvidence | undefined;
}

/** @throws Refusal where there is none. */
export const connectionOf = (connection: Connection | undefined): Connection =>
  found(connection, socialRefusals.notConnected);

/**
 * Forgets the account: others may connect it, and nobody can read it any more, whatever the network says to it. Its history
 * goes with the event, but for what flags rest on, and its consent is taken back from now on, by tokens that are good for nothing else.
 */
export function disconnectAccount(
  { account, claim, token, ...history }: Connection,
  occasion: Pick<Occasion, "actor" | "ifMatch" | "now">,
): { readonly change: Change; readonly revocation: SocialRevocation | undefined } {
  requireVersion(account, occasion);
  const { userId, platform, externalId } = account;
  const acting = actingFor(occasion.actor, userId);
  const byAdmin = acting.onBehalfOf === undefined ? {} : ({ byAdmin: true } as const);
  const left = token === undefined ? [] : lettingGo(account, token, occasion.now);
  const change: Change = {
    entities: [
      removed("socialAccount", account),
      ...(token === undefined ? [] : [removed("socialToken", token)]),
      ...left,
      ...keptEvidence(account, history, occasion.now),
      ...(claim?.userId === userId ? [removed("socialClaim", claim)] : []),
    ],
    events: [{ type: "social.account_disconnected", detail: { userId, platform, ...byAdmin } }],
    audit: {
      action: "social.account_disconnected",
      resource: resourceOf(account),
      changes: [{ field: "externalId", before: externalId, after: null }],
      ...acting,
    },
  };
  return { change, revocation: left[0]?.next };
}
