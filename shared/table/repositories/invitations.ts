import * as z from "zod";
import { Invitation } from "#shared/domain/invitations/invitation";
import { lapsed } from "#shared/domain/invitations/lifecycle";
import { Participant, Unit } from "#shared/domain/invitations/participant";
import type { InvitationFilter, Invitations, Participants } from "#shared/ports/invitations";
import type { PageRequest } from "#shared/ports/page";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyOf, newestFirst, pageOf, parsed } from "./pages.ts";
import type { List } from "./reading.ts";

/** What a job reads of a list to look each one up: what cannot be read fails alone, and stops no other. */
const Named = Invitation.pick({ campaignId: true, creatorId: true });
const Owed = Participant.pick({ campaignId: true, creatorId: true }).extend({
  units: z.array(Unit).optional().catch(undefined),
});

export const storedInvitations = (table: TableEngine): Invitations => ({
  get: async (campaignId, creatorId) =>
    parsed(Invitation, await table.get(itemKey(items.invitation, { campaignId, creatorId }))),
  ofCampaign: (campaignId, filter, page) => standing(table, listing(items.invitation, { campaignId }), filter, page),
  ofCreator: (creatorId, filter, page) =>
    standing(table, newestFirst(listing(items.invitation.listings.ofCreator, { creatorId })), filter, page),
  due: (now) =>
    eachOf(
      table,
      spreadListing(items.invitation.listings.due, {}).map((part) => ranged(part, { to: now })),
      Named,
    ),
});

/** A page of those that stand so now: a list never calls pending what can no longer be accepted. */
const standing = (table: TableEngine, list: List, { now, statuses }: InvitationFilter, page: PageRequest) =>
  pageOf(
    table,
    list,
    Invitation.transform((stored) => lapsed(stored, now)),
    page,
    ({ status }) => statuses === undefined || statuses.includes(status),
  );

export const storedParticipants = (table: TableEngine): Participants => ({
  get: (campaignId, creatorId) => participant(table, campaignId, creatorId),
  everybody: (campaignId, { creatorId }) =>
    creatorId === undefined
      ? everyOf(table, listing(items.participant, { campaignId }), Participant)
      : alone(table, campaignId, creatorId),
  each: (campaignId) => eachOf(table, listing(items.participant, { campaignId }), Participant),
  named: (campaignId) =>
    eachOf(table, listing(items.participant, { campaignId }), Participant.pick({ creatorId: true })),
  ofCampaign: async (campaignId, { creatorId }, page) =>
    creatorId === undefined
      ? pageOf(table, listing(items.participant, { campaignId }), Participant, page)
      : { items: await alone(table, campaignId, creatorId) },
  due: (now) =>
    eachOf(
      table,
      spreadListing(items.participant.listings.due, {}).map((part) => ranged(part, { to: now })),
      Owed,
    ),
});

const participant = async (table: TableEngine, campaignId: string, creatorId: string) =>
  parsed(Participant, await table.get(itemKey(items.participant, { campaignId, creatorId })));

/** A list of whoever takes or took part under this name. */
const alone = async (table: TableEngine, campaignId: string, creatorId: string): Promise<Participant[]> =>
  [await participant(table, campaignId, creatorId)].flatMap((one) => one ?? []);
