/** How networks are asked: by tokens that hold, one renewal at a time, and with an answer for everything that they may do. */
import type { Change } from "#shared/domain/change";
import { refuse, type RefusalCode } from "#shared/domain/kernel/refusal";
import type { Proof, Said } from "#shared/domain/social/connect";
import { socialRefusals } from "#shared/domain/social/refusals";
import {
  beginRenewal,
  canBeRenewed,
  endRenewal,
  isBeingRenewed,
  isToRenew,
  type Renewing,
} from "#shared/domain/social/renewal";
import type { AccountName } from "#shared/domain/social/social-account";
import type { SocialConsent, SocialToken, SocialTokens } from "#shared/domain/social/social-tokens";
import {
  type Followed,
  followed,
  type Heard,
  passedOver,
  type Readable,
  readable,
  type SyncCase,
} from "#shared/domain/social/sync";
import type { SocialWork } from "#shared/domain/social/work";
import { OwnError } from "#shared/domain/kernel/own-error";
import { remainingMs } from "./call-time.ts";
import { StaleState } from "./changes.ts";
import { OutcomeUnknown, type Persistence, Unavailable, untilAnswered } from "./outside.ts";
import type { SocialTokensStored } from "./social-accounts.ts";
import {
  NetworkBusy,
  NetworkRefused,
  type SocialNetwork,
  type SocialNetworks,
  type TokenSeals,
} from "./social-networks.ts";

/** Where tokens are, and what opens and renews them. */
export interface TokenSources {
  readonly socialTokens: Pick<SocialTokensStored, "get">;
  readonly tokenSeals: TokenSeals;
  readonly socialNetworks: SocialNetworks;
  readonly commit: (change: Change) => Promise<unknown>;
}

/** Somebody else is renewing these tokens: they are good in a moment. */
class BeingRenewed extends OwnError {
  constructor() {
    super("the tokens are being renewed");
    this.name = "BeingRenewed";
  }
}

/** The network takes these tokens no longer: those that were stored as this. */
class TokensRefused extends OwnError {
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

async function unlessRefused<R>(token: SocialToken, ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    const isOurs = error instanceof NetworkRefused && error.reason === "misconfigured";
    throw error instanceof NetworkRefused && !isOurs ? new TokensRefused(token) : error;
  }
}

/** What becomes of one piece of work: the network is asked where there is something to ask it, and what follows is decided. */
export async function follow(
  work: SocialWork,
  state: SyncCase,
  sources: TokenSources,
  renewing: Renewing,
): Promise<Followed> {
  const ready = readable(work, state, renewing.now);
  if (ready === undefined) return passedOver(work, state, renewing.now);
  return followed(work, ready, await heardOf(work, ready, sources, renewing), renewing.now);
}

/** Asks a network what the work is about. @throws what is our own fault, and what is no answer of the network's */
const heardOf = (
  { task }: SocialWork,
  { account }: Readable,
  sources: TokenSources,
  renewing: Renewing,
): Promise<Heard> =>
  answered(async () => {
    const name = { userId: account.userId, platform: account.platform };
    const open = await openTokens(name, sources, task === "renew" ? "due" : "use", renewing);
    if (open === undefined || task === "renew") return undefined;
    return unlessRefused(open.token, () => sources.socialNetworks.of(account.platform).read(open.tokens));
  });

async function answered(ask: () => Promise<Said | undefined>): Promise<Heard> {
  try {
    return { is: "said", said: await ask() };
  } catch (error) {
    if (error instanceof TokensRefused) return { is: "refused", token: error.token };
    if (error instanceof NetworkBusy) return { is: "busy", retryAfterSeconds: error.retryAfterSeconds };
    if ([Unavailable, OutcomeUnknown, BeingRenewed].some((one) => error instanceof one)) return { is: "silent" };
    throw error;
  }
}

/**
 * What a code proves: whose account it is, and the tokens to it, sealed. A code works once, so nothing here is done twice.
 * @throws Refusal for what the network does not take, and where it is busy or silent
 */
export async function provenBy(
  code: string,
  { userId, platform, codeVerifier }: Pick<SocialConsent, "userId" | "platform" | "codeVerifier">,
  { socialNetworks, tokenSeals }: Pick<TokenSources, "socialNetworks" | "tokenSeals">,
): Promise<Proof> {
  const network = socialNetworks.of(platform);
  const { tokens, said } = await refusing(() => exchanged(network, code, codeVerifier));
  return { ...said, tokens, sealed: await tokenSeals.seal({ userId, platform }, tokens) };
}

async function exchanged(network: SocialNetwork, code: string, codeVerifier: string) {
  const tokens = await network.exchange(code, { codeVerifier });
  return { tokens, said: await network.read(tokens) };
}

const refusedFor: Readonly<Record<"invalid_grant" | "insufficient_scope", RefusalCode>> = {
  invalid_grant: socialRefusals.codeRefused,
  insufficient_scope: socialRefusals.scopeMissing,
};

/** As a client is told. The state is spent by then, so that "again" is from the beginning. */
async function refusing<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NetworkRefused && error.reason !== "misconfigured") throw refuse(refusedFor[error.reason]);
    if (error instanceof NetworkBusy)
      throw refuse(socialRefusals.networkBusy, undefined, { retryAfterSeconds: error.retryAfterSeconds });
    if (error instanceof Unavailable || error instanceof OutcomeUnknown)
      throw refuse(socialRefusals.networkUnavailable, undefined, { retryAfterSeconds: 2 });
    throw error;
  }
}

/**
 * Takes a consent back at the network, as far as it answers. Whoever disconnects is not held up by a network that is away.
 * @returns whether the network took it back
 */
export async function revokedAt(
  name: AccountName,
  token: SocialToken | undefined,
  { socialNetworks, tokenSeals }: Pick<TokenSources, "socialNetworks" | "tokenSeals">,
): Promise<boolean> {
  if (token === undefined) return false;
  try {
    await socialNetworks.of(name.platform).revoke(await tokenSeals.open(name, token.sealed));
    return true;
  } catch (error) {
    const isNoAnswer = [NetworkRefused, NetworkBusy, Unavailable, OutcomeUnknown].some((one) => error instanceof one);
    if (isNoAnswer) return false;
    throw error;
  }
}
