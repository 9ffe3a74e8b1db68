/** Consents that are taken back at their networks, until these say so. */
import type { Change } from "#shared/domain/change";
import type { Instant } from "#shared/domain/kernel/time";
import {
  givenUp,
  isGivenUp,
  isSuperseded,
  lookedAfter,
  isToRenewFirst,
  mayEndOthers,
  postponed,
  renewedRevocation,
  superseded,
} from "#shared/domain/social/revocation";
import type { SocialRevocation, SocialTokens } from "#shared/domain/social/social-tokens";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import type { SocialAccounts, SocialClaims, SocialQueue, SocialRevocations } from "#shared/ports/social-accounts";
import { NetworkBusy, NetworkRefused, SealBroken } from "#shared/ports/social-networks";
import type { TokenSources } from "./open-tokens.ts";

interface Asked extends Pick<TokenSources, "socialNetworks" | "tokenSeals"> {
  readonly socialRevocations: Pick<SocialRevocations, "keep" | "end">;
  readonly socialClaims: Pick<SocialClaims, "get">;
  readonly socialAccounts: Pick<SocialAccounts, "get">;
}

/** Whether somebody has the account connected, by a consent that would end with this one. */
async function isInUse(
  revocation: SocialRevocation,
  { socialClaims, socialAccounts }: Pick<Asked, "socialClaims" | "socialAccounts">,
): Promise<boolean> {
  const { platform, externalId } = revocation;
  const claim = await socialClaims.get(platform, externalId);
  return isSuperseded(revocation, claim && (await socialAccounts.get(claim.userId, platform)));
}

/** What the network said, and what is stored of the consent now. */
type Answer =
  /** Also where it knew of no consent any more. */
  | { readonly is: "revoked" }
  /** It was not asked: somebody has connected the account since, by the same consent. */
  | { readonly is: "superseded"; readonly revocation: SocialRevocation }
  /** Nothing, or "later". */
  | { readonly is: "open"; readonly revocation: SocialRevocation; readonly waitSeconds: number }
  /** No: to our app, or nobody knows why. */
  | { readonly is: "refused"; readonly revocation: SocialRevocation; readonly refusal: NetworkRefused };

/**
 * Asks the network once. Where it says that the consent is taken back, that is the end of the tokens. Where it is in use again, which
 * is looked at once more right before asking, since renewing takes its time, it is not asked.
 */
export async function takeBack(revocation: SocialRevocation, asked: Asked, now: Instant): Promise<Answer> {
  const { socialNetworks, tokenSeals, socialRevocations } = asked;
  const network = socialNetworks.of(revocation.platform);
  let held = revocation;
  const renewed = async (tokens: SocialTokens): Promise<SocialTokens> => {
    const fresh = await network.refresh(tokens);
    const next = renewedRevocation(held, fresh, await tokenSeals.seal(held, fresh));
    // The old ones may be dead from the answer on: who asks next time has none but these.
    await socialRevocations.keep(held, next);
    held = next;
    return fresh;
  };
  try {
    if (await isInUse(held, asked)) return { is: "superseded", revocation: held };
    const tokens = await tokenSeals.open(held, held.sealed);
    const live = isToRenewFirst(held, tokens, now) ? await renewed(tokens) : tokens;
    if (live !== tokens && (await isInUse(held, asked))) return { is: "superseded", revocation: held };
    await network.revoke(live);
    await socialRevocations.end(held);
    return { is: "revoked" };
  } catch (error) {
    if (!(error instanceof NetworkRefused)) return { is: "open", revocation: held, waitSeconds: waitOf(error) };
    if (error.reason !== "invalid_grant") return { is: "refused", revocation: held, refusal: error };
    await socialRevocations.end(held);
    return { is: "revoked" };
  }
}

/** @throws what is neither silence nor "later" */
function waitOf(error: unknown): number {
  if (error instanceof NetworkBusy) return error.retryAfterSeconds;
  if (error instanceof Unavailable || error instanceof OutcomeUnknown) return 0;
  // Nobody can ask by them; a key that is put right may open them still, before they are given up.
  if (error instanceof SealBroken) return REFUSED_WAIT_SECONDS;
  throw error;
}

/** What a job needs besides: it asks when nobody waits for it, so that somebody may be connecting at that moment. */
interface AskedByJob extends Asked {
  readonly socialQueue: SocialQueue;
  readonly commit: (change: Change) => Promise<unknown>;
}

/** What a network refuses without saying why may be one person's, who is not there any more: another hour changes nothing about it. */
const REFUSED_WAIT_SECONDS = 86_400;

/** What becomes of a consent that is still to be taken back. @throws NetworkRefused where our app is; it is asked again */
export async function settle(
  revocation: SocialRevocation,
  { commit, socialQueue, ...asked }: AskedByJob,
  now: Instant,
): Promise<"revoked" | "superseded" | "postponed" | "refused" | "left"> {
  // Before it is asked: whatever the network says, or does not, whoever gives the consent anew meanwhile is looked after.
  const { work, afterSeconds } = lookedAfter(revocation);
  if (mayEndOthers(revocation)) await socialQueue.send(work, afterSeconds);
  const answer = await takeBack(revocation, asked, now);
  if (answer.is === "revoked") return "revoked";
  if (answer.is === "superseded") {
    await commit(superseded(answer.revocation));
    return "superseded";
  }
  if (isGivenUp(answer.revocation, now)) {
    await commit(givenUp(answer.revocation));
    return "left";
  }
  return keptOpen(answer, asked.socialRevocations, now);
}

async function keptOpen(
  answer: Extract<Answer, { readonly is: "open" | "refused" }>,
  revocations: Pick<SocialRevocations, "keep">,
  now: Instant,
): Promise<"postponed" | "refused"> {
  const waitSeconds = answer.is === "open" ? answer.waitSeconds : waitAfter(answer.refusal);
  await revocations.keep(answer.revocation, postponed(answer.revocation, waitSeconds, now));
  if (answer.is === "open") return "postponed";
  if (isOfOurApp(answer.refusal)) throw answer.refusal;
  return "refused";
}

const isOfOurApp = ({ reason }: NetworkRefused): boolean => reason === "misconfigured";
const waitAfter = (refusal: NetworkRefused): number => (isOfOurApp(refusal) ? 0 : REFUSED_WAIT_SECONDS);
