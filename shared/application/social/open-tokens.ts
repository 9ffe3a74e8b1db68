/** Tokens that hold: opened, and renewed first where they are over, by one of all who want them. */
import type { Change } from "#shared/domain/change";
import { OwnError } from "#shared/domain/kernel/own-error";
import {
  beginRenewal,
  canBeRenewed,
  endRenewal,
  isBeingRenewed,
  isToRenew,
  type Renewing,
} from "#shared/domain/social/renewal";
import type { AccountName } from "#shared/domain/social/social-account";
import type { SocialToken, SocialTokens } from "#shared/domain/social/social-tokens";
import { remainingMs } from "#shared/ports/call-time";
import { StaleState } from "#shared/ports/changes";
import { type Persistence, Unavailable, untilAnswered } from "#shared/ports/outside";
import type { SocialTokensStored } from "#shared/ports/social-accounts";
import { NetworkRefused, type SocialNetworks, type TokenSeals } from "#shared/ports/social-networks";

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
  constructor(token: SocialToken) {
    super("the network takes these tokens no longer");
    this.name = "TokensRefused";
    this.token = token;
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
const NEEDED_MS = 8_000;

interface OpenTokens {
  readonly token: SocialToken;
  readonly tokens: SocialTokens;
}

/**
 * Somebody's tokens, good to be used now. Of any number who want them while they are over, one renews them and the others wait for
 * what it stores. Whoever dies in between leaves its mark until `RENEWAL_MS` are over; then the next one tries what is stored,
 * which a network that rotates may have ended with the answer that nobody heard.
 * @param why `due` renews them also while they are good, when it is time to
 * @returns undefined where there are none any more
 * @throws TokensRefused, NetworkBusy, Unavailable, OutcomeUnknown
 */
export const openTokens = (
  name: AccountName,
  sources: TokenSources,
  why: "use" | "due",
  renewing: Renewing,
): Promise<OpenTokens | undefined> =>
  untilAnswered(async () => {
    const token = await sources.socialTokens.get(name);
    if (token === undefined) return undefined;
    if (!isToRenew(token, why, renewing.now))
      return { token, tokens: await sources.tokenSeals.open(name, token.sealed) };
    if (isBeingRenewed(token, renewing)) throw new BeingRenewed();
    return renewed(token, sources, renewing);
  }, waiting);

async function renewed(token: SocialToken, sources: TokenSources, renewing: Renewing): Promise<OpenTokens> {
  const { tokenSeals, socialNetworks, commit } = sources;
  const name = { userId: token.userId, platform: token.platform };
  if (remainingMs() < NEEDED_MS) throw new Unavailable("the time to renew tokens and store them");
  const { change, begun } = beginRenewal(token, renewing);
  await commit(change);
  const old = await tokenSeals.open(name, begun.sealed);
  if (!canBeRenewed(name.platform, old)) throw new TokensRefused(begun);
  const tokens = await unlessRefused(begun, () => socialNetworks.of(name.platform).refresh(old));
  // From the answer on the old ones may be dead, and the new ones are here alone: nothing is done before they are stored.
  const ended = endRenewal(begun, tokens, await tokenSeals.seal(name, tokens), renewing.now);
  await commit(ended.change);
  return { token: ended.token, tokens };
}

/** Asks by these tokens. @throws TokensRefused where the network takes them no longer */
export async function unlessRefused<R>(token: SocialToken, ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    const isOurs = error instanceof NetworkRefused && error.reason === "misconfigured";
    throw error instanceof NetworkRefused && !isOurs ? new TokensRefused(token) : error;
  }
}
