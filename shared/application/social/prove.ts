/** What somebody's code proves, and what they are told where it proves nothing. */
import { Refusal, type RefusalCode } from "#shared/domain/kernel/refusal";
import type { Proof } from "#shared/domain/social/connect";
import { socialRefusals } from "#shared/domain/social/refusals";
import type { SocialConsent } from "#shared/domain/social/social-tokens";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused, type SocialNetwork } from "#shared/ports/social-networks";
import type { TokenSources } from "./open-tokens.ts";

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
  const { tokens, identity } = await network.exchange(code, { codeVerifier });
  try {
    return { tokens, said: await network.read(tokens) };
  } catch (error) {
    // The network said whose account it is with the tokens, and may not take these yet: the next round reads the figures.
    if (identity === null || !isToReadLater(error)) throw error;
    return { tokens, said: { identity, figures: null } };
  }
}

const isToReadLater = (error: unknown): boolean =>
  error instanceof NetworkRefused
    ? error.reason === "invalid_grant" || error.reason === "unexplained"
    : [NetworkBusy, Unavailable, OutcomeUnknown].some((one) => error instanceof one);

const refusedFor: Readonly<Record<"invalid_grant" | "insufficient_scope", RefusalCode>> = {
  invalid_grant: socialRefusals.codeRefused,
  insufficient_scope: socialRefusals.scopeMissing,
};

/** As a client is told. The state is spent by then, so that "again" is from the beginning. */
async function refusing<R>(ask: () => Promise<R>): Promise<R> {
  try {
    return await ask();
  } catch (error) {
    throw refusalFor(error) ?? error;
  }
}

const AGAIN_SECONDS = 2;

function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof NetworkBusy) return told(socialRefusals.networkBusy, error.retryAfterSeconds, error);
  if (error instanceof Unavailable || error instanceof OutcomeUnknown)
    return told(socialRefusals.networkUnavailable, AGAIN_SECONDS, error);
  if (!(error instanceof NetworkRefused) || error.reason === "misconfigured") return undefined;
  // It may be about them, or about how we ask: of many at once somebody hears.
  if (error.reason === "unexplained") return told(socialRefusals.networkUnavailable, AGAIN_SECONDS, error);
  return new Refusal(refusedFor[error.reason], refusedFor[error.reason].title);
}

const told = (refusal: RefusalCode, retryAfterSeconds: number, cause: Error): Refusal =>
  new Refusal(refusal, refusal.title, { retryAfterSeconds }, { cause });
