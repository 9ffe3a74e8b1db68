/** Commands about campaigns and invitations: cases of order-of-refusals.test.ts. */
import { increased, later, suspended } from "../actions/settlements/settling.ts";
import { aBudget, anInvitation, aParticipant, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { reworded, updated } from "../support/edited.ts";
import { accepted, asked, drafted, invited, launched, paidIn, published, resumed } from "../support/launched.ts";
import { aWallet } from "../support/money-builders.ts";
import type { TestStage } from "../support/stage.ts";
import { becomes, type Bring, type Order, type Scene } from "./refused.ts";

const draft = async (stage: TestStage): Promise<Scene> => {
  const { id: campaignId } = await drafted(stage);
  const { id: deliverableId } = await asked(stage, campaignId);
  await paidIn(stage, 100_000);
  return { campaignId, deliverableId, id: "" };
};
const open = async (stage: TestStage): Promise<Scene> => {
  const campaignId = await launched(stage);
  await invited(stage, campaignId);
  return { campaignId, deliverableId: "", id: "" };
};
const heldWallet =
  (userId: string): Bring =>
  (stage) =>
    suspended(stage, userId);
const held: Bring = (stage, { campaignId }) => {
  const unit = {
    deliverableId: `dlv_${"1".repeat(26)}`,
    unit: 1,
    priceMinor: 1,
    rounds: 1,
    state: "disputed" as const,
  };
  return stage.given("participant", aParticipant({ campaignId, status: "inactive", units: [unit] }));
};
const stands =
  (status: "declined" | "expired" | "pending"): Bring =>
  (stage, { campaignId }) =>
    stage.given("invitation", anInvitation({ campaignId, status, expiresAt: "2026-12-30T00:00:00.000Z" }));

export const campaignOrders: Readonly<Record<string, Order>> = {
  createDeliverable: {
    begin: draft,
    command: (stage, { campaignId }, parts) => asked(stage, campaignId, parts),
    states: { "campaign.not_draft": (stage, { campaignId }) => published(stage, campaignId) },
    rules: {
      "campaign.currency_mismatch": { compensation: { amount: 1, currency: "EUR" } },
      "campaign.price_too_high": { quantity: 2, compensation: { amount: 10_000_000_000, currency: "USD" } },
    },
  },
  updateDeliverable: {
    begin: draft,
    command: (stage, { campaignId, deliverableId }, sent) => reworded(stage, { campaignId, deliverableId }, sent),
    states: { "campaign.not_draft": (stage, { campaignId }) => published(stage, campaignId) },
    rules: { "campaign.currency_mismatch": { compensation: { amount: 1, currency: "EUR" } } },
  },
  updateCampaign: {
    begin: draft,
    command: (stage, { campaignId }, sent) => updated(stage, campaignId, { maxRounds: 2, ...sent }),
    states: {
      "campaign.terms_fixed": (stage, { campaignId }) => published(stage, campaignId),
      "campaign.ended": becomes({ status: "cancelled" }),
    },
    rules: { "campaign.end_not_after_start": { timeline: { end: "2026-11-25T12:00:00.000Z" } } },
  },
  publishCampaign: {
    begin: draft,
    command: (stage, { campaignId }) => published(stage, campaignId),
    states: {
      "campaign.not_draft": becomes({ status: "active" }),
      "account.suspended": heldWallet(BRAND_ID),
    },
    rules: {
      "campaign.unfunded": becomes({ plannedBudget: { amount: 200_000, currency: "USD" } }),
      "campaign.end_not_future": (stage) => Promise.resolve(later(stage, 60)),
    },
  },
  resumeCampaign: {
    begin: async (stage) => {
      const campaignId = await launched(stage);
      await becomes({ status: "paused" })(stage, { campaignId, deliverableId: "", id: "" });
      return { campaignId, deliverableId: "", id: "" };
    },
    command: (stage, { campaignId }) => resumed(stage, campaignId),
    states: {
      "campaign.not_paused": becomes({ status: "active" }),
      "campaign.ended": (stage) => Promise.resolve(later(stage, 60)),
      "account.suspended": heldWallet(BRAND_ID),
    },
    rules: {
      "campaign.insufficient_funds": async (stage, { campaignId }) =>
        stage.given(
          "budget",
          aBudget({ ...(await stage.ports.campaigns.budget(campaignId)), unassigned: 0, secured: 0, spent: 1 }),
        ),
    },
  },
  increaseBudget: {
    begin: async (stage) => {
      const scene = await open(stage);
      await paidIn(stage, 1_000);
      return scene;
    },
    command: (stage, { campaignId }, { amount = 1, currency = "USD" }: { amount?: number; currency?: "USD" | "EUR" }) =>
      increased(stage, campaignId, amount, { currency }),
    states: {
      "campaign.not_published": becomes({ status: "draft" }),
      "campaign.ended": becomes({ status: "completed" }),
      "account.suspended": heldWallet(BRAND_ID),
    },
    rules: {
      "wallet.currency_mismatch": { currency: "EUR" },
      "wallet.insufficient_funds": { amount: 1_001 },
    },
  },
  sendInvitation: {
    begin: async (stage) => ({ campaignId: await launched(stage), deliverableId: "", id: "" }),
    command: (stage, { campaignId }, parts) => invited(stage, campaignId, parts),
    states: {
      "invitation.exists": stands("pending"),
      "invitation.campaign_not_open": becomes({ status: "paused" }),
      "participant.unsettled": held,
    },
    rules: {
      "invitation.no_such_deliverable": { deliverableIds: [`dlv_${"9".repeat(26)}`] },
      "invitation.expiry_not_future": { expiresAt: "2026-11-01T00:00:00.000Z" },
    },
  },
  acceptInvitation: {
    begin: open,
    command: (stage, { campaignId }) => accepted(stage, campaignId),
    states: {
      "invitation.not_pending": stands("declined"),
      "invitation.expired": stands("expired"),
      "invitation.campaign_not_open": becomes({ status: "paused" }),
      "participant.unsettled": held,
    },
    rules: {
      "wallet.currency_mismatch": (stage) => stage.given("wallet", aWallet({ userId: CREATOR_ID, currency: "EUR" })),
      "campaign.insufficient_funds": async (stage, { campaignId }) =>
        stage.given("budget", aBudget({ ...(await stage.ports.campaigns.budget(campaignId)), unassigned: 1 })),
    },
  },
};
