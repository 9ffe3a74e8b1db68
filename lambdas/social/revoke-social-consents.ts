import { dynamodb } from "#shared/adapters/dynamodb/index";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import { stageSocialNetworks } from "#shared/adapters/social/social-networks";
import { sqsSocialQueue } from "#shared/adapters/sqs/social-queue";
import { settle } from "#shared/application/social/take-back";
import { revokeSocialConsents } from "#shared/contracts/social";
import { nameOfRevocation } from "#shared/domain/social/revocation";
import type { SocialRevocation } from "#shared/domain/social/social-tokens";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const rings = { left: "social.consent_left", refused: "social.consent_refused" } as const;

export const handler = implementJob(
  revokeSocialConsents,
  { ...dynamodb, socialNetworks: stageSocialNetworks, tokenSeals: kmsTokenSeals, socialQueue: sqsSocialQueue },
  async ({ now }, { socialRevocations, ...ports }, each) => {
    const takenBack = async (revocation: SocialRevocation): Promise<string> => {
      const outcome = await settle(revocation, { socialRevocations, ...ports }, now);
      if (outcome === "left" || outcome === "refused") log(rings[outcome], { item: nameOfRevocation(revocation) });
      return outcome;
    };

    await each(socialRevocations.due(now), nameOfRevocation, takenBack, { atOnce: 8 });
  },
);
