import { CREATOR_ID } from "../../support/builders.ts";
import { asked, drafted, paidIn, published } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { joined, reviewed, submitted } from "../submissions/delivered.ts";

/** A creator's one unit at this price, made and approved in a campaign of its own; available at once, unless it is on hold. */
export async function earned(
  stage: TestStage,
  amount: number,
  creatorId = CREATOR_ID,
  creatorHoldDays = 0,
): Promise<void> {
  const compensation = { amount, currency: "USD" };
  const { id: campaignId } = await drafted(stage, { budget: compensation, creatorHoldDays });
  const { id: deliverableId } = await asked(stage, campaignId, { quantity: 1, compensation });
  await paidIn(stage, amount);
  await published(stage, campaignId);
  await joined(stage, campaignId, creatorId);
  const work = { campaignId, deliverableId };
  const { id } = await submitted(stage, work, {}, creator(creatorId));
  await reviewed(stage, work, id, "approved");
}
