/** What time and money do to campaigns, without anybody asking. Used by the hourly job. */
import { type Change, changed, unchanged } from "../change.ts";
import type { Participant, Unit } from "../invitations/participant.ts";
import type { Actor } from "../kernel/actor.ts";
import type { NewId } from "../kernel/ids.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Instant } from "../kernel/time.ts";
import { campaignAccount, move, walletAccount } from "../wallets/ledger.ts";
import type { Budget, Campaign } from "./campaign.ts";
import { campaignLifecycle, type CampaignTransition, ENDED_STATUSES } from "./lifecycle.ts";

interface Occasion {
  readonly actor: Actor;
  readonly now: Instant;
  readonly newId: NewId;
}

/** The transition that is due, if any: a campaign that slept through start and end takes them one after the other. */
export function transitionDue(campaign: Campaign, budget: Budget, now: Instant): CampaignTransition | undefined {
  const { status, timeline } = campaign;
  const { start, complete, exhaust } = campaignLifecycle;
  const due: [CampaignTransition, boolean][] = [
    [start, timeline.start <= now],
    [complete, timeline.end <= now],
    [exhaust, isSpent(budget)],
  ];
  return due.find(([{ from }, isDue]) => isDue && from.includes(status))?.[0];
}

/** Nothing is left that could be promised or paid. */
const isSpent = ({ total, unassigned, secured }: Budget): boolean => total > 0 && unassigned === 0 && secured === 0;

/** Takes the transition; a completed campaign gives what is promised to nobody back to its brand, all of it. */
export function advanceCampaign(
  campaign: Campaign,
  budget: Budget,
  step: CampaignTransition,
  occasion: Occasion,
): Change {
  const next = transition(campaign, step, occasion.now);
  const { id: campaignId, brandId } = campaign;
  const returns = next.status === "completed" && budget.unassigned > 0;
  return {
    entities: [changed("campaign", campaign, next)],
    requires: [unchanged("budget", budget)],
    journals: returns
      ? [returnToBrand(campaign, budget.unassigned, "unassigned", `completion:${campaignId}`, occasion)]
      : [],
    events: [
      { type: "campaign.status_changed", detail: { campaignId, brandId, from: campaign.status, to: next.status } },
    ],
    audit: {
      action: "campaign.status_changed",
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "status", before: campaign.status, after: next.status }],
    },
  };
}

/** By its status, or because its end has come and its status will follow. */
export const hasEnded = ({ status, timeline }: Campaign, now: Instant): boolean =>
  ENDED_STATUSES.includes(status) || (status !== "draft" && timeline.end <= now);

/** Units nobody handed anything in for. */
export const untouchedUnits = ({ units }: Participant): readonly Unit[] =>
  units.filter(({ state, rounds }) => state === "open" && rounds === 0);

/**
 * Releases a participant's untouched units of a campaign that has ended: their price goes back to the brand. Units with
 * a submission stay secured and reviewable. Undefined when there is nothing to release.
 */
export function releaseUntouched(campaign: Campaign, participant: Participant, occasion: Occasion): Change | undefined {
  const released = untouchedUnits(participant);
  if (released.length === 0 || !hasEnded(campaign, occasion.now)) return undefined;
  const amount = released.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const units = participant.units.map((unit) =>
    released.includes(unit) ? { ...unit, state: "released" as const } : unit,
  );
  const open = units.some(({ state }) => state === "open" || state === "submitted");
  const status = open || participant.status === "inactive" ? participant.status : "completed";
  const next: Participant = { ...participant, units, status, updatedAt: occasion.now };
  const key = `release:${campaign.id}:${participant.creatorId}:${participant.version}`;
  return {
    entities: [changed("participant", participant, next)],
    journals: [returnToBrand(campaign, amount, "secured", key, occasion)],
    audit: {
      action: "participant.units_released",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: participant.creatorId, before: released.length, after: 0 }],
    },
  };
}

const returnToBrand = (
  campaign: Campaign,
  amount: number,
  from: "unassigned" | "secured",
  key: string,
  { actor, now, newId }: Occasion,
) =>
  move(
    {
      key,
      type: "release",
      currency: campaign.plannedBudget.currency,
      referenceId: campaign.id,
      description: `Unspent budget of “${campaign.name}” returned`,
      actorId: actor.userId,
      at: now,
      newId,
    },
    amount,
    campaignAccount({ campaignId: campaign.id, brandId: campaign.brandId }, from),
    walletAccount(campaign.brandId, "available"),
  );
