/** Edits of campaigns and of what they ask for, by the actions themselves. */
import { handler as deleteCampaign } from "#lambdas/campaigns/delete-campaign";
import { handler as deleteDeliverable } from "#lambdas/campaigns/delete-deliverable";
import { handler as updateCampaign } from "#lambdas/campaigns/update-campaign";
import { handler as updateDeliverable } from "#lambdas/campaigns/update-deliverable";
import { CampaignChanges, DeliverableChanges } from "#shared/domain/campaigns/input";
import type { Actor } from "#shared/domain/kernel/actor";
import { brand, type TestStage } from "./stage.ts";

interface By {
  readonly actor?: Actor;
  readonly ifMatch?: number | undefined;
}
type DeliverablePath = Readonly<Record<"campaignId" | "deliverableId", string>>;

export const updated = (stage: TestStage, campaignId: string, sent: object, { actor = brand(), ifMatch }: By = {}) =>
  stage.run(updateCampaign, { actor, path: { campaignId }, body: CampaignChanges.parse(sent), ifMatch });

export const deleted = (stage: TestStage, campaignId: string, { actor = brand(), ifMatch }: By = {}) =>
  stage.run(deleteCampaign, { actor, path: { campaignId }, ifMatch });

export const reworded = (
  stage: TestStage,
  path: DeliverablePath,
  sent: object,
  { actor = brand(), ifMatch }: By = {},
) => stage.run(updateDeliverable, { actor, path, body: DeliverableChanges.parse(sent), ifMatch });

export const struck = (stage: TestStage, path: DeliverablePath, { actor = brand(), ifMatch }: By = {}) =>
  stage.run(deleteDeliverable, { actor, path, ifMatch });
