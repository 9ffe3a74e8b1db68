/** What a piece of work on an account comes to: its network is asked, and there is an answer to everything that it may do. */
import type { Said } from "#shared/domain/social/connect";
import type { Renewing } from "#shared/domain/social/renewal";
import {
  type Followed,
  followed,
  type Heard,
  passedOver,
  type Readable,
  readable,
  type SyncCase,
} from "#shared/domain/social/sync";
import { tokenTerms } from "#shared/domain/social/token-terms";
import type { SocialWork } from "#shared/domain/social/work";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused, SealBroken } from "#shared/ports/social-networks";
import {
  BeingRenewed,
  type OpenTokens,
  openTokens,
  type TokenSources,
  TokensRefused,
  unlessRefused,
} from "./open-tokens.ts";

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
    const open = await openTokens(account, sources, task === "renew" ? "due" : "use", renewing);
    if (open === undefined || task === "renew") return undefined;
    const read = ({ token, tokens }: OpenTokens) =>
      unlessRefused(token, () => sources.socialNetworks.of(account.platform).read(tokens));
    if (isRenewable(open))
      return orRenewed(open, read, () => openTokens(account, sources, { inPlaceOf: open.token }, renewing));
    return tokenTerms[account.platform].refusesGoodTokens ? doubting(() => read(open)) : read(open);
  });

/** An access token may end before its time: the consent is over with what renews it, which is another. */
const isRenewable = ({ tokens }: OpenTokens): boolean => tokens.refreshToken !== null;

async function orRenewed<R>(
  open: OpenTokens,
  read: (by: OpenTokens) => Promise<R>,
  renew: () => Promise<OpenTokens | undefined>,
): Promise<R | undefined> {
  try {
    return await read(open);
  } catch (error) {
    if (!(error instanceof TokensRefused && error.consent === "over")) throw error;
  }
  const renewed = await renew();
  // That it was renewed says that the consent stands.
  return renewed && doubting(() => read(renewed));
}

/** Asks where it is not to be believed at once that a consent is over. */
async function doubting<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof TokensRefused && error.consent === "over"
      ? new TokensRefused(error.token, "doubted")
      : error;
  }
}

async function answered(ask: () => Promise<Said | undefined>): Promise<Heard> {
  try {
    return { is: "said", said: await ask() };
  } catch (error) {
    if (error instanceof TokensRefused) return { is: "refused", token: error.token, consent: error.consent };
    if (error instanceof NetworkRefused)
      return { is: "denied", isToEverybody: error.reason === "misconfigured", cause: error };
    if (error instanceof SealBroken) return { is: "denied", isToEverybody: false, cause: error };
    if (error instanceof NetworkBusy)
      return { is: "busy", retryAfterSeconds: error.retryAfterSeconds, whose: error.whose };
    if ([Unavailable, OutcomeUnknown, BeingRenewed].some((one) => error instanceof one))
      return { is: "silent", cause: error };
    throw error;
  }
}
