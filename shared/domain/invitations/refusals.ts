import type { RefusalCode } from "../kernel/refusal.ts";

export const invitationRefusals = {
  notFound: { kind: "not_found", code: "invitation.not_found", title: "There is no such invitation" },
  exists: { kind: "conflict", code: "invitation.exists", title: "The creator has been invited already" },
  notPending: { kind: "conflict", code: "invitation.not_pending", title: "The invitation is not pending" },
  expired: { kind: "gone", code: "invitation.expired", title: "The invitation has expired" },
  noSuchCreator: { kind: "unprocessable", code: "invitation.no_such_creator", title: "There is no such creator" },
  noSuchDeliverable: {
    kind: "unprocessable",
    code: "invitation.no_such_deliverable",
    title: "The campaign has no such deliverable",
  },
  noSuchParticipant: { kind: "not_found", code: "participant.not_found", title: "There is no such participant" },
  unsettled: {
    kind: "conflict",
    code: "participant.unsettled",
    title: "What is not settled yet of the creator's earlier part must be settled first",
  },
  tooManyUnits: {
    kind: "unprocessable",
    code: "invitation.too_many_units",
    title: "An invitation asks for at most 100 units in all",
  },
  campaignNotOpen: {
    kind: "conflict",
    code: "invitation.campaign_not_open",
    title: "The campaign does not take creators now",
  },
  expiryNotFuture: {
    kind: "unprocessable",
    code: "invitation.expiry_not_future",
    title: "An invitation must expire in the future",
  },
} as const satisfies Record<string, RefusalCode>;
