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
    /** Those that wait for an answer, by when their time is up. */
    due: {
      index: "due",
      prefix: "INVITATIONS_DUE",
      partition: [],
      sort: ["expiresAt", "campaignId", "creatorId"],
      spread: SPREAD,
      when: ({ status }: Invitation) => status === "pending",
    },
  },
} as const satisfies Declaration<Invitation>;

/** The instants at which time settles its units. A settled one has none. */
const dueDates = ({ units }: Participant): string[] => units.flatMap(({ dueAt }) => dueAt ?? []).sort();
const firstDueAt = (participant: Participant): string => dueDates(participant)[0] ?? "";

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
    /** Those that hold secured money: every one of them, with the date on which something settles some of it. */
    due: {
      index: "due",
      prefix: "PARTICIPANTS_DUE",
      partition: [],
      sort: [firstDueAt, "campaignId", "creatorId"],
      spread: SPREAD,
      when: (one: Participant) => dueDates(one).length > 0,
    },
  },
} as const satisfies Declaration<Participant>;
