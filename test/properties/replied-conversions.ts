/** What commands about conversions reply, and what the table then holds. */
import { handler as recordConversion } from "#lambdas/conversions/record-conversion";
import { handler as reverseConversion } from "#lambdas/conversions/reverse-conversion";
import { handler as answerInquiry } from "#lambdas/inquiries/answer-inquiry";
import { handler as openInquiry } from "#lambdas/inquiries/open-inquiry";
import { handler as createPromoCode } from "#lambdas/promo-codes/create-promo-code";
import { handler as endPromoCode } from "#lambdas/promo-codes/end-promo-code";
import { ConversionReversal } from "#shared/domain/conversions/conversion";
import { inquiryView } from "#shared/domain/inquiries/inquiry";
import { aBudget, aCampaign, aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../support/builders.ts";
import { aLink, CODE, usd } from "../support/shop.ts";
import { brand, creator, type TestStage } from "../support/stage.ts";
import { type Case, nothing, repeated } from "./replied.ts";

async function recorded(stage: TestStage, orderId: string) {
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("link", aLink({}));
  return stage.run(recordConversion, { actor: brand(), body: { orderId, code: CODE, value: usd(10_000) } });
}

async function running(stage: TestStage): Promise<void> {
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget({ status: "active" }));
  await stage.given("participant", aParticipant());
}

async function missed(stage: TestStage, orderId: string) {
  await running(stage);
  return stage.run(openInquiry, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body: { orderId } });
}

async function inquiryHeld({ ports: { inquiries }, clock }: TestStage, id: string) {
  const inquiry = await inquiries.get(id);
  return inquiry && inquiryView(inquiry, clock.now);
}

async function coded(stage: TestStage, code: string) {
  await running(stage);
  const body = { code, creatorId: CREATOR_ID };
  return stage.run(createPromoCode, { actor: brand(), path: { campaignId: CAMPAIGN_ID }, body });
}

export const conversionCases: Readonly<Record<string, Case>> = {
  recordConversion: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => recorded(stage, `order-${at}`));
    const reply = await recorded(stage, "last");
    return { reply, held: await stage.ports.conversions.get(reply.id) };
  },
  reverseConversion: async (stage, earlier) => {
    const { id: conversionId } = await recorded(stage, "order");
    const reverse = () =>
      stage.run(reverseConversion, {
        actor: brand(),
        path: { conversionId },
        body: { amount: usd(1_000), reason: "returned" },
      });
    await repeated(stage, earlier, reverse);
    const reply = await reverse();
    const item = stage.stored("conversionReversal").find(({ id }) => id === reply.id);
    const conversion = await stage.ports.conversions.get(conversionId);
    const reversed = usd(conversion?.reversedMinor ?? 0);
    const net = usd(10_000 - reversed.amount);
    return { reply, held: { ...ConversionReversal.parse(item), reversed, net } };
  },
  createPromoCode: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => coded(stage, `ANNA-${at + 20}`));
    const reply = await coded(stage, "ANNA-X");
    return { reply, held: await stage.ports.promoCodes.like(BRAND_ID, reply.code) };
  },
  endPromoCode: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => coded(stage, `ANNA-${at + 20}`));
    const { code: promoCode } = await coded(stage, "ANNA-X");
    const reply = await stage.run(endPromoCode, { actor: brand(), path: { campaignId: CAMPAIGN_ID, promoCode } });
    const held = await stage.ports.promoCodes.like(BRAND_ID, promoCode);
    return { reply, held: held?.endedAt === stage.clock.now ? nothing : held };
  },
  openInquiry: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => missed(stage, `order-${at}`));
    const reply = await missed(stage, "last");
    return { reply, held: await inquiryHeld(stage, reply.id) };
  },
  answerInquiry: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => missed(stage, `order-${at}`));
    const { id: inquiryId } = await missed(stage, "last");
    const body = { outcome: "declined", reason: "no_such_order", note: "It is not in our shop." } as const;
    const reply = await stage.run(answerInquiry, { actor: brand(), path: { inquiryId }, body });
    return { reply, held: await inquiryHeld(stage, inquiryId) };
  },
};
