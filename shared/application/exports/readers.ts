/** What an export reads, page by page: the lists of the API, decided for whoever it is for at each page anew. */
import { sealedRow } from "#shared/domain/audit/audit-entry";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import type { Rows } from "#shared/domain/exports/columns";
import type { Export, ExportKind } from "#shared/domain/exports/export";
import { figuresRows } from "#shared/domain/exports/figures";
import { spanOf } from "#shared/domain/exports/input";
import { participantView } from "#shared/domain/invitations/answer-invitation";
import { type Actor, isAdmin } from "#shared/domain/kernel/actor";
import { known } from "#shared/domain/kernel/refusal";
import { type Instant, isWithin } from "#shared/domain/kernel/time";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import type { Exported } from "#shared/ports/exported";
import type { Page, PageRequest } from "#shared/ports/page";

/** Who an export is for, and what they asked for. */
export interface Reading {
  readonly asked: Pick<Export, "kind" | "campaignId" | "from" | "to">;
  readonly actor: Actor;
  readonly now: Instant;
}

type Read<T> = (ports: Exported, reading: Reading, page: PageRequest) => Promise<Page<T>>;

/** The one campaign that an export of a campaign is of; its contract asks for it. */
const campaignIn = ({ asked }: Reading): string => known(asked.campaignId, "campaign of this export");

/** @throws Refusal `campaign.not_found` for whoever may not see it, or not any more */
async function seen({ campaigns }: Pick<Exported, "campaigns">, reading: Reading) {
  const { actor } = reading;
  const state = visibleTo(actor, await campaigns.seenBy(campaignIn(reading), actor.userId));
  return { ...state, creatorId: ownSliceOf(actor, state.campaign) };
}

function only<T>(page: Page<T>, matches: (one: T) => boolean): Page<T> {
  return { ...page, items: page.items.filter(matches) };
}

/** Whose things somebody sees where each has their own: an admin everybody's. */
const ownerFor = (actor: Actor): string | undefined => (isAdmin(actor) ? undefined : actor.userId);

export const readers: { readonly [K in ExportKind]: Read<Rows[K]> } = {
  transactions: ({ exportedLists }, { asked, actor }, page) =>
    exportedLists.transactions(ownerFor(actor), spanOf(asked), page),
  earnings: async ({ exportedLists }, { asked, actor }, page) => {
    const all = await exportedLists.earnings(ownerFor(actor), spanOf(asked), page);
    return only(all, ({ campaignId }) => asked.campaignId === undefined || asked.campaignId === campaignId);
  },
  "campaign-analytics": async (ports, reading) => {
    const { asked, now } = reading;
    const { campaign, budget, creatorId } = await seen(ports, reading);
    const { first, last } = periodOf(asked, now);
    const participants = await ports.participants.everybody(campaign.id, { creatorId });
    const buckets = await ports.hitCounts.ofCampaign(campaign.id, first, last);
    const tallies = await ports.conversionTallies.ofCampaign(campaign.id, first, last);
    // Rows say nothing of what visits show.
    const state = { campaign, budget, participants, buckets, tallies, visits: [], creatorId };
    return { items: figuresRows(analyticsOf(state, now)) };
  },
  participants: async (ports, reading, page) => {
    const { campaign, creatorId } = await seen(ports, reading);
    const all = await ports.participants.ofCampaign(campaign.id, { creatorId }, page);
    const some = only(all, ({ joinedAt }) => isWithin(spanOf(reading.asked), joinedAt));
    return { ...some, items: some.items.map(participantView) };
  },
  submissions: async (ports, reading, page) => {
    const { campaign, creatorId } = await seen(ports, reading);
    return ports.exportedLists.submissions(campaign.id, creatorId, spanOf(reading.asked), page);
  },
  users: async ({ accounts }, { asked }, page) =>
    only(await accounts.all({}, page), ({ createdAt }) => isWithin(spanOf(asked), createdAt)),
  "audit-logs": async ({ auditTrail }, { asked }, page) => {
    const { campaignId } = asked;
    const resource = campaignId === undefined ? undefined : { type: "campaign", id: campaignId };
    const found = await auditTrail.rows({ ...spanOf(asked), resource }, page);
    return { ...found, items: found.items.map(sealedRow) };
  },
};

const ofOneCampaign: readonly ExportKind[] = ["campaign-analytics", "participants", "submissions"];

/**
 * Whether what was asked for is there to be read, before anybody begins.
 * @throws Refusal `campaign.not_found`, `request.invalid` for figures of too many days
 */
export async function requireReadable(ports: Pick<Exported, "campaigns">, reading: Reading): Promise<void> {
  const { asked, now } = reading;
  if (ofOneCampaign.includes(asked.kind)) await seen(ports, reading);
  if (asked.kind === "campaign-analytics") periodOf(asked, now, "/from");
}
