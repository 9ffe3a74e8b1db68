/**
 * What a draft asks to be made. The campaign's version moves with every edit, so that a publication, or another edit at the
 * same moment, is decided on what is really there.
 */
import { type AuditNote, type Change, changed, created, differences, type EntityChange, removed } from "../change.ts";
import { givenOf } from "../kernel/given.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { formatMoney, MAX_AMOUNT_MINOR } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Campaign } from "./campaign.ts";
import { type Deliverable, MAX_DELIVERABLES } from "./deliverable.ts";
import type { DeliverableChanges, DeliverableInput } from "./input.ts";
import { priceOf } from "./price.ts";
import { campaignRefusals } from "./refusals.ts";

/** A campaign with all that it asks for. */
interface Asking {
  readonly campaign: Campaign;
  readonly deliverables: readonly Deliverable[];
}

interface Edited {
  readonly change: Change;
  readonly deliverable: Deliverable;
}

export function addDeliverable(
  { campaign, deliverables }: Asking,
  input: DeliverableInput,
  occasion: Occasion,
): Edited {
  const { now, newId } = occasion;
  requireDraft(campaign);
  if (deliverables.length >= MAX_DELIVERABLES) throw refuse(campaignRefusals.tooManyDeliverables);
  refuseUnfit(campaign, deliverables, input);
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
  const changes = [{ field: "deliverable", before: null, after: deliverable.id }];
  return { change: edit(campaign, addition, "deliverable.created", changes, occasion), deliverable };
}

/** Changes what was sent, and nothing else. */
export function updateDeliverable(
  { campaign, deliverables }: Asking,
  id: string,
  sent: DeliverableChanges,
  occasion: Occasion,
): Edited {
  const deliverable = deliverableOf(deliverables, id);
  requireVersion(deliverable, occasion);
  requireDraft(campaign);
  const given = givenOf(sent);
  const next: Deliverable = { ...deliverable, ...given, updatedAt: occasion.now };
  const others = deliverables.filter((one) => one !== deliverable);
  refuseUnfit(campaign, others, next);
  const update = changed("deliverable", deliverable, next);
  const fields = Object.keys(given) as (keyof DeliverableChanges)[];
  const changes = (differences(deliverable, next, fields) ?? []).map(({ field, ...sides }) => ({
    field: `deliverable:${id}:${field}`,
    ...sides,
  }));
  return { change: edit(campaign, update, "deliverable.updated", changes, occasion), deliverable: update.next };
}

export function deleteDeliverable({ campaign, deliverables }: Asking, id: string, occasion: Occasion): Change {
  const deliverable = deliverableOf(deliverables, id);
  requireVersion(deliverable, occasion);
  requireDraft(campaign);
  const changes = [{ field: "deliverable", before: id, after: null }];
  return edit(campaign, removed("deliverable", deliverable), "deliverable.deleted", changes, occasion);
}

const edit = (
  campaign: Campaign,
  entity: EntityChange,
  action: string,
  changes: NonNullable<AuditNote["changes"]>,
  { actor, now }: Occasion,
): Change => ({
  entities: [entity, changed("campaign", campaign, { ...campaign, updatedAt: now })],
  audit: {
    action,
    resource: { type: "campaign", id: campaign.id },
    changes,
    ...actingFor(actor, campaign.brandId),
  },
});

const deliverableOf = (deliverables: readonly Deliverable[], id: string): Deliverable =>
  found(
    deliverables.find((one) => one.id === id),
    campaignRefusals.noSuchDeliverable,
  );

function requireDraft({ status }: Campaign): void {
  if (status === "draft") return;
  throw refuse(campaignRefusals.notDraft, `The campaign is ${status}`, { currentState: status });
}

type Asked = Pick<Deliverable, "quantity" | "compensation">;

function refuseUnfit({ plannedBudget }: Campaign, others: readonly Deliverable[], asked: Asked): void {
  if (asked.compensation.currency !== plannedBudget.currency) {
    throw refuse(campaignRefusals.currencyMismatch, `The campaign is in ${plannedBudget.currency}`);
  }
  // An invitation to all of it names this sum as one amount of money.
  if (priceOf([...others, asked]) > MAX_AMOUNT_MINOR) {
    const most = formatMoney({ ...plannedBudget, amount: MAX_AMOUNT_MINOR });
    throw refuse(campaignRefusals.priceTooHigh, `What one creator is asked to make may cost ${most} at most`);
  }
}
