import type { Inquiry } from "#shared/domain/inquiries/inquiry";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** One about an order of a brand's and a creator, for ever: its id follows from them. */
export const inquiry = {
  kind: "inquiry",
  prefix: "INQUIRY",
  partition: ["id"],
  sort: [],
  listings: {
    ofCampaign: {
      index: "owner",
      prefix: "INQUIRIES_OF_CAMPAIGN",
      partition: ["campaignId"],
      sort: ["creatorId", "createdAt", "id"],
    },
    /** Those that wait for an answer, and of which nobody was reminded. */
    due: {
      index: "due",
      prefix: "INQUIRIES_DUE",
      partition: [],
      sort: ["dueAt", "id"],
      spread: SPREAD,
      when: ({ status, remindedAt }: Inquiry) => status === "open" && remindedAt === null,
    },
  },
} as const satisfies Declaration<Inquiry>;
