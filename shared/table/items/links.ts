import type { Link } from "#shared/domain/links/link";
import type { Declaration } from "../item.ts";

/** Where a link is: all that the click path knows of how links are stored. */
export const linkPlace = { prefix: "LINK", partition: ["code"], sort: [] } as const;

export const link = {
  kind: "link",
  ...linkPlace,
  listings: {
    ofCampaign: {
      index: "owner",
      prefix: "LINKS_OF_CAMPAIGN",
      partition: ["campaignId"],
      sort: ["creatorId", "createdAt", "code"],
    },
  },
} as const satisfies Declaration<Link>;
