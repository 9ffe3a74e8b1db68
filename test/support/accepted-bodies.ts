/** Bodies that would be accepted, by action: only who asks, and of what, can be what refuses them. */
import { campaignBodyAt, deliverableBody, usd } from "./bodies.ts";

interface Asked {
  readonly people: Readonly<Record<"participant" | "otherCreator", { readonly userId: string }>>;
  readonly campaignId: string;
  readonly deliverableId: string;
  readonly nowMs: number;
}

export const acceptedBodies = ({
  people,
  campaignId,
  deliverableId,
  nowMs,
}: Asked): Readonly<Record<string, () => object>> => ({
  createCampaign: () => campaignBodyAt(nowMs),
  createDeliverable: () => deliverableBody(),
  ...Object.fromEntries(["updateCampaign", "updateDeliverable"].map((name) => [name, () => ({})])),
  updateMe: () => ({ bio: "x" }),
  sendInvitation: () => ({ creatorId: people.otherCreator.userId }),
  setUserRoles: () => ({ roles: ["brand"] }),
  submitContent: () => ({ deliverableId, type: "text", text: "x" }),
  createLink: () => ({ destinationUrl: "https://shop.example.com/" }),
  awardLinkPrefix: () => ({ brandId: people.participant.userId, reason: "x" }),
  claimLinkPrefix: () => ({ prefix: "acme" }),
  updateLink: () => ({ disabled: true }),
  reviewSubmission: () => ({ decision: "rejected" }),
  openUpload: () => ({ contentType: "image/png", sizeBytes: 3, campaignId }),
  offerExtension: () => ({ hours: 24 }),
  increaseBudget: () => usd(1),
  addEvidence: () => ({ evidence: "x" }),
  decideDispute: () => ({ creatorShare: usd(0), reason: "x" }),
  ...Object.fromEntries(["openDispute", "appealDispute", "banUser"].map((name) => [name, () => ({ reason: "x" })])),
  bookHouseMovement: () => ({ balanceTransactionId: "txn_none", reason: "x" }),
  depositFunds: () => usd(1_000),
  requestRefund: () => ({ amount: usd(100) }),
  ...Object.fromEntries(["requestPayout", "openWallet"].map((name) => [name, () => ({})])),
  moveClock: () => ({ offsetSeconds: 0 }),
  recordConversion: () => ({ orderId: "x", code: "x", value: usd(1) }),
  reverseConversion: () => ({ amount: usd(1), reason: "x" }),
  connectSocialAccount: () => ({ code: "x", state: "x" }),
  openInquiry: () => ({ orderId: "x" }),
  answerInquiry: () => ({ outcome: "declined", reason: "other", note: "x" }),
  createPromoCode: () => ({ code: "ANNA10", creatorId: people.participant.userId }),
  createApiKey: () => ({ name: "x", scopes: [] }),
  setNotificationPreferences: () =>
    Object.fromEntries(
      ["campaigns", "submissions", "payments", "system"].map((category) => [category, { inApp: true, email: true }]),
    ),
  requestExport: () => ({ kind: "transactions", format: "csv" }),
  announce: () => ({ userId: people.otherCreator.userId, title: "x", message: "x", category: "system" }),
});
