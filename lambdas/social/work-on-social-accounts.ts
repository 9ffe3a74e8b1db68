import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { workOnSocialAccounts } from "#shared/contracts/social";
import { dayOf } from "#shared/domain/kernel/time";
import { workIn } from "#shared/domain/social/work";
import { follow } from "#shared/application/social/follow";
import { causeOf } from "#shared/runtime/describe-error";
import { implementQueue } from "#shared/runtime/implement-consumer";
import { log } from "#shared/runtime/log";

export const handler = implementQueue(
  workOnSocialAccounts,
  { ...dynamodb, socialNetworks: stageSocialNetworks, tokenSeals: kmsTokenSeals, socialQueue: sqsSocialQueue },
  async (invocation, message, { socialCases, socialQueue, commit, ...ports }) => {
    const work = workIn(message);
    const state = await socialCases.of(work, dayOf(invocation.now));

    const { change, later, isRead, unread } = await follow(work, state, { ...ports, commit }, invocation);

    if (change) await commit(change);
    for (const { work: again, afterSeconds } of later) await socialQueue.send(again, afterSeconds);
    if (isRead) log("social.account_read", { platform: work.platform });
    if (unread) log(unread.code, { platform: work.platform, because: unread.because, ...causeOf(unread) });
  },
);
