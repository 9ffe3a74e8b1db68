import { type Change, changed, created } from "../change.ts";
import { formatMoney, MAX_AMOUNT_MINOR } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Campaign } from "./campaign.ts";
import { type Deliverable, MAX_DELIVERABLES } from "./deliverable.ts";
import type { DeliverableInput } from "./input.ts";
import { priceOf } from "./price.ts";
import { campaignRefusals } from "./refusals.ts";

/**
 * Adds a deliverable to a draft. The campaign's version moves with it, so that a publication, or another deliverable at
 * the same moment, is decided on what is really there.
 */
export function addDeliverable(
  campaign: Campaign,
  present: readonly Deliverable[],
  input: DeliverableInput,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly deliverable: Deliverable } {
  refuseUnfit(campaign, present, input);
  const addition = created("deliverable", {
    id: newId("deliverable"),
    campaignId: campaign.id,
    type: input.type,
    quantity: input.quantity,
    description: input.description ?? null,
    compensation: input.compensation,
    dueAt: input.dueAt ?? null,
    createdAt: now,
    updatedAt: now,
  });
  const deliverable = addition.next;
  const change: Change = {
    entities: [addition, changed("campaign", campaign, { ...campaign, updatedAt: now })],
    audit: {
      action: "deliverable.created",
      resource: { type: "campaign", id: campaign.id },
      changes: [{ field: "deliverable", before: null, after: deliverable.id }],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, deliverable };
}

function refuseUnfit(campaign: Campaign, present: readonly Deliverable[], input: DeliverableInput): void {
  const { status, plannedBudget } = campaign;
  if (status !== "draft") {
    throw refuse(campaignRefusals.notDraft, `The campaign is ${status}`, { currentState: status });
  }
  if (input.compensation.currency !== plannedBudget.currency) {
    throw refuse(campaignRefusals.currencyMismatch, `The campaign is in ${plannedBudget.currency}`);
  }
  if (present.length >= MAX_DELIVERABLES) throw refuse(campaignRefusals.tooManyDeliverables);
  // An invitation to all of it names this sum as one amount of money.
  if (priceOf([...present, input]) > MAX_AMOUNT_MINOR) {
    const most = formatMoney({ ...plannedBudget, amount: MAX_AMOUNT_MINOR });
    throw refuse(campaignRefusals.priceTooHigh, `What one creator is asked to make may cost ${most} at most`);
  }
}
