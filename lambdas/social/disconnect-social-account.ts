import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { disconnectSocialAccount } from "#shared/contracts/social";
import { connectionOf, disconnectAccount } from "#shared/domain/social/disconnect";
import { revokedAt } from "#shared/application/social/take-back";
import { log } from "#shared/runtime/log";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  disconnectSocialAccount,
  { ...dynamodb, socialNetworks: stageSocialNetworks, tokenSeals: kmsTokenSeals },
  async (call, { socialCases, commit, ...asked }) => {
    const [{ userId }, { platform }] = [call.actor, call.path];
    const connection = connectionOf(await socialCases.connection({ userId, platform }));

    const reply = await commit(disconnectAccount(connection, call));

    // What is forgotten nobody uses any more, whether or not the network says so as well.
    if (!(await revokedAt({ userId, platform }, connection.token, asked))) log("social.not_revoked", { platform });
    return reply;
  },
);
