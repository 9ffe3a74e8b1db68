import type { Link } from "#shared/domain/links/link";
import type { Declaration } from "../item.ts";

export const link = {
  kind: "link",
  prefix: "LINK",
  partition: ["code"],
  sort: [],
  listings: {
    ofCampaign: {
      index: "owner",
      prefix: "LINKS_OF_CAMPAIGN",
      partition: ["campaignId"],
      sort: ["creatorId", "createdAt", "code"],
    },
  },
} as const satisfies Declaration<Link>;
