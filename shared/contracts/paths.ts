/** What the paths of several routes name. Apart from `shapes.ts`, so that whoever is asked by a path alone brings no view along. */
import * as z from "zod";
import { idOf, UserId } from "#shared/domain/kernel/ids";

export const campaignPath = z.strictObject({ campaignId: idOf("campaign") });
export const creatorInCampaignPath = z.strictObject({ campaignId: idOf("campaign"), creatorId: UserId });
export const deliverablePath = z.strictObject({ campaignId: idOf("campaign"), deliverableId: idOf("deliverable") });
export const submissionPath = z.strictObject({ campaignId: idOf("campaign"), submissionId: idOf("submission") });
export const userPath = z.strictObject({ userId: UserId });
