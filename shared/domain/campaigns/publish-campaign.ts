import { type Change, changed } from "../change.ts";
import type { Actor } from "../kernel/actor.ts";
import type { NewId } from "../kernel/ids.ts";
import { transition } from "../kernel/lifecycle.ts";
import { formatMoney } from "../kernel/money.ts";
import { type RefusalCode, refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { campaignAccount, move, walletAccount } from "../wallets/ledger.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Campaign } from "./campaign.ts";
import type { Deliverable } from "./deliverable.ts";
import { actingFor } from "./draft-campaign.ts";
import { campaignLifecycle } from "./lifecycle.ts";
import { campaignRefusals } from "./refusals.ts";

/** What publication looks at. */
export interface PublicationState {
  readonly campaign: Campaign;
  readonly deliverables: readonly Deliverable[];
  /** Of the campaign's brand. */
  readonly wallet: Wallet | undefined;
  readonly now: Instant;
}

export interface Blocker {
  readonly refusal: RefusalCode;
  readonly detail: string;
}

/** Everything that stops publication, states before rules before funds; empty when nothing does. */
export function publicationBlockers({ campaign, deliverables, wallet, now }: PublicationState): Blocker[] {
  const { plannedBudget } = campaign;
  const sameCurrency = wallet?.currency === plannedBudget.currency;
  const missing = plannedBudget.amount - (sameCurrency ? wallet.available : 0);
  const blockers: [boolean, RefusalCode, string][] = [
    [campaign.status !== "draft", campaignRefusals.notDraft, `The campaign is ${campaign.status}`],
    [
      campaign.timeline.end <= now,
      campaignRefusals.endNotFuture,
      `The campaign's end, ${campaign.timeline.end}, has passed`,
    ],
    [deliverables.length === 0, campaignRefusals.noDeliverables, "Add at least one deliverable"],
    [
      missing > 0,
      campaignRefusals.unfunded,
      `The budget is ${formatMoney(plannedBudget)}; the wallet is short of ${formatMoney({ ...plannedBudget, amount: Math.max(missing, 0) })}`,
    ],
    // Why a wallet with money in it does not fund the campaign. It never comes without the one above.
    [
      wallet !== undefined && !sameCurrency,
      walletRefusals.currencyMismatch,
      `The campaign is in ${plannedBudget.currency}, the wallet in ${wallet?.currency}`,
    ],
  ];
  return blockers.flatMap(([blocks, refusal, detail]) => (blocks ? [{ refusal, detail }] : []));
}

/** Sets the whole budget aside and puts the campaign up: `active` when its start has come, else `scheduled`. */
export function publishCampaign(
  state: PublicationState,
  { actor, now, newId }: { readonly actor: Actor; readonly now: Instant; readonly newId: NewId },
): { readonly change: Change; readonly campaign: Campaign } {
  const [first] = publicationBlockers(state);
  const { campaign } = state;
  if (first) throw refuse(first.refusal, first.detail, { currentState: campaign.status });
  const step = campaign.timeline.start <= now ? campaignLifecycle.launch : campaignLifecycle.schedule;
  const next = transition(campaign, step, now);
  const { id: campaignId, brandId, plannedBudget } = campaign;
  const reservation = move(
    {
      key: `publication:${campaignId}`,
      type: "reservation",
      currency: plannedBudget.currency,
      referenceId: campaignId,
      description: `Budget of “${campaign.name}” set aside`,
      actorId: actor.userId,
      at: now,
      newId,
    },
    plannedBudget.amount,
    walletAccount(brandId, "available"),
    campaignAccount({ campaignId, brandId }, "unassigned"),
  );
  const change: Change = {
    entities: [changed("campaign", campaign, next)],
    journals: [reservation],
    events: [{ type: "campaign.published", detail: { campaignId, brandId } }],
    audit: {
      action: "campaign.published",
      resource: { type: "campaign", id: campaignId },
      changes: [{ field: "status", before: campaign.status, after: next.status }],
      ...actingFor(actor, brandId),
    },
  };
  return { change, campaign: { ...next, version: campaign.version + 1 } };
}
