import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { Link } from "#shared/domain/links/link";
import { NewLinkPrefix, PrefixText } from "#shared/domain/links/link-name";
import { linkPrefixRefusals, linkRefusals } from "#shared/domain/links/refusals";
import { UserId } from "#shared/domain/kernel/ids";
import { Instant } from "#shared/domain/kernel/time";
import { visibleText } from "#shared/domain/kernel/visible-text";
import { http, list, onEvent } from "./contract.ts";
import { campaignPath } from "./paths.ts";

const LinkView = Link.omit({ brandId: true, brandBanned: true, creatorBanned: true, disabledByAdmin: true })
  .extend({ url: z.url() })
  .meta({ id: "Link" });

/** What can be no code is looked for like one: nobody is told apart who guesses. */
const linkPath = z.strictObject({ code: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be a link code") });

export const createLink = http({
  route: "POST /v1/campaigns/{campaignId}/links",
  roles: ["creator", "brand", "admin"],
  path: campaignPath,
  body: NewLink,
  reply: LinkView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    linkRefusals.destinationRefused,
    linkRefusals.hostNotAllowed,
    linkRefusals.creatorNotTakingPart,
    linkRefusals.campaignEnded,
    linkRefusals.creatorNeeded,
    linkRefusals.slugNotYours,
    linkRefusals.slugTaken,
    linkPrefixRefusals.missing,
  ],
  uses: ["campaigns:read", "links:write", "linkCodes:make", "linkUrls:make", "linkNames:read", "linkNames:write"],
  summary: "Make a short link for a creator",
  ifItFails: "creators cannot share tracked links",
});

const LinkPrefixView = z
  .object({ prefix: z.string().nullable(), claimedAt: Instant.nullable() })
  .meta({ id: "LinkPrefix" });

export const claimLinkPrefix = http({
  route: "PUT /v1/link-prefix",
  roles: ["brand"],
  body: NewLinkPrefix,
  reply: LinkPrefixView,
  refuses: [linkPrefixRefusals.claimed, linkPrefixRefusals.taken, linkPrefixRefusals.reserved],
  uses: ["linkNames:read", "linkNames:claim"],
  summary: "Claim the prefix of one's links, once and for ever",
  ifItFails: "brands cannot name their links",
});

export const getLinkPrefix = http({
  route: "GET /v1/link-prefix",
  roles: ["brand"],
  reply: LinkPrefixView,
  refuses: [],
  uses: ["linkNames:read"],
  summary: "Show the prefix of one's links",
  ifItFails: "brands do not see what their links begin with",
});

const AwardReason = visibleText(1_000).describe("Whoever has the prefix is told it, and the audit keeps it.");

/** Where two brands say that a prefix is theirs, or one has what looks like the other's. */
export const awardLinkPrefix = http({
  route: "PUT /v1/admin/link-prefixes/{prefix}",
  roles: ["admin"],
  path: z.strictObject({ prefix: PrefixText }),
  body: z.strictObject({ brandId: UserId, reason: AwardReason }),
  reply: z.object({ brandId: UserId, prefix: z.string(), claimedAt: Instant }).meta({ id: "AwardedLinkPrefix" }),
  refuses: [linkPrefixRefusals.notFound, linkPrefixRefusals.notABrand, linkPrefixRefusals.brandSuspended],
  uses: ["accounts:read", "linkNames:read", "linkNames:award"],
  summary: "Give a claimed prefix to another brand; links that are out stay as they are",
  ifItFails: "nobody can settle whose a prefix is",
});

export const listLinks = list({
  route: "GET /v1/campaigns/{campaignId}/links",
  roles: ["creator", "brand", "admin"],
  path: campaignPath,
  reply: LinkView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "links:list", "linkUrls:make"],
  summary: "List a campaign's short links; a creator sees only their own",
  ifItFails: "nobody finds their links",
});

export const updateLink = http({
  route: "PATCH /v1/links/{code}",
  roles: ["brand", "admin"],
  path: linkPath,
  body: LinkChanges,
  reply: LinkView,
  refuses: [
    linkRefusals.notFound,
    linkRefusals.disabledByAdmin,
    linkRefusals.destinationRefused,
    linkRefusals.hostNotAllowed,
  ],
  ifMatch: "link",
  uses: ["links:read", "campaigns:read", "hitCounts:read", "links:write", "linkUrls:make"],
  summary: "Change where a link leads, and until when",
  ifItFails: "brands cannot redirect, stop or limit a link that is out",
});

const qrCode = {
  roles: ["creator", "brand", "admin"],
  path: linkPath,
  refuses: [linkRefusals.notFound],
  uses: ["links:read", "campaigns:read", "linkUrls:make", "qrCodes:draw"],
  ifItFails: "nobody gets the code to print for a link",
} as const;

export const drawLinkAsSvg = http({
  ...qrCode,
  route: "GET /v1/links/{code}/qr.svg",
  replyType: "image/svg+xml",
  reply: z.string(),
  summary: "Draw a link as a QR code, as vectors; its scans are counted as such",
});

export const drawLinkAsPng = http({
  ...qrCode,
  route: "GET /v1/links/{code}/qr.png",
  replyType: "image/png",
  reply: z.instanceof(Uint8Array),
  summary: "Draw a link as a QR code, as pixels; its scans are counted as such",
});

/** A new link is looked at as well: it may be made while the other side is banned. */
export const followLinkBan = onEvent({
  events: ["account.suspended", "account.reinstated", "link.created"],
  uses: ["accounts:read", "linksOfPeople:list", "links:read", "links:write"],
  runs: { timeoutSeconds: 300 },
  summary: "Take the links of banned people out of service, and put them back when the ban ends",
  ifItFails: "links of banned people still lead somewhere, or stay dead after a ban",
});
