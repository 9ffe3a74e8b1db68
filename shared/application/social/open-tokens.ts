/** Tokens that hold: opened, and renewed first where they are over, by one of all who want them. */
import type { Change } from "#shared/domain/change";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Instant } from "#shared/domain/kernel/time";
import {
  beginRenewal,
  canBeRenewed,
  endRenewal,
  isBeingRenewed,
  isToRenew,
  type Renewing,
} from "#shared/domain/social/renewal";
import { lettingGo } from "#shared/domain/social/revocation";
import type { SocialAccount } from "#shared/domain/social/social-account";
import type { SocialToken, SocialTokens } from "#shared/domain/social/social-tokens";
import type { RefusedConsent } from "#shared/domain/social/sync";
import { remainingMs } from "#shared/ports/call-time";
import { StaleState } from "#shared/ports/changes";
import { type Persistence, Unavailable, untilAnswered } from "#shared/ports/outside";
import type { SocialTokensStored } from "#shared/ports/social-accounts";
import {
  type NetworkRefusal,
  NetworkRefused,
  type SocialNetworks,
  type TokenSeals,
} from "#shared/ports/social-networks";

/** Where tokens are, and what opens and renews them. */
export interface TokenSources {
  readonly socialTokens: Pick<SocialTokensStored, "get">;
  readonly tokenSeals: TokenSeals;
  readonly socialNetworks: SocialNetworks;
  readonly commit: (change: Change) => Promise<unknown>;
}

/** Somebody else is renewing these tokens: they are good in a moment. */
export class BeingRenewed extends OwnError {
  constructor() {
    super("the tokens are being renewed");
    this.name = "BeingRenewed";
  }
}

/** The network takes these tokens no longer: those that were stored as this. */
export class TokensRefused extends OwnError {
  readonly token: SocialToken;
  readonly consent: RefusedConsent;
  constructor(token: SocialToken, consent: RefusedConsent) {
    super("the network takes these tokens no longer");
    this.name = "TokensRefused";
    this.token = token;
    this.consent = consent;
  }
}

/** A renewal takes a call to the network; whoever waits for another's looks again until it is there. */
const waiting: Persistence = {
  isTransient: (error) => error instanceof BeingRenewed || error instanceof StaleState,
  firstWaitMs: 50,
  longestWaitMs: 1_000,
  tries: 1_000,
};

/** What a renewal may take, with its write: nobody begins one that they may not live to store. */
const NEEDED_MS = 15_000;

type AccountOf = Pick<SocialAccount, "userId" | "platform" | "externalId">;

export interface OpenTokens {
  readonly token: SocialToken;
  readonly tokens: SocialTokens;
}

/** Why tokens are wanted: to be used, because it is time to renew them, or because the network took these no longer. */
type Wanted = "use" | "due" | { readonly inPlaceOf: SocialToken };

/**
 * Somebody's tokens, good to be used now. Of any number who want them while they are over, one renews them and the others wait for
 * what it stores. Whoever dies in between leaves its mark until `RENEWAL_MS` are over; then the next one tries what is stored,
 * which a network that rotates may have ended with the answer that nobody heard.
 * @param why `due` renews them also while they are good, when it is time to; `inPlaceOf` also where they end later, unless somebody
 * has renewed those since
 * @returns undefined where there are none any more
 * @throws TokensRefused, NetworkBusy, Unavailable, OutcomeUnknown
 */
export const openTokens = (
  of: AccountOf,
  sources: TokenSources,
  why: Wanted,
  renewing: Renewing,
): Promise<OpenTokens | undefined> =>
  untilAnswered(async () => {
    const token = await sources.socialTokens.get(of);
    if (token === undefined) return undefined;
    if (!isWantedAnew(token, why, renewing.now))
      return { token, tokens: await sources.tokenSeals.open(of, token.sealed) };
    if (isBeingRenewed(token, renewing)) throw new BeingRenewed();
    return renewed(of, token, sources, renewing);
  }, waiting);

const isWantedAnew = (token: SocialToken, why: Wanted, now: Instant): boolean =>
  typeof why === "string" ? isToRenew(token, why, now) : token.sealed === why.inPlaceOf.sealed;

async function renewed(
  of: AccountOf,
  token: SocialToken,
  { tokenSeals, socialNetworks, commit }: TokenSources,
  renewing: Renewing,
): Promise<OpenTokens> {
  if (remainingMs() < NEEDED_MS) throw new Unavailable("the time to renew tokens and store them");
  const { change, begun } = beginRenewal(token, renewing);
  await commit(change);
  const old = await tokenSeals.open(of, begun.sealed);
  if (!canBeRenewed(of.platform, old)) throw new TokensRefused(begun, "expired");
  const tokens = await unlessRefused(begun, () => socialNetworks.of(of.platform).refresh(old));
  // From the answer on the old ones may be dead, and the new ones are here alone: nothing is done before they are stored.
  const ended = endRenewal(begun, tokens, await tokenSeals.seal(of, tokens), renewing.now);
  try {
    await commit(ended.change);
  } catch (error) {
    // Somebody disconnected meanwhile, by tokens that may have been dead already: these are nobody's, and open the account.
    const left = lettingGo(of, ended.token, renewing.now);
    if (error instanceof StaleState && left.length > 0) await commit({ entities: left });
    throw error;
  }
  return { token: ended.token, tokens };
}

/** What a network's no says of the consent that its tokens came from; nothing, where it is none about them. */
const consentWhere: Readonly<Partial<Record<NetworkRefusal, RefusedConsent>>> = {
  invalid_grant: "over",
  insufficient_scope: "lacking",
};

/** Asks by these tokens. @throws TokensRefused where the network takes them no longer */
export async function unlessRefused<R>(token: SocialToken, ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    const consent = error instanceof NetworkRefused ? consentWhere[error.reason] : undefined;
    throw consent === undefined ? error : new TokensRefused(token, consent);
  }
}
