import type { RefusalCode } from "../kernel/refusal.ts";

export const linkRefusals = {
  notFound: { kind: "not_found", code: "link.not_found", title: "There is no such link" },
  destinationRefused: { kind: "unprocessable", code: "link.destination_refused", title: "A link cannot lead there" },
  hostNotAllowed: {
    kind: "unprocessable",
    code: "link.host_not_allowed",
    title: "The campaign does not allow this host",
  },
  creatorNotTakingPart: {
    kind: "unprocessable",
    code: "link.creator_not_taking_part",
    title: "The creator does not take part in the campaign",
  },
  creatorNeeded: { kind: "unprocessable", code: "link.creator_needed", title: "Say whose link it is" },
  campaignEnded: { kind: "conflict", code: "link.campaign_ended", title: "The campaign has ended" },
} as const satisfies Record<string, RefusalCode>;
