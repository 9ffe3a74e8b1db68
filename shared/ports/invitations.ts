import type { Invitation } from "#shared/domain/invitations/invitation";
import type { Participant, Unit } from "#shared/domain/invitations/participant";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

/** Lists say of each how it stands at `now`, whether or not its expiry was written down. */
export interface InvitationFilter {
  readonly now: Instant;
  readonly statuses?: readonly Invitation["status"][] | undefined;
}

export interface Invitations {
  get(campaignId: string, creatorId: string): Promise<Invitation | undefined>;
  ofCampaign(campaignId: string, filter: InvitationFilter, page: PageRequest): Promise<Page<Invitation>>;
  /** Newest first. */
  ofCreator(creatorId: string, filter: InvitationFilter, page: PageRequest): Promise<Page<Invitation>>;
  /** Those whose time is up and that nobody has answered, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<Pick<Invitation, "campaignId" | "creatorId">>;
}

/** Somebody whose units time settles; without units where they cannot be read, which whoever looks them up is told. */
export interface OwedParticipant extends Pick<Participant, "campaignId" | "creatorId"> {
  readonly units?: readonly Unit[] | undefined;
}

export interface Participants {
  get(campaignId: string, creatorId: string): Promise<Participant | undefined>;
  /** Everybody who takes or took part in a campaign, whole; with `creatorId`, that one alone. */
  everybody(campaignId: string, filter: { readonly creatorId?: string | undefined }): Promise<readonly Participant[]>;
  /** Everybody, read as they are asked for. */
  each(campaignId: string): AsyncIterable<Participant>;
  /** Who they are, also where no more of them can be read, which whoever looks them up is told; read as they are asked for. */
  named(campaignId: string): AsyncIterable<Pick<Participant, "creatorId">>;
  /** With `creatorId`, that one alone. */
  ofCampaign(
    campaignId: string,
    filter: { readonly creatorId?: string | undefined },
    page: PageRequest,
  ): Promise<Page<Participant>>;
  /** Those of whose units time has to settle some, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<OwedParticipant>;
}
