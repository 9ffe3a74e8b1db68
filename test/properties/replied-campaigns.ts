/** What edits of campaigns and deliverables, and requests for runs, reply and what the table then holds. */
import { handler as requestJobRun } from "#lambdas/system/request-job-run";
import { deleted, reworded, struck, updated } from "../support/edited.ts";
import { asked, declined, drafted, invited, launched, withdrawn } from "../support/launched.ts";
import { admin, type TestStage } from "../support/stage.ts";
import { campaignHeld, type Case, nothing, repeated } from "./replied.ts";

async function asking(stage: TestStage) {
  const { id: campaignId } = await drafted(stage);
  return { campaignId, deliverableId: (await asked(stage, campaignId)).id };
}

export const editCases: Readonly<Record<string, Case>> = {
  requestJobRun: async (stage, earlier) => {
    const path = { job: "advance-campaigns" } as const;
    const ask = () => stage.run(requestJobRun, { actor: admin(), path });
    await repeated(stage, earlier, ask);
    const reply = await ask();
    return { reply, held: await stage.ports.jobs.run(path.job, reply.id) };
  },
  updateCampaign: async (stage, earlier) => {
    const { id } = await drafted(stage);
    await repeated(stage, earlier, (at) => updated(stage, id, { name: `no. ${at}` }));
    const reply = await updated(stage, id, { name: "last" });
    return { reply, held: await campaignHeld(stage, id) };
  },
  deleteCampaign: async (stage, earlier) => {
    const { id } = await drafted(stage);
    await repeated(stage, earlier, () => asked(stage, id));
    return { reply: await deleted(stage, id), held: nothing };
  },
  updateDeliverable: async (stage, earlier) => {
    const path = await asking(stage);
    await repeated(stage, earlier, (at) => reworded(stage, path, { quantity: at + 1 }));
    const reply = await reworded(stage, path, { quantity: 9 });
    const all = await stage.ports.campaigns.deliverables(path.campaignId);
    return { reply, held: all.find(({ id }) => id === path.deliverableId) };
  },
  withdrawInvitation: async (stage, earlier) => {
    const campaignId = await launched(stage);
    await repeated(stage, earlier, async () => {
      await invited(stage, campaignId);
      await declined(stage, campaignId);
    });
    await invited(stage, campaignId);
    return { reply: await withdrawn(stage, campaignId), held: nothing };
  },
  deleteDeliverable: async (stage, earlier) => {
    const path = await asking(stage);
    await repeated(stage, earlier, (at) => reworded(stage, path, { quantity: at + 1 }));
    return { reply: await struck(stage, path), held: nothing };
  },
};
