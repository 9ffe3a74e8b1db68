/** An account with a network that is proven to be somebody's. */
import { type Change, changed, created, differences, type EntityChange, unchanged, type Written } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { type Instant, plusHours } from "../kernel/time.ts";
import { dayChange } from "./days.ts";
import { noFigures } from "./engagement.ts";
import type { SocialPlatform } from "./platform.ts";
import { socialRefusals } from "./refusals.ts";
import { ROUND_HOURS } from "./room.ts";
import { storedTokens } from "./renewal.ts";
import { lettingGo } from "./revocation.ts";
import {
  type AudienceEvidence,
  believed,
  type NetworkPause,
  resourceOf,
  type SocialAccount,
  type SocialClaim,
  type SocialDay,
  type SocialFigures,
} from "./social-account.ts";
import type { SocialToken, SocialTokens } from "./social-tokens.ts";
import { tokenTerms } from "./token-terms.ts";

/** An hour less than a round, so that nobody is passed over every other time. */
export const SYNC_HOURS = ROUND_HOURS - 1;

/** What is stored about one person and one network. */
export interface SocialCase {
  readonly account: SocialAccount | undefined;
  readonly token: SocialToken | undefined;
  /** Today's figures. */
  readonly day: SocialDay | undefined;
  readonly pause: NetworkPause | undefined;
}

/** What the network said about the account: who it is, and its figures. */
export interface Said {
  readonly identity: Pick<SocialAccount, "externalId" | "username" | "displayName" | "profileUrl" | "avatarUrl">;
  readonly figures: SocialFigures;
}

/** What somebody came back with: the network's word, and the tokens it gave, with their seal. */
export interface Proof extends Pick<Said, "identity"> {
  /** Null where they are still to be read. */
  readonly figures: SocialFigures | null;
  readonly tokens: SocialTokens;
  readonly sealed: string;
}

/**
 * The account is theirs from now on, or again. Everything of it is one write: whose it is by the claim, which is made or still
 * the same.
 * @throws Refusal where it is somebody else's, or they have another one
 */
export function connectAccount(
  platform: SocialPlatform,
  state: SocialCase & { readonly claim: SocialClaim | undefined; readonly kept: AudienceEvidence | undefined },
  { identity, figures, tokens, sealed }: Proof,
  { actor: { userId }, now }: Occasion,
): { readonly change: Change; readonly account: SocialAccount } {
  const { account, token, day, claim } = state;
  const { externalId } = identity;
  const of = { userId, platform };
  requireConnectable(state, { userId, externalId });
  const connected = accountChange(account, { ...of, ...identity }, { figures, kept: state.kept, now });
  const secret = { ...of, ...storedTokens(platform, tokens, sealed, now) };
  const change: Change = {
    entities: [
      connected,
      token === undefined ? created("socialToken", secret) : changed("socialToken", token, secret),
      ...(figures === null ? [] : dayChange(day, connected.next, figures, now)),
      ...formerOf({ ...of, externalId }, token, now),
      ...(claim === undefined ? [created("socialClaim", { platform, externalId, userId, createdAt: now })] : []),
    ],
    requires: claim === undefined ? [] : [unchanged("socialClaim", claim)],
    events: [{ type: "social.account_connected", detail: of }],
    audit: {
      action: "social.account_connected",
      resource: resourceOf(of),
      changes: differences(account ?? NONE, connected.next, ["externalId", "status"]) ?? [],
    },
  };
  return { change, account: connected.next };
}
const NONE: Partial<SocialAccount> = {};

/** Tokens that others come in the place of, where they would live on beside them: they are taken back. */
const formerOf = (
  of: Pick<SocialAccount, "userId" | "platform" | "externalId">,
  token: SocialToken | undefined,
  now: Instant,
): readonly EntityChange[] =>
  token === undefined || tokenTerms[of.platform].revocationEnds !== "its_tokens" ? [] : lettingGo(of, token, now);

function requireConnectable(
  { account, claim }: Pick<SocialCase, "account"> & { readonly claim: SocialClaim | undefined },
  { userId, externalId }: Pick<SocialAccount, "userId" | "externalId">,
): void {
  if (claim !== undefined && claim.userId !== userId)
    throw refuse(socialRefusals.accountTaken, undefined, { currentState: "connected" });
  if (account !== undefined && account.externalId !== externalId)
    throw refuse(socialRefusals.anotherConnected, undefined, { currentState: account.status });
}

function accountChange(
  account: SocialAccount | undefined,
  of: Pick<SocialAccount, "userId" | "platform"> & Said["identity"],
  {
    figures,
    kept,
    now,
  }: Pick<Proof, "figures"> & { readonly kept: AudienceEvidence | undefined; readonly now: Instant },
): Written<"socialAccount"> {
  const read =
    figures === null
      ? { figures: account?.figures ?? noFigures, lastSyncedAt: account?.lastSyncedAt ?? now, syncDueAt: now }
      : { figures, lastSyncedAt: now, syncDueAt: plusHours(now, SYNC_HOURS) };
  const holds = { ...of, ...read, status: "connected" as const, askedSyncs: 0, updatedAt: now };
  if (account === undefined)
    return created("socialAccount", {
      ...holds,
      ...(kept && { formerDays: kept.days }),
      connectedAt: now,
      createdAt: now,
    });
  return changed("socialAccount", account, { ...believed(account), ...holds });
}
