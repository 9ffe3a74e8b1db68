import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { takeBack } from "#shared/application/social/take-back";
import { disconnectSocialAccountFor } from "#shared/contracts/social";
import { connectionOf, disconnectAccount } from "#shared/domain/social/disconnect";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  disconnectSocialAccountFor,
  { ...dynamodb, socialNetworks: stageSocialNetworks, tokenSeals: kmsTokenSeals },
  async (call, { socialCases, commit, ...ports }) => {
    const connection = connectionOf(await socialCases.connection(call.path, call.now));

    const { change, revocation } = disconnectAccount(connection, call);
    const reply = await commit(change);

    // Nobody is held up by a network that does not say: a job asks it until it does.
    if (revocation) await takeBack(revocation, ports, call.now);
    return reply;
  },
);
