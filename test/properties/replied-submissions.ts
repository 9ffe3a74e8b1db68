/** What content, its files, its reviews and its extensions reply, and what the table then holds. */
import {
  extensionAgreed,
  extensionOffered,
  reviewed,
  submitted,
  uploadOpened,
  working,
} from "../actions/submissions/delivered.ts";
import { type Case, repeated } from "./replied.ts";

export const submissionCases: Readonly<Record<string, Case>> = {
  submitContent: async (stage, earlier) => {
    const work = await working(stage);
    await repeated(stage, earlier, async () => {
      await reviewed(stage, work, (await submitted(stage, work, { unit: 1 })).id, "changes_requested");
    });
    const reply = await submitted(stage, work, { unit: 1 });
    return { reply, held: await stage.ports.submissions.get(work.campaignId, reply.id) };
  },
  reviewSubmission: async (stage, earlier) => {
    const work = await working(stage);
    const { id } = await submitted(stage, work);
    const decision = (["approved", "rejected", "changes_requested"] as const)[earlier] ?? "approved";
    const reply = await reviewed(stage, work, id, decision, { feedback: "So" });
    const { items } = await stage.ports.submissions.reviews(work.campaignId, id, { limit: 25 });
    return { reply, held: items[0] };
  },
  openUpload: async (stage) => {
    const { campaignId } = await working(stage);
    const reply = await uploadOpened(stage, campaignId);
    return { reply, held: { ...reply, fileId: (await stage.ports.uploads.get(campaignId, reply.fileId))?.id } };
  },
  offerExtension: async (stage, earlier) => {
    const work = await working(stage);
    const { id } = await submitted(stage, work);
    await repeated(stage, earlier, (at) => extensionOffered(stage, work, id, { hours: at + 1 }));
    const reply = await extensionOffered(stage, work, id, { hours: 24 });
    return { reply, held: await stage.ports.submissions.get(work.campaignId, id) };
  },
  agreeToExtension: async (stage, earlier) => {
    const work = await working(stage);
    const { id } = await submitted(stage, work);
    const moved = () => extensionOffered(stage, work, id, { hours: 24 }).then(() => extensionAgreed(stage, work, id));
    await repeated(stage, earlier, moved);
    const reply = await moved();
    return { reply, held: await stage.ports.submissions.get(work.campaignId, id) };
  },
};
