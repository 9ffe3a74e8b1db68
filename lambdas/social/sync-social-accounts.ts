import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { syncSocialAccounts } from "#shared/contracts/social";
import { nameOf } from "#shared/domain/social/social-account";
import { toRead } from "#shared/application/social/walk";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  syncSocialAccounts,
  { ...dynamodb, socialQueue: sqsSocialQueue },
  async ({ now }, { socialAccounts, networkPauses, socialQueue }, each) => {
    const paused = await networkPauses.at(now);

    await each(socialAccounts.due(now), nameOf, toRead({ now, paused }, socialQueue), { atOnce: 16 });
  },
);
