/** Refusals that few ever meet, each brought about by its action: clients are told to expect them. */
import { expect, test } from "@jest/globals";
import { handler as cancelCampaign } from "#lambdas/settlements/cancel-campaign";
import { handler as increaseBudget } from "#lambdas/settlements/increase-budget";
import { handler as answerUnknownRoute } from "#lambdas/system/answer-unknown-route";
import type { AnyRun } from "#shared/runtime/pipelines";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { appealed, decided, disputed } from "../actions/settlements/settling.ts";
import { extensionOffered, submitted, uploadOpened, working } from "../actions/submissions/delivered.ts";
import { ADMIN_ID, aSubmission, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { reworded } from "../support/edited.ts";
import { asked, drafted, launched, peopled } from "../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../support/stage.ts";
import { type Asked, everyRoute, issuer, type WholeApi, wholeApi } from "../support/whole-api.ts";

const none = "9".repeat(26);
/** A person whose wallet was never opened, or is gone. */
const withoutWallet = (stage: TestStage, userId: string) =>
  stage.table.write({ kind: "remove", key: itemKey(items.wallet, { userId }), when: {} });
const frozen = async (stage: TestStage) => {
  const work = await working(stage);
  const { id: submissionId } = await submitted(stage, work);
  return disputed(stage, work, submissionId);
};

const rare: Readonly<Record<string, (stage: TestStage) => Promise<unknown>>> = {
  "updateDeliverable deliverable.not_found": async (stage) => {
    const { id: campaignId } = await drafted(stage);
    await asked(stage, campaignId);
    return reworded(stage, { campaignId, deliverableId: `dlv_${none}` }, { quantity: 1 });
  },
  "offerExtension access.conflict_of_interest": async (stage) => {
    const work = await working(stage);
    const { id } = await submitted(stage, work);
    return extensionOffered(stage, work, id, { hours: 1 }, admin(CREATOR_ID));
  },
  "submitContent upload.mismatch": async (stage) => {
    const work = await working(stage);
    const { fileId, upload } = await uploadOpened(stage, work.campaignId);
    stage.files.post(upload, Buffer.from("abc"));
    const stored = await stage.ports.uploads.get(work.campaignId, fileId);
    await stage.given("upload", { ...stored!, sizeBytes: 4 });
    return submitted(stage, work, { type: "file", fileId });
  },
  "cancelCampaign wallet.not_found": async (stage) => {
    const campaignId = await launched(stage);
    await withoutWallet(stage, BRAND_ID);
    return stage.run(cancelCampaign, { actor: brand(), path: { campaignId } });
  },
  "increaseBudget wallet.not_found": async (stage) => {
    const campaignId = await launched(stage);
    await withoutWallet(stage, BRAND_ID);
    const body = { amount: 1, currency: "USD" as const };
    return stage.run(increaseBudget, { actor: brand(), path: { campaignId }, body, idempotencyDigest: "k" });
  },
  "decideDispute wallet.not_found": async (stage) => {
    const dispute = await frozen(stage);
    await withoutWallet(stage, CREATOR_ID);
    return decided(stage, dispute, 1);
  },
  "decideDispute submission.not_found": async (stage) =>
    decided(stage, { ...(await frozen(stage)), submissionId: `sub_${none}` }, 1),
  "decideDispute submission.already_settled": async (stage) => {
    const dispute = await frozen(stage);
    const submission = await stage.ports.submissions.get(dispute.campaignId, dispute.submissionId);
    await stage.given("submission", aSubmission({ ...submission, status: "released" }));
    return decided(stage, dispute, 1);
  },
  "appealDispute dispute.not_found": async (stage) =>
    appealed(stage, { ...(await frozen(stage)), id: `dsp_${none}` }, creator()),
};

test.each(Object.entries(rare))("%s", async (name, meet) => {
  const [, code] = name.split(" ");
  await expect(peopled().then(meet)).rejects.toMatchObject({ refusal: { code } });
});

/** Through the whole pipeline. */
async function said(route: Parameters<WholeApi>[0], asked: Asked = {}) {
  const ask = await wholeApi(await peopled());
  return ask(route, { authorization: `Bearer ${issuer.sign(ADMIN_ID, ["admin"])}`, ...asked });
}

test.each(["listJobRuns", "requestJobRun"])("%s job.not_found", async (name) => {
  const route = (await everyRoute).find((one) => one.name === name);
  expect(await said(route!, { path: { job: "nothing" } })).toMatchObject({
    status: 404,
    body: { code: "job.not_found" },
  });
});

test.each([
  ["GET /v1/nothing", 404, "route.not_found"],
  ["DELETE /v1/me", 405, "route.method_not_allowed"],
] as const)("%s is %d %s", async (route, status, code) => {
  const { contract, run } = answerUnknownRoute;
  expect(await said({ contract: { ...contract, route }, run: run as AnyRun })).toMatchObject({
    status,
    body: { code },
  });
});

test.each([
  ["requestSocialConsent", undefined],
  ["connectSocialAccount", { code: "x", state: "x" }],
])("%s route.not_found, of a network that we know nothing of", async (name, body) => {
  const route = (await everyRoute).find((one) => one.name === name);
  const authorization = `Bearer ${issuer.sign(CREATOR_ID, ["creator"])}`;
  const asked = { authorization, path: { platform: "myspace" }, key: "k", ...(body && { body }) };
  expect(await said(route!, asked)).toMatchObject({ status: 404, body: { code: "route.not_found" } });
});
