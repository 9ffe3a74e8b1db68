import { randomApiSecrets } from "#shared/adapters/codes/api-secrets";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { requestSocialConsent } from "#shared/contracts/social";
import { requestConsent, requireNotPaused } from "#shared/domain/social/consent";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  requestSocialConsent,
  { ...dynamodb, socialNetworks: stageSocialNetworks, apiSecrets: randomApiSecrets },
  async (call, { apiSecrets, socialNetworks, networkPauses, commit }) => {
    const { platform } = call.path;
    requireNotPaused(platform, await networkPauses.at(call.now), call.now);
    const random = { state: apiSecrets.next(), verifier: apiSecrets.next() };

    const { change, consent, expiresAt } = requestConsent(platform, random, call);
    const authorizationUrl = await socialNetworks.of(platform).authorizationUrl(consent);

    return commit(change, { authorizationUrl, state: consent.state, expiresAt });
  },
);
