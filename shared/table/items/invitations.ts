import type { Invitation } from "#shared/domain/invitations/invitation";
import type { Participant } from "#shared/domain/invitations/participant";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** At most one per campaign and creator. */
export const invitation = {
  kind: "invitation",
  prefix: "INVITATION",
  partition: ["campaignId"],
  sort: ["creatorId"],
  listings: {
    ofCreator: {
      index: "owner",
      prefix: "INVITATIONS_OF_CREATOR",
      partition: ["creatorId"],
      sort: ["invitedAt", "campaignId"],
    },
  },
} as const satisfies Declaration<Invitation>;

export const participant = {
  kind: "participant",
  prefix: "PARTICIPANT",
  partition: ["campaignId"],
  sort: ["creatorId"],
  listings: {
    all: {
      index: "kind",
      prefix: "ALL_PARTICIPANTS",
      partition: [],
      sort: ["campaignId", "creatorId"],
      spread: SPREAD,
    },
  },
} as const satisfies Declaration<Participant>;
