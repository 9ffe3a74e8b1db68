/** Creators who connect accounts with networks, and what jobs, queue and bus then do about them. */
import { handler as connectSocialAccount } from "#lambdas/social/connect-social-account";
import { handler as forgetSocialDays } from "#lambdas/social/forget-social-days";
import { handler as refreshSocialTokens } from "#lambdas/social/refresh-social-tokens";
import { handler as requestSocialConsent } from "#lambdas/social/request-social-consent";
import { handler as revokeSocialConsents } from "#lambdas/social/revoke-social-consents";
import { handler as startSocialSync } from "#lambdas/social/start-social-sync";
import { handler as syncSocialAccounts } from "#lambdas/social/sync-social-accounts";
import { handler as workOnSocialAccounts } from "#lambdas/social/work-on-social-accounts";
import type { NetworkMember } from "#shared/adapters/memory/social-networks";
import type { DeliveredEvent, EventType } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialWork } from "#shared/domain/social/work";
import { untilDecided } from "#shared/runtime/until-decided";
import { withinTime } from "#shared/ports/call-time";
import { CREATOR_ID } from "../../support/builders.ts";
import { ranJob } from "../../support/ran-job.ts";
import { simulatedClock } from "../../support/simulated-clock.ts";
import { someFigures } from "../../support/social-builders.ts";
import { creator, type TestStage } from "../../support/stage.ts";

export const memberOf = (externalId = "mia", figures = someFigures()): NetworkMember => ({
  identity: {
    externalId,
    username: `${externalId}.makes`,
    displayName: externalId,
    profileUrl: `https://networks.example.com/${externalId}`,
    avatarUrl: null,
  },
  figures,
});

/** Sent to the network's page, and back with a code: not yet connected. */
export async function consented(
  stage: TestStage,
  platform: SocialPlatform,
  {
    actor = creator(CREATOR_ID),
    member = memberOf(),
  }: { readonly actor?: Actor; readonly member?: NetworkMember } = {},
) {
  const { state } = await stage.run(requestSocialConsent, { actor, path: { platform } });
  return { state, code: stage.socialNetworks.consent(platform, member) };
}

export const cameBack = (
  stage: TestStage,
  platform: SocialPlatform,
  body: { readonly code: string; readonly state: string },
  actor = creator(CREATOR_ID),
) => stage.run(connectSocialAccount, { actor, path: { platform }, body });

export async function connected(
  stage: TestStage,
  platform: SocialPlatform = "instagram",
  given: { readonly actor?: Actor; readonly member?: NetworkMember } = {},
) {
  return cameBack(stage, platform, await consented(stage, platform, given), given.actor);
}

export const later = (stage: TestStage, hours: number): void => {
  stage.clock.now = plusMilliseconds(stage.clock.now, hours * 3_600_000);
};

const occasionOf = (stage: TestStage) => ({
  actor: systemActor("social-accounts"),
  now: stage.clock.now,
  requestId: stage.newId("event"),
  newId: stage.newId,
});

/** One message of the queue, worked on as the runtime does it. */
export function worked(stage: TestStage, work: SocialWork, instead: object = {}): Promise<void> {
  const occasion = occasionOf(stage);
  const ports = { ...stage.granted(workOnSocialAccounts.contract.uses, occasion), ...instead };
  const act = () => untilDecided(() => workOnSocialAccounts.run(occasion, work, ports));
  return withinTime(30_000, act, simulatedClock());
}

/** Everything that is in the queue, until nothing is, each after the time that it was held back for. */
export async function drained(stage: TestStage): Promise<number> {
  let messages = 0;
  for (let next = stage.socialQueue.sent.shift(); next; next = stage.socialQueue.sent.shift(), messages += 1) {
    stage.clock.now = plusMilliseconds(stage.clock.now, next.afterSeconds * 1_000);
    await worked(stage, next.work);
  }
  return messages;
}

export const ranSync = (stage: TestStage) =>
  ranJob(stage, syncSocialAccounts, { adapters: { socialQueue: () => stage.socialQueue } });
export const ranRefresh = (stage: TestStage) =>
  ranJob(stage, refreshSocialTokens, { adapters: { socialQueue: () => stage.socialQueue } });

export const ranRevocations = (stage: TestStage) =>
  ranJob(stage, revokeSocialConsents, {
    adapters: {
      socialNetworks: () => stage.socialNetworks,
      tokenSeals: () => stage.tokenSeals,
      socialQueue: () => stage.socialQueue,
    },
  });

export const eventsOf = <T extends EventType>(stage: TestStage, type: T) =>
  stage
    .stored("outboxEvent")
    .map(parseEvent)
    .flatMap((event) => (event.type === type ? [event as DeliveredEvent<T>] : []));

export const startedSync = (
  stage: TestStage,
  event: DeliveredEvent<"social.sync_requested">,
  instead: object = {},
): Promise<void> => {
  const ports = { ...stage.granted(startSocialSync.contract.uses, occasionOf(stage)), ...instead };
  return startSocialSync.run(occasionOf(stage), event, ports);
};
export const forgot = (
  stage: TestStage,
  event: DeliveredEvent<"social.account_disconnected">,
  instead: object = {},
): Promise<void> => {
  const ports = { ...stage.granted(forgetSocialDays.contract.uses, occasionOf(stage)), ...instead };
  return forgetSocialDays.run(occasionOf(stage), event, ports);
};
