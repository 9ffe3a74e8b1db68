import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { connectSocialAccount } from "#shared/contracts/social";
import { dayOf } from "#shared/domain/kernel/time";
import { connectAccount } from "#shared/domain/social/connect";
import { codeDigestOf, digestOf, openConsent, requireTaken } from "#shared/domain/social/consent";
import { socialAccountView } from "#shared/domain/social/view";
import { provenBy } from "#shared/application/social/prove";
import { implement } from "#shared/runtime/implement";
import { untilDecided } from "#shared/runtime/until-decided";

export const handler = implement(
  connectSocialAccount,
  { ...dynamodb, socialNetworks: stageSocialNetworks, tokenSeals: kmsTokenSeals },
  async (call, { socialConsents, socialCases, socialClaims, commit, ...ports }) => {
    const { body, path, now } = call;
    const name = { userId: call.actor.userId, platform: path.platform };
    const consent = openConsent(await socialConsents.get(digestOf(body.state)), { ...name, now });
    requireTaken(await socialConsents.take(consent, codeDigestOf(path.platform, body.code), now));
    const proof = await provenBy(body.code, consent, ports);

    // A code works once: what changes meanwhile is decided about again without asking the network.
    return untilDecided(async () => {
      const claim = await socialClaims.get(path.platform, proof.identity.externalId);
      const kept = await socialClaims.kept(path.platform, proof.identity.externalId);
      const state = await socialCases.of(name, dayOf(now));
      const { change, account } = connectAccount(path.platform, { ...state, claim, kept }, proof, call);
      return commit(change, socialAccountView(account));
    });
  },
);
