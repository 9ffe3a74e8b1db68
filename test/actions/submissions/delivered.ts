/** Content handed in and reviewed by the actions themselves: what this area's tests start from. */
import { handler as agreeToExtension } from "#lambdas/submissions/agree-to-extension";
import { handler as offerExtension } from "#lambdas/submissions/offer-extension";
import { handler as openUpload } from "#lambdas/submissions/open-upload";
import { handler as remindReviewers } from "#lambdas/submissions/remind-reviewers";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { handler as submitContent } from "#lambdas/submissions/submit-content";
import { memory } from "#shared/adapters/memory/index";
import { capabilitiesOf } from "#shared/contracts/implied";
import type { JobRun } from "#shared/domain/jobs/job-run";
import type { Actor } from "#shared/domain/kernel/actor";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { NewExtension, NewReview, NewSubmission } from "#shared/domain/submissions/input";
import type { ReviewDecision } from "#shared/domain/submissions/submission";
import { NewUpload } from "#shared/domain/uploads/upload";
import { touchedBy } from "#shared/ports/touched";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import { requestContext } from "../../support/gateway.ts";
import { grantedTable } from "../../support/granted-table.ts";
import { aBudget, CREATOR_ID } from "../../support/builders.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { accepted, invited, launched } from "../../support/launched.ts";

export interface Work {
  readonly campaignId: string;
  readonly deliverableId: string;
}

/** A campaign of 1,000.00 dollars, and a creator who owes it two posts of 100.00. */
export async function working(stage: TestStage, parts: object = {}): Promise<Work> {
  const campaignId = await launched(stage, parts);
  const deliverableId = (await stage.ports.campaigns.deliverables(campaignId))[0]?.id ?? "";
  await joined(stage, campaignId);
  return { campaignId, deliverableId };
}

export async function joined(stage: TestStage, campaignId: string, creatorId = CREATOR_ID): Promise<void> {
  await invited(stage, campaignId, { creatorId });
  await accepted(stage, campaignId, creatorId);
}

export const submitted = (
  stage: TestStage,
  { campaignId, deliverableId }: Work,
  parts: object = {},
  actor: Actor = creator(),
) => {
  const content = "type" in parts ? {} : { type: "url", contentUrl: "https://example.com/post" };
  const body = NewSubmission.parse({ deliverableId, ...content, ...parts });
  return stage.run(submitContent, { actor, path: { campaignId }, body });
};

export const reviewed = (
  stage: TestStage,
  { campaignId }: Work,
  submissionId: string,
  decision: ReviewDecision,
  parts: { readonly actor?: Actor; readonly feedback?: string; readonly reasons?: readonly string[] } = {},
) => {
  const { actor = brand(), ...rest } = parts;
  const body = NewReview.parse({ decision, ...rest });
  return stage.run(reviewSubmission, { actor, path: { campaignId, submissionId }, body });
};

/** A form for a file of three bytes, unless said otherwise. */
export const uploadOpened = (stage: TestStage, campaignId: string, parts: object = {}, actor: Actor = creator()) =>
  stage.run(openUpload, {
    actor,
    body: NewUpload.parse({ contentType: "image/png", sizeBytes: 3, campaignId, ...parts }),
  });

/** A later date, offered by the brand. */
export const extensionOffered = (
  stage: TestStage,
  { campaignId }: Work,
  submissionId: string,
  body: object,
  actor: Actor = brand(),
) => stage.run(offerExtension, { actor, path: { campaignId, submissionId }, body: NewExtension.parse(body) });

export const extensionAgreed = (
  stage: TestStage,
  { campaignId }: Work,
  submissionId: string,
  actor: Actor = creator(),
  ifMatch?: number,
) => stage.run(agreeToExtension, { actor, path: { campaignId, submissionId }, ifMatch });

/** The job that reminds, once. */
export function reminded(stage: TestStage): Promise<JobRun> {
  const { contract, run } = remindReviewers;
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const table = grantedTable(stage.table, touchedBy(capabilitiesOf(contract)));
  const connected = connect(contract, memory(table), { TABLE_NAME: "t" });
  const pipeline = jobPipeline(
    contract,
    connected,
    (context) => run(context.invocation, context.ports as never, eachOf(contract.job, context)),
    world,
  );
  return pipeline(undefined, requestContext() as never) as Promise<JobRun>;
}

/** The campaign as stored, with something changed that no action of today can change. */
export async function withCampaign(stage: TestStage, { campaignId }: Work, parts: object): Promise<void> {
  const campaign = await stage.ports.campaigns.get(campaignId);
  if (campaign === undefined) throw new Error(`no campaign ${campaignId}`);
  const { status } = await stage.given("campaign", { ...campaign, ...parts });
  await stage.given("budget", aBudget({ ...(await stage.ports.campaigns.budget(campaignId)), status }));
}

export async function unitsOf(stage: TestStage, { campaignId }: Work, creatorId = CREATOR_ID) {
  return (await stage.ports.participants.get(campaignId, creatorId))?.units ?? [];
}

/** Entries that settle units. */
export const settlements = (stage: TestStage): JournalEntry[] =>
  stage
    .stored("journalEntry")
    .map((row) => JournalEntry.parse(row))
    .filter(({ settles }) => settles !== undefined);
