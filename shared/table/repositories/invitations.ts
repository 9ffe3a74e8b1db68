import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import type { Invitations, Participants } from "#shared/ports/invitations";
import type { TableEngine } from "#shared/table/engine";
import { keys, patterns } from "#shared/table/keys";
import { inTable, pageOf, parsed } from "./pages.ts";

export const storedInvitations = (table: TableEngine): Invitations => ({
  get: async (campaignId, creatorId) => parsed(Invitation, await table.get(keys.invitation(campaignId, creatorId))),
  ofCampaign: (campaignId, page) =>
    pageOf(table, inTable(patterns.invitationsOfCampaign(campaignId)), Invitation, page),
  ofCreator: (creatorId, { statuses }, page) => {
    const { pk, prefix } = patterns.invitationsOfCreator(creatorId);
    const listing = { index: "owner", partition: pk, prefix, descending: true } as const;
    return pageOf(
      table,
      listing,
      Invitation,
      page,
      ({ status }) => statuses === undefined || statuses.includes(status),
    );
  },
});

export const storedParticipants = (table: TableEngine): Participants => ({
  get: async (campaignId, creatorId) => parsed(Participant, await table.get(keys.participant(campaignId, creatorId))),
  ofCampaign: (campaignId, { creatorId }, page) =>
    pageOf(
      table,
      inTable(patterns.participantsOfCampaign(campaignId)),
      Participant,
      page,
      (participant) => creatorId === undefined || participant.creatorId === creatorId,
    ),
});
