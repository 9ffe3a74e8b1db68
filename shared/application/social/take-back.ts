/** Consents that are taken back at their networks. */
import type { AccountName } from "#shared/domain/social/social-account";
import type { SocialToken } from "#shared/domain/social/social-tokens";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import type { TokenSources } from "./open-tokens.ts";

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
