import type { CampaignSeen } from "../campaigns/access.ts";
import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { plusHours } from "../kernel/time.ts";
import { submissionRefusals } from "../submissions/refusals.ts";
import { uploadRefusals } from "./refusals.ts";
import { CLAIM_HOURS, type NewUpload, sizeLimits, type Upload } from "./upload.ts";

/** Announces a file of somebody who takes part. */
export function openUpload(
  { participant }: Pick<CampaignSeen, "participant">,
  { contentType, sizeBytes, campaignId, sha256 }: NewUpload,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly upload: Upload } {
  if (participant?.status !== "active")
    throw refuse(submissionRefusals.participantNotActive, undefined, { currentState: participant?.status ?? "none" });
  const limit = sizeLimits.get(contentType);
  if (limit === undefined)
    throw refuse(uploadRefusals.typeNotAllowed, `${[...sizeLimits.keys()].join(", ")} are taken`);
  if (sizeBytes > limit) throw refuse(uploadRefusals.tooLarge, `${contentType} may have ${limit} bytes`);
  const opened = created("upload", {
    id: newId("file"),
    campaignId,
    creatorId: actor.userId,
    contentType,
    sizeBytes,
    sha256: sha256 ?? null,
    expiresAt: plusHours(now, CLAIM_HOURS),
    createdAt: now,
  });
  const audit = { action: "upload.opened", resource: { type: "upload", id: opened.next.id } };
  return { upload: opened.next, change: { entities: [opened], audit } };
}
