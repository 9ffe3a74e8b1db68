/** The largest pages there can be, as the gateway's Lambda replies with them: AWS takes 6 MB of it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listCampaigns } from "#lambdas/campaigns/list-campaigns";
import { handler as listCampaignInvitations } from "#lambdas/invitations/list-campaign-invitations";
import { handler as listParticipants } from "#lambdas/invitations/list-participants";
import { handler as listSubmissions } from "#lambdas/submissions/list-submissions";
import type { HttpContract } from "#shared/contracts/contract";
import { MAX_UNITS } from "#shared/domain/invitations/participant";
import { MAX_AMOUNT_MINOR } from "#shared/domain/kernel/money";
import type { Page, Position } from "#shared/ports/page";
import { replyOf } from "#shared/runtime/reply";
import { aBudget, aCampaign, anInvitation, aParticipant, aSubmission, CAMPAIGN_ID } from "../support/builders.ts";
import { peopled } from "../support/launched.ts";
import { brand, type TestStage } from "../support/stage.ts";

/** AWS Lambda quotas, "Invocation payload": 6 MB for a synchronous reply. */
const LAMBDA_REPLY_BYTES = 6 * 1024 * 1024;
const MOST = 100;
const numbers = Array.from({ length: MOST }, (_, at) => at + 1);
const idOf = (prefix: string, number: number) => `${prefix}_${String(number).padStart(26, "0")}`;
const userOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Of the texts a client may send, those that a reply spells longest: six bytes for what is one; four for what is two of JavaScript's. */
const texts = [
  ["control characters", (length: number) => "\u0001".repeat(length)],
  ["quotes", (length: number) => '"'.repeat(length)],
  ["characters of three bytes", (length: number) => "語".repeat(length)],
] as const;

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

/** Every page of the largest size, each held to what Lambda takes. */
async function pagesOf(contract: HttpContract, read: (after: Position | undefined) => Promise<Page<unknown>>) {
  const sizes: number[] = [];
  let largest = 0;
  for (let after: Position | undefined, ended = false; !ended;) {
    const page = await read(after);
    const { status, headers, body } = replyOf(contract, page, undefined, { limit: MOST, seal: () => "x".repeat(700) });
    const bytes = Buffer.byteLength(JSON.stringify({ statusCode: status, headers, body }));
    expect(bytes).toBeLessThan(LAMBDA_REPLY_BYTES);
    largest = Math.max(largest, bytes);
    sizes.push(page.items.length);
    after = page.next;
    ended = after === undefined;
  }
  return { things: sizes.reduce((sum, size) => sum + size, 0), pages: sizes.length, largest };
}
const pageAt = (after: Position | undefined) => ({ limit: MOST, ...(after && { after }) });
const inCampaign = { actor: brand(), path: { campaignId: CAMPAIGN_ID } };
const withCampaign = async () => {
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
};

test("a hundred participants with a hundred units each are one page", async () => {
  await withCampaign();
  const units = Array.from({ length: MAX_UNITS }, (_, at) => ({
    deliverableId: idOf("dlv", at),
    unit: 100,
    priceMinor: MAX_AMOUNT_MINOR,
    state: "submitted" as const,
    rounds: 20,
    submissionId: idOf("sub", at),
  }));
  for (const number of numbers) await stage.given("participant", aParticipant({ creatorId: userOf(number), units }));
  const { contract } = listParticipants;
  const read = (after: Position | undefined) => stage.run(listParticipants, { ...inCampaign, page: pageAt(after) });
  expect(await pagesOf(contract, read)).toMatchObject({ things: MOST, pages: 1 });
});

describe.each(texts)("pages of things full of %s", (_what, text) => {
  test("fit, and lose nothing: campaigns", async () => {
    for (const number of numbers) {
      const long = { description: text(10_000), brandGuidelines: text(10_000), name: text(200) };
      await stage.given("campaign", aCampaign({ id: idOf("cmp", number), ...long }));
      await stage.given("budget", aBudget({ campaignId: idOf("cmp", number) }));
    }
    const read = (after: Position | undefined) =>
      stage.run(listCampaigns, { actor: brand(), query: {}, page: pageAt(after) });
    expect((await pagesOf(listCampaigns.contract, read)).things).toBe(MOST);
  });

  test("fit, and lose nothing: invitations", async () => {
    await withCampaign();
    for (const number of numbers)
      await stage.given("invitation", anInvitation({ creatorId: userOf(number), message: text(5_000) }));
    const read = (after: Position | undefined) =>
      stage.run(listCampaignInvitations, { ...inCampaign, page: pageAt(after) });
    expect((await pagesOf(listCampaignInvitations.contract, read)).things).toBe(MOST);
  });

  test("fit, and lose nothing: submissions", async () => {
    await withCampaign();
    for (const number of numbers) {
      const long = { type: "text" as const, contentUrl: null, text: text(20_000), description: text(5_000) };
      await stage.given("submission", aSubmission({ id: idOf("sub", number), ...long }));
    }
    const read = (after: Position | undefined) =>
      stage.run(listSubmissions, { ...inCampaign, query: {}, page: pageAt(after) });
    expect((await pagesOf(listSubmissions.contract, read)).things).toBe(MOST);
  });
});
