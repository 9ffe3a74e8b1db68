/** How a person may stand to a campaign and what is in it, and which of them has what an action is about. */
import type { Role } from "#shared/domain/kernel/actor";

export const relations = [
  "owner",
  "otherBrand",
  "participant",
  "invited",
  "removed",
  "otherCreator",
  "otherBrandAndCreator",
  "admin",
] as const;
export type Relation = (typeof relations)[number];
/** An admin is made of somebody who signed up as a brand, and is one still. */
export const rolesOf: Readonly<Record<Relation, readonly Role[]>> = {
  owner: ["brand"],
  otherBrand: ["brand"],
  participant: ["creator"],
  invited: ["creator"],
  removed: ["creator"],
  otherCreator: ["creator"],
  otherBrandAndCreator: ["brand", "creator"],
  admin: ["admin", "brand"],
};

const steering: readonly Relation[] = ["owner", "admin"];
const seeing: readonly Relation[] = ["owner", "participant", "invited", "admin"];
/** Who was removed sees what they handed in, and hears why no more is taken. */
const seeingWork: readonly Relation[] = [...seeing, "removed"];
/** Who has the thing an action is about; for everybody else whose role may call, there is none. */
export const having: Readonly<Record<string, readonly Relation[]>> = {
  listCampaignBlockers: steering,
  updateCampaign: steering,
  deleteCampaign: steering,
  updateDeliverable: steering,
  deleteDeliverable: steering,
  publishCampaign: steering,
  pauseCampaign: steering,
  resumeCampaign: steering,
  increaseBudget: steering,
  cancelCampaign: steering,
  removeParticipant: steering,
  createDeliverable: steering,
  sendInvitation: steering,
  withdrawInvitation: steering,
  listCampaignInvitations: steering,
  reviewSubmission: steering,
  listMatches: steering,
  explainMatch: steering,
  // Their own, as creators: admins and brands have the campaign's. It is the participant's here; whoever is invited has theirs.
  explainOwnMatch: ["participant"],
  getCampaign: seeing,
  listDeliverables: seeing,
  listParticipants: seeing,
  listSubmissions: seeingWork,
  submitContent: seeingWork,
  createLink: seeing,
  listLinks: seeing,
  createPromoCode: steering,
  listPromoCodes: seeing,
  endPromoCode: steering,
  openInquiry: ["participant", "invited", "removed"],
  listInquiries: seeingWork,
  updateLink: steering,
  drawLinkAsSvg: ["owner", "participant", "admin"],
  drawLinkAsPng: ["owner", "participant", "admin"],
  getCampaignAnalytics: seeing,
  acceptInvitation: ["invited", "admin"],
  declineInvitation: ["invited", "admin"],
  getSubmission: ["owner", "participant", "admin"],
  listReviews: ["owner", "participant", "admin"],
  offerExtension: steering,
  agreeToExtension: ["participant"],
  openDispute: ["owner", "participant"],
  listDisputes: ["owner", "participant", "admin"],
  addEvidence: ["owner", "participant"],
  appealDispute: ["owner", "participant"],
  decideDispute: ["admin"],
  getCreatorCampaignAnalytics: ["owner", "participant", "admin"],
  confirmDeposit: ["owner"],
  getRefund: ["owner"],
  getExport: ["owner", "admin"],
  // There is none: whose payouts are whose is told in payouts.test.ts.
  getPayout: [],
  getReconciliation: ["admin"],
  markNotificationRead: ["invited"],
  // Nobody's is given to anybody: there is none that they all know of.
  awardLinkPrefix: [],
  setUserRoles: ["admin"],
  banUser: ["admin"],
  unbanUser: ["admin"],
  openPayoutAccountFor: ["admin"],
  disconnectSocialAccountFor: [],
  listUserSocialAccounts: ["admin"],
  listJobRuns: ["admin"],
  requestJobRun: ["admin"],
  getCreator: relations,
  getCreatorAnalytics: ["owner", "otherBrand", "participant", "otherBrandAndCreator", "admin"],
  // Whoever is a creator begins; what they come back with is told in hostile-callbacks.test.ts.
  requestSocialConsent: relations,
  connectSocialAccount: relations,
  disconnectSocialAccount: [],
  // There are none: whose they are is told in api-keys.test.ts, conversions.test.ts and inquiries.test.ts.
  revokeApiKey: [],
  reverseConversion: [],
  explainConversion: [],
  getInquiry: [],
  answerInquiry: [],
};
