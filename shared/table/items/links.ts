import type { Link } from "#shared/domain/links/link";
import type { Declaration } from "../item.ts";

const prefix = "LINK";
const partition = ["code"] as const;
const sort = [] as const;

/** Where a link is: all that the click path has of how links are stored. */
export const linkPlace = { prefix, partition, sort } as const;

export const link = {
  kind: "link",
  prefix,
  partition,
  sort,
  listings: {
    ofCampaign: {
      index: "owner",
      prefix: "LINKS_OF_CAMPAIGN",
      partition: ["campaignId"],
      sort: ["creatorId", "createdAt", "code"],
    },
  },
} as const satisfies Declaration<Link>;
