import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3Files } from "#shared/adapters/s3/files";
import { submitContent } from "#shared/contracts/submissions";
import { workSeenBy } from "#shared/domain/campaigns/access";
import { subjectOf, submitContent as decide } from "#shared/domain/submissions/submit-content";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  submitContent,
  { ...dynamodb, files: s3Files },
  async ({ path: { campaignId }, ...call }, { campaigns, uploads, files, commit }) => {
    const creatorId = subjectOf(call.actor, call.body.creatorId);
    const seen = workSeenBy(call.actor, await campaigns.seenBy(campaignId, creatorId));
    const deliverables = await campaigns.deliverables(campaignId);
    const upload = call.body.type === "file" ? await uploads.get(campaignId, call.body.fileId) : undefined;
    const stored = upload && (await files.stored({ ...upload, fileId: upload.id }));

    const { change, submission } = decide({ ...seen, deliverables, upload, stored }, call.body, call);

    return commit(change, submission);
  },
);
