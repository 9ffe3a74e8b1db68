import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import type { AttributionModel } from "./attribution-rules.ts";
import { type Conversion, conversionIdOf, type NewConversion } from "./conversion.ts";
import { type Counted, judgeTouches } from "./judge-touches.ts";
import { sharedBy } from "./models.ts";
import type { Found, Named } from "./named.ts";
import { preferred } from "./precedence.ts";
import type { Attribution, CreditedTouch, Touch } from "./touch.ts";
import { requireHappened } from "./window.ts";

/** A brand's order becomes a conversion of the creators whose links it came of. */
export function recordConversion(
  { named, ...found }: Found & { readonly named: readonly Named[] },
  input: NewConversion,
  { actor, now }: Occasion,
): { readonly change: Change; readonly conversion: Conversion } {
  const { value, occurredAt = now, orderId } = input;
  const order = { brandId: actor.userId, currency: value.currency, occurredAt };
  const { counted, passedOver, precedence } = preferred(judgeTouches(named, found, order), found);
  requireHappened(occurredAt, now);
  const last = counted.at(-1) ?? counted[0];
  const { model, windowDays } = known(found.campaigns.get(last.touch.campaignId), "campaign").attribution;
  const touches = credited(counted, model, value.amount);
  const { campaignId, ...attributedTo } = mostCredited(touches);
  const addition = created("conversion", {
    id: conversionIdOf(actor.userId, orderId),
    brandId: actor.userId,
    orderId,
    campaignId,
    creatorId: attributedTo.creatorId,
    attributedTo,
    model,
    windowDays,
    promoCodePrecedence: precedence,
    touches,
    passedOver: [...passedOver],
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

function credited(counted: readonly Counted[], model: AttributionModel, valueMinor: number): CreditedTouch[] {
  const [percents, shares] = [100, valueMinor].map((whole) => sharedBy(model, whole, counted.length));
  return counted.map(({ touch }, at) => ({
    ...touch,
    percent: percents?.[at] ?? 0,
    shareMinor: shares?.[at] ?? 0,
    reversedMinor: 0,
  }));
}

function mostCredited(touches: readonly CreditedTouch[]): Attribution & Pick<Touch, "campaignId"> {
  const most = touches.reduce((best, touch) => (touch.percent >= best.percent ? touch : best));
  const { windowDays: _window, percent: _percent, shareMinor: _share, reversedMinor: _reversed, ...attribution } = most;
  return attribution;
}
