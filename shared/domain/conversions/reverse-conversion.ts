import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Change, changed, created } from "../change.ts";
import { formatMoney, money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { splitByWeights } from "../kernel/split.ts";
import type { Conversion, ConversionReversal, NewReversal } from "./conversion.ts";
import { netMinor } from "./net.ts";
import { conversionRefusals } from "./refusals.ts";
import { type CreditedTouch, netShareMinor } from "./touch.ts";

/** The brand's own conversion; for everybody else there is none. */
export function ownConversion(conversion: Conversion | undefined, brandId: string): Conversion {
  if (conversion?.brandId !== brandId) throw refuse(conversionRefusals.notFound);
  return conversion;
}

/** Takes back part of a conversion's value, as often as something is left of it. */
export function reverseConversion(
  conversion: Conversion,
  { amount, reason }: NewReversal,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly reversal: ConversionReversal & ReturnType<typeof standingOf> } {
  const { currency } = conversion.value;
  if (amount.currency !== currency) throw refuse(campaignRefusals.currencyMismatch);
  const left = netMinor(conversion);
  if (amount.amount > left)
    throw refuse(conversionRefusals.reversalExceedsValue, `${formatMoney(money(left, currency))} are left of it`);
  const reversed = changed("conversion", conversion, {
    ...conversion,
    reversedMinor: conversion.reversedMinor + amount.amount,
    touches: takenFrom(conversion.touches, amount.amount),
    updatedAt: now,
  });
  const addition = created("conversionReversal", {
    id: newId("reversal"),
    conversionId: conversion.id,
    brandId: conversion.brandId,
    amount,
    reason,
    ...(actor.apiKeyId !== undefined && { apiKeyId: actor.apiKeyId }),
    createdAt: now,
  });
  const changes = [{ field: "reversedMinor", before: conversion.reversedMinor, after: reversed.next.reversedMinor }];
  const change: Change = {
    entities: [reversed, addition],
    audit: { action: "conversion.reversed", resource: { type: "conversion", id: conversion.id }, changes },
  };
  return { change, reversal: { ...addition.next, ...standingOf(reversed.next) } };
}

/** Of every touch its part of what is taken back, by what it still has: never more than that, and at the end all of it. */
function takenFrom(touches: readonly CreditedTouch[], amountMinor: number): CreditedTouch[] {
  const taken = splitByWeights(amountMinor, touches.map(netShareMinor));
  return touches.map((touch, at) => ({ ...touch, reversedMinor: touch.reversedMinor + (taken[at] ?? 0) }));
}

/** A conversion's money, after all reversals. */
const standingOf = (conversion: Conversion) => ({
  reversed: money(conversion.reversedMinor, conversion.value.currency),
  net: money(netMinor(conversion), conversion.value.currency),
});
