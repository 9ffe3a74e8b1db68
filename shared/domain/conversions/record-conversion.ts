import type { Campaign } from "../campaigns/campaign.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Change, created } from "../change.ts";
import { derivedId } from "../kernel/derived-id.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Link } from "../links/link.ts";
import { type ProvenClick, provenClick } from "./prove-click.ts";
import type { Attribution, Conversion, NewConversion } from "./conversion.ts";
import { conversionRefusals } from "./refusals.ts";
import { requireWithinWindow } from "./window.ts";

/** An order of a brand's has one conversion: its id is the order's. */
export const conversionIdOf = (brandId: string, orderId: string): string =>
  derivedId("conversion", JSON.stringify([brandId, orderId]));

/** What an order is said to have come of. */
export interface Source {
  readonly code: string;
  readonly click: ProvenClick | undefined;
}

/**
 * The link that a conversion names, and the click that it proves.
 *
 * @param secret that click ids are signed under; undefined when none was ever signed
 * @throws Refusal `conversion.source_unknown` when the click id is none of ours, or of another link than the code
 */
export function sourceOf({ clickId, code }: NewConversion, secret: string | undefined): Source {
  if (clickId === undefined) return { code: code ?? "", click: undefined };
  const click = found(
    secret === undefined ? undefined : provenClick(secret, clickId),
    conversionRefusals.sourceUnknown,
  );
  if (code !== undefined && code !== click.code) throw refuse(conversionRefusals.sourceUnknown);
  return { code: click.code, click };
}

/** The link, when it is the brand's. */
export function ownLink(link: Link | undefined, brandId: string): Link {
  if (link?.brandId !== brandId) throw refuse(conversionRefusals.sourceUnknown);
  return link;
}

export interface Attributable {
  readonly source: Source;
  readonly link: Link;
  readonly campaign: Campaign;
}

/** A brand's order becomes a conversion of a link's creator. */
export function recordConversion(
  { source, link, campaign }: Attributable,
  input: NewConversion,
  { actor, now }: Occasion,
): { readonly change: Change; readonly conversion: Conversion } {
  const { value, occurredAt = now, orderId } = input;
  if (value.currency !== campaign.plannedBudget.currency) throw refuse(campaignRefusals.currencyMismatch);
  const attributedTo = attributionOf(source, link);
  requireWithinWindow(occurredAt, { campaign, clickedAt: attributedTo.clickedAt }, now);
  const addition = created("conversion", {
    id: conversionIdOf(actor.userId, orderId),
    brandId: actor.userId,
    orderId,
    campaignId: campaign.id,
    creatorId: link.creatorId,
    attributedTo,
    value,
    reversedMinor: 0,
    occurredAt,
    ...(actor.apiKeyId !== undefined && { apiKeyId: actor.apiKeyId }),
    createdAt: now,
    updatedAt: now,
  });
  const conversion = addition.next;
  const change: Change = {
    entities: [addition],
    audit: {
      action: "conversion.recorded",
      resource: { type: "conversion", id: conversion.id },
      changes: [
        { field: "creatorId", before: null, after: conversion.creatorId },
        { field: "value", before: null, after: value },
      ],
    },
  };
  return { change, conversion };
}

const attributionOf = ({ click }: Source, { code, creatorId }: Link): Attribution =>
  click
    ? { creatorId, code, by: "click", clickedAt: new Date(click.at).toISOString() }
    : { creatorId, code, by: "code", clickedAt: null };
