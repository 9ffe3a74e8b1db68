import { inquiryIdOf } from "#shared/domain/inquiries/inquiry";
import { skeletonOf } from "#shared/domain/kernel/skeleton";
import type { Entities } from "#shared/domain/entities";
import { at, BRAND_ID, CAMPAIGN_ID, CREATOR_ID, stamps } from "./builders.ts";

export const anApiKey = (parts: Partial<Entities["apiKey"]> = {}): Entities["apiKey"] => ({
  id: `key_${"0".repeat(26)}`,
  brandId: BRAND_ID,
  name: "shop",
  scopes: ["conversions:write"],
  prefix: `atk_${"0".repeat(26)}`,
  digest: "0".repeat(64),
  version: 1,
  createdAt: at,
  ...parts,
});

const byCode = { creatorId: CREATOR_ID, code: "abcdefghjk", by: "code", clickedAt: null } as const;

export const aConversion = (parts: Partial<Entities["conversion"]> = {}): Entities["conversion"] => ({
  id: `cnv_${"0".repeat(26)}`,
  brandId: BRAND_ID,
  orderId: "order-1",
  campaignId: CAMPAIGN_ID,
  creatorId: CREATOR_ID,
  attributedTo: byCode,
  model: "last",
  windowDays: 30,
  promoCodePrecedence: null,
  touches: [{ ...byCode, campaignId: CAMPAIGN_ID, windowDays: 30, percent: 100, shareMinor: 10_000, reversedMinor: 0 }],
  passedOver: [],
  value: { amount: 10_000, currency: "USD" },
  reversedMinor: 0,
  occurredAt: at,
  ...stamps,
  ...parts,
});

export const aReversal = (parts: Partial<Entities["conversionReversal"]> = {}): Entities["conversionReversal"] => ({
  id: `rvl_${"0".repeat(26)}`,
  conversionId: `cnv_${"0".repeat(26)}`,
  brandId: BRAND_ID,
  amount: { amount: 100, currency: "USD" },
  reason: "returned",
  version: 1,
  createdAt: at,
  ...parts,
});

export const aPromoCode = (parts: Partial<Entities["promoCode"]> = {}): Entities["promoCode"] => ({
  code: "ANNA10",
  skeleton: skeletonOf(parts.code ?? "ANNA10"),
  brandId: BRAND_ID,
  campaignId: CAMPAIGN_ID,
  creatorId: CREATOR_ID,
  endedAt: null,
  ...stamps,
  ...parts,
});

export const anInquiry = (parts: Partial<Entities["inquiry"]> = {}): Entities["inquiry"] => ({
  id: inquiryIdOf(parts.brandId ?? BRAND_ID, parts.orderId ?? "order-1", parts.creatorId ?? CREATOR_ID),
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  creatorId: CREATOR_ID,
  orderId: "order-1",
  occurredAt: null,
  note: null,
  status: "open",
  dueAt: "2026-12-09T12:00:00.000Z",
  remindedAt: null,
  answer: null,
  ...stamps,
  ...parts,
});
