import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { refreshSocialTokens } from "#shared/contracts/social";
import { nameOf } from "#shared/domain/social/social-account";
import { toRenew } from "#shared/application/social/walk";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  refreshSocialTokens,
  { ...dynamodb, socialQueue: sqsSocialQueue },
  async ({ now }, { socialTokens, networkPauses, socialQueue }, each) => {
    const paused = await networkPauses.at(now);

    await each(socialTokens.due(now), nameOf, toRenew({ now, paused }, socialQueue), { atOnce: 16 });
  },
);
