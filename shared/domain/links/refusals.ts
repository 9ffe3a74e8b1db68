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
  slugTaken: {
    kind: "conflict",
    code: "link.slug_taken",
    title: "The brand has a link with this slug already, or with one that looks like it",
  },
  disabledByAdmin: {
    kind: "conflict",
    code: "link.disabled_by_admin",
    title: "An admin disabled the link, and nobody else changes it",
  },
  slugNotYours: { kind: "forbidden", code: "link.slug_not_yours", title: "The campaign's brand names its links" },
} as const satisfies Record<string, RefusalCode>;

export const linkPrefixRefusals = {
  notFound: {
    kind: "not_found",
    code: "link_prefix.not_found",
    title: "Nobody has this prefix, or one that looks like it",
  },
  notABrand: { kind: "unprocessable", code: "link_prefix.not_a_brand", title: "There is no such brand" },
  brandSuspended: { kind: "unprocessable", code: "link_prefix.brand_suspended", title: "The brand is suspended" },
  missing: { kind: "conflict", code: "link_prefix.missing", title: "Claim a prefix before links are named" },
  claimed: { kind: "conflict", code: "link_prefix.claimed", title: "The brand has its prefix, for ever" },
  taken: { kind: "conflict", code: "link_prefix.taken", title: "The prefix, or one that looks like it, is another's" },
  reserved: { kind: "unprocessable", code: "link_prefix.reserved", title: "No brand can have this prefix" },
} as const satisfies Record<string, RefusalCode>;
