import type { Entities, EntityName } from "#shared/domain/entities";
import type { Campaign } from "#shared/domain/campaigns/campaign";
import { epochSeconds, plusDays } from "#shared/domain/kernel/time";
import { indexed, type Key, keys } from "#shared/table/keys";

/** Where a thing is stored: its key, and the index attributes that its present state calls for. */
export interface Storage {
  readonly key: Key;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** The instant at which a campaign must be looked at next: its start while scheduled, its end while running. */
export function campaignDueAt({ status, timeline }: Campaign): string | undefined {
  if (status === "scheduled") return timeline.start;
  return status === "active" || status === "paused" ? timeline.end : undefined;
}

/** How each entity is stored. Exhaustive: an entity without a place does not compile. */
export const storageOf: { readonly [E in EntityName]: (entity: Entities[E]) => Storage } = {
  account: ({ id, createdAt, roles }) => ({
    key: keys.account(id),
    attributes: {
      ...indexed.everyOne("ACCOUNTS", `${createdAt}#${id}`),
      ...(roles.includes("admin") && indexed.adminAccount(id)),
    },
  }),
  wallet: ({ userId }) => ({ key: keys.wallet(userId), attributes: indexed.everyOne("WALLETS", userId) }),
  deposit: ({ id, userId }) => ({ key: keys.deposit(id), attributes: indexed.depositOfUser(userId, id) }),
  earning: ({ id, creatorId, status, availableAt }) => ({
    key: keys.earning(creatorId, id),
    attributes: {
      ...indexed.everyOne("EARNINGS", id),
      ...(status === "pending" && indexed.due("earning", availableAt, id)),
    },
  }),
  campaign: (campaign) => {
    const dueAt = campaignDueAt(campaign);
    return {
      key: keys.campaign(campaign.id),
      attributes: {
        ...indexed.campaignOfBrand(campaign.brandId, campaign.id),
        ...indexed.everyOne("CAMPAIGNS", campaign.id),
        ...(dueAt !== undefined && indexed.due("campaign", dueAt, campaign.id)),
      },
    };
  },
  budget: ({ campaignId }) => ({ key: keys.budget(campaignId), attributes: indexed.everyOne("BUDGETS", campaignId) }),
  deliverable: ({ campaignId, id }) => ({ key: keys.deliverable(campaignId, id) }),
  invitation: ({ campaignId, creatorId, status, invitedAt, expiresAt }) => ({
    key: keys.invitation(campaignId, creatorId),
    attributes: {
      ...indexed.invitationOfCreator(creatorId, invitedAt, campaignId),
      ...(status === "pending" && indexed.due("invitation", expiresAt, `${campaignId}#${creatorId}`)),
    },
  }),
  participant: ({ campaignId, creatorId }) => ({
    key: keys.participant(campaignId, creatorId),
    attributes: {
      ...indexed.participantOfCreator(creatorId, campaignId),
      ...indexed.everyOne("PARTICIPANTS", `${campaignId}#${creatorId}`),
    },
  }),
  submission: ({ campaignId, id, status, reviewDueAt }) => ({
    key: keys.submission(campaignId, id),
    ...(status === "pending_review" && { attributes: indexed.due("submission", reviewDueAt, id) }),
  }),
  review: ({ campaignId, submissionId, id }) => ({ key: keys.review(campaignId, submissionId, id) }),
  link: ({ code, campaignId, creatorId, createdAt }) => ({
    key: keys.link(code),
    attributes: indexed.linkOfCampaign(campaignId, creatorId, createdAt, code),
  }),
  notification: ({ userId, id }) => ({ key: keys.notification(userId, id) }),
  mail: ({ id, createdAt }) => ({ key: keys.mail(id), attributes: expiringAfterDays(createdAt, 90) }),
  jobRun: ({ job, id, startedAt }) => ({ key: keys.jobRun(job, id), attributes: expiringAfterDays(startedAt, 400) }),
  jobLease: ({ job }) => ({ key: keys.jobLease(job) }),
};

const expiringAfterDays = (from: string, days: number) => ({ expiresAtSeconds: epochSeconds(plusDays(from, days)) });
