import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3Files } from "#shared/adapters/s3/files";
import { openUpload } from "#shared/contracts/submissions";
import { visibleTo } from "#shared/domain/campaigns/access";
import { openUpload as decide } from "#shared/domain/uploads/open-upload";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openUpload,
  { ...dynamodb, files: s3Files },
  async (call, { campaigns, files, commit }) => {
    const seen = visibleTo(call.actor, await campaigns.seenBy(call.body.campaignId, call.actor.userId));

    const { change, upload } = decide(seen, call.body, call);
    const { url, fields, expiresAt } = await files.uploadForm(upload);

    return commit(change, { fileId: upload.id, upload: { url, fields }, expiresAt });
  },
);
