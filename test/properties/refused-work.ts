/** Commands about content, disputes, links and promo codes: cases of order-of-refusals.test.ts. */
import { handler as claimLinkPrefix } from "#lambdas/links/claim-link-prefix";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as createPromoCode } from "#lambdas/promo-codes/create-promo-code";
import { handler as updateLink } from "#lambdas/links/update-link";
import type { Actor } from "#shared/domain/kernel/actor";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { decided, disputed, withEvidence } from "../actions/settlements/settling.ts";
import { extensionOffered, reviewed, submitted, uploadOpened, working } from "../actions/submissions/delivered.ts";
import { aDispute, aParticipant, CREATOR_ID } from "../support/builders.ts";
import { OTHER_CREATOR_ID } from "../support/launched.ts";
import { admin, brand, type TestStage } from "../support/stage.ts";
import { becomes, type Bring, type Order, type Scene } from "./refused.ts";

const atWork = async (stage: TestStage): Promise<Scene> => ({ ...(await working(stage)), id: "" });
const handedIn = async (stage: TestStage): Promise<Scene> => {
  const work = await working(stage);
  return { ...work, id: (await submitted(stage, work)).id };
};
const inDispute = async (stage: TestStage): Promise<Scene & { readonly submissionId: string }> => {
  const { id: submissionId, ...work } = await handedIn(stage);
  const { id } = await disputed(stage, work, submissionId, brand(), { evidence: "x" });
  return { ...work, submissionId, id };
};
const disputeOf = (scene: Scene) => scene as Awaited<ReturnType<typeof inDispute>>;
const takesPartAs =
  (status: "inactive" | "completed"): Bring =>
  async (stage, { campaignId }) => {
    const participant = await stage.ports.participants.get(campaignId, CREATOR_ID);
    return stage.given("participant", aParticipant({ ...participant, status }));
  };
const reviewedAs =
  (decision: "approved" | "rejected"): Bring =>
  (stage, scene) =>
    reviewed(stage, scene, scene.id, decision);
const asWork: Bring = (stage, scene) => disputed(stage, scene, scene.id);
function linked(stage: TestStage, { campaignId }: Scene, parts: object) {
  const right = { destinationUrl: "https://shop.example.com", creatorId: CREATOR_ID, slug: "summer" };
  return stage.run(createLink, { actor: brand(), path: { campaignId }, body: NewLink.parse({ ...right, ...parts }) });
}
const relinked = (stage: TestStage, { id: code }: Scene, changes: object, actor: Actor) =>
  stage.run(updateLink, { actor, path: { code }, body: LinkChanges.parse(changes) });
function coded(stage: TestStage, { campaignId }: Scene, parts: object) {
  const body = { code: "ANNA-X", creatorId: CREATOR_ID, ...parts };
  return stage.run(createPromoCode, { actor: brand(), path: { campaignId }, body });
}

export const workOrders: Readonly<Record<string, Order>> = {
  openUpload: {
    begin: atWork,
    command: (stage, { campaignId }, parts) => uploadOpened(stage, campaignId, parts),
    states: { "participant.not_active": takesPartAs("completed") },
    rules: {
      "upload.type_not_allowed": { contentType: "text/html" },
      "upload.too_large": { sizeBytes: 30_000_000 },
    },
  },
  submitContent: {
    begin: atWork,
    command: (stage, scene, parts) => submitted(stage, scene, { unit: 1, ...parts }),
    states: {
      "participant.not_active": takesPartAs("inactive"),
      "submission.unit_taken": (stage, scene) => submitted(stage, scene, { unit: 1 }),
      "submission.campaign_not_open": becomes({ status: "completed" }),
    },
    rules: {
      "submission.file_unknown": { type: "file", fileId: `fil_${"9".repeat(26)}` },
      "submission.rounds_exhausted": becomes({ maxRounds: 0 }),
    },
  },
  reviewSubmission: {
    begin: handedIn,
    command: (stage, scene) => reviewed(stage, scene, scene.id, "changes_requested"),
    states: {
      "submission.already_settled": reviewedAs("approved"),
      "submission.disputed": asWork,
    },
    rules: { "submission.rounds_exhausted": becomes({ maxRounds: 1 }) },
  },
  offerExtension: {
    begin: handedIn,
    command: (stage, scene, body) => extensionOffered(stage, scene, scene.id, "until" in body ? body : { hours: 24 }),
    states: { "submission.already_settled": reviewedAs("rejected"), "submission.disputed": asWork },
    rules: { "submission.extension_refused": { until: "2027-03-01T00:00:00.000Z" } },
  },
  addEvidence: {
    begin: inDispute,
    command: (stage, scene, { evidence = ["x"] }: { evidence?: string[] }) =>
      withEvidence(stage, disputeOf(scene), brand(), evidence),
    states: { "dispute.already_decided": (stage, scene) => decided(stage, disputeOf(scene), 1) },
    rules: { "dispute.too_much_evidence": { evidence: Array.from({ length: 20 }, () => "x") } },
  },
  decideDispute: {
    begin: inDispute,
    command: (stage, scene, { amount = 1, currency = "USD" }: { amount?: number; currency?: string }) =>
      decided(stage, disputeOf(scene), amount, { currency }),
    states: {
      "dispute.already_decided": (stage, scene) => decided(stage, disputeOf(scene), 1),
      // Whoever lost may have read the dispute before the winner's commit, and its unit after it.
      "dispute.already_decided by the unit": async (stage, scene) => {
        const { campaignId, submissionId } = disputeOf(scene);
        const read = await stage.ports.disputes.get(campaignId, submissionId);
        await decided(stage, disputeOf(scene), 1);
        return stage.given("dispute", aDispute(read));
      },
    },
    rules: {
      "dispute.exceeds_unit": { amount: 10_001 },
      "campaign.currency_mismatch": { currency: "EUR" },
    },
  },
  createLink: {
    begin: async (stage) => {
      await stage.run(claimLinkPrefix, { actor: brand(), body: { prefix: "acme" } });
      return atWork(stage);
    },
    command: linked,
    states: {
      "link.campaign_ended": becomes({ status: "cancelled" }),
      "link.slug_taken": (stage, scene) => linked(stage, scene, {}),
    },
    rules: {
      "link.creator_needed": { creatorId: undefined },
      "link.creator_not_taking_part": { creatorId: OTHER_CREATOR_ID },
      "link.destination_refused": { destinationUrl: "http://127.0.0.1/" },
      "link.host_not_allowed": becomes({ destinationHosts: ["elsewhere.example.com"] }),
    },
  },
  updateLink: {
    begin: async (stage) => {
      const work = await working(stage, { destinationHosts: ["shop.example.com"] });
      return { ...work, id: (await linked(stage, { ...work, id: "" }, { slug: undefined })).code };
    },
    command: (stage, scene, parts) => relinked(stage, scene, parts, brand()),
    states: { "link.disabled_by_admin": (stage, scene) => relinked(stage, scene, { disabled: true }, admin()) },
    rules: {
      "link.destination_refused": { destinationUrl: "http://127.0.0.1/" },
      "link.host_not_allowed": { destinationUrl: "https://elsewhere.example.org" },
    },
  },
  createPromoCode: {
    begin: atWork,
    command: coded,
    states: {
      "promo_code.campaign_ended": becomes({ status: "cancelled" }),
      "promo_code.taken": (stage, scene) => coded(stage, scene, {}),
    },
    rules: { "promo_code.creator_not_taking_part": { creatorId: OTHER_CREATOR_ID } },
  },
};
