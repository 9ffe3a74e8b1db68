import type { Link } from "#shared/domain/links/link";
import type { LinkName, LinkPrefix } from "#shared/domain/links/link-name";
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

/** A brand's. An admin may give it to another, which may have had one before. */
export const linkPrefix = {
  kind: "linkPrefix",
  prefix: "LINK_PREFIX",
  partition: ["brandId"],
  sort: [],
  removable: true,
  toldApartBy: "claimedAt",
} as const satisfies Declaration<LinkPrefix>;

/** One for all names that look alike, of all brands, for ever; of a prefix an admin may say whose it is. */
export const linkName = {
  kind: "linkName",
  prefix: "LINK_NAME",
  partition: ["skeleton"],
  sort: [],
} as const satisfies Declaration<LinkName>;
