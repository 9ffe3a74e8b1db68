/** What commands reply and what the table then holds: what all cases need, and those of settlements and disputes. */
import { handler as openPayoutAccount } from "#lambdas/payouts/open-payout-account";
import { handler as openPayoutAccountFor } from "#lambdas/payouts/open-payout-account-for";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { campaignView } from "#shared/domain/campaigns/view";
import {
  appealed,
  cancelled,
  decided,
  disputed,
  increased,
  removed,
  withEvidence,
} from "../actions/settlements/settling.ts";
import { earned } from "../actions/payouts/earned.ts";
import { handsOn } from "../actions/payouts/paying.ts";
import { reviewed, submitted, working } from "../actions/submissions/delivered.ts";
import { launched, paidIn, paused, resumed } from "../support/launched.ts";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../support/stage.ts";

/** A reply, and what the table holds of the same thing, after `earlier` commands of its kind. */
export type Case = (stage: TestStage, earlier: number) => Promise<{ readonly reply: unknown; readonly held: unknown }>;

export async function repeated(stage: TestStage, times: number, act: (at: number) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < times; at += 1) {
    await act(at);
    stage.clock.now = new Date(Date.parse(stage.clock.now) + 60_000).toISOString();
  }
}

export async function campaignHeld({ ports: { campaigns } }: TestStage, id: string) {
  const campaign = await campaigns.get(id);
  return campaign && campaignView(campaign, await campaigns.budget(id));
}

async function inDispute(stage: TestStage) {
  const work = await working(stage);
  return disputed(stage, work, (await submitted(stage, work)).id);
}

const disputeHeld = (
  { ports: { disputes } }: TestStage,
  { campaignId, submissionId }: { readonly campaignId: string; readonly submissionId: string },
) => disputes.get(campaignId, submissionId);

/** An action that answers nothing holds nothing against the table. */
export const nothing = Symbol("nothing");

export const settlementCases: Readonly<Record<string, Case>> = {
  increaseBudget: async (stage, earlier) => {
    const id = await launched(stage);
    await paidIn(stage, 50_000);
    await repeated(stage, earlier, () => increased(stage, id, 1_000));
    const reply = await increased(stage, id, 2_000);
    return { reply, held: await campaignHeld(stage, id) };
  },
  cancelCampaign: async (stage, earlier) => {
    const { campaignId } = await working(stage);
    await repeated(stage, earlier, async () => {
      await paused(stage, campaignId);
      await resumed(stage, campaignId);
    });
    const reply = await cancelled(stage, campaignId);
    return { reply, held: await campaignHeld(stage, campaignId) };
  },
  removeParticipant: async (stage, earlier) => {
    const { campaignId } = await working(stage);
    await repeated(stage, earlier, () => removed(stage, campaignId));
    return { reply: await removed(stage, campaignId), held: nothing };
  },
  openDispute: async (stage, earlier) => {
    const work = await working(stage);
    await repeated(stage, earlier, async () => {
      await reviewed(stage, work, (await submitted(stage, work, { unit: 1 })).id, "changes_requested");
    });
    const { id } = await submitted(stage, work, { unit: 1 });
    const reply = await disputed(stage, work, id);
    return { reply, held: await stage.ports.disputes.get(work.campaignId, id) };
  },
  addEvidence: async (stage, earlier) => {
    const dispute = await inDispute(stage);
    await repeated(stage, earlier, () => withEvidence(stage, dispute, creator(), "x"));
    return { reply: await withEvidence(stage, dispute, brand(), "y"), held: await disputeHeld(stage, dispute) };
  },
  decideDispute: async (stage, earlier) => {
    const dispute = await inDispute(stage);
    if (earlier > 0) await decided(stage, dispute, 6_000);
    if (earlier > 0) await appealed(stage, dispute, brand());
    return { reply: await decided(stage, dispute, 5_000), held: await disputeHeld(stage, dispute) };
  },
  appealDispute: async (stage, earlier) => {
    const dispute = await inDispute(stage);
    await repeated(stage, earlier, () => withEvidence(stage, dispute, creator(), "x"));
    await decided(stage, dispute, 5_000);
    return { reply: await appealed(stage, dispute, creator()), held: await disputeHeld(stage, dispute) };
  },
};

const ban = (stage: TestStage) =>
  stage.run(banUser, { actor: admin(), path: { userId: BRAND_ID }, body: { reason: "fraud" } });
const unban = (stage: TestStage) => stage.run(unbanUser, { actor: admin(), path: { userId: BRAND_ID } });
const timesBanned = (stage: TestStage, times: number) =>
  repeated(stage, times, async () => {
    await ban(stage);
    await unban(stage);
  });

async function accountOpened(
  stage: TestStage,
  earlier: number,
  open: () => Promise<{ readonly onboardingUrl?: string | undefined }>,
) {
  await repeated(stage, earlier, open);
  const { onboardingUrl, ...reply } = await open();
  const { onboardingUrl: _none, ...held } = { onboardingUrl, ...(await stage.ports.payoutAccounts.get(CREATOR_ID)) };
  return { reply, held };
}

export const moneyCases: Readonly<Record<string, Case>> = {
  banUser: async (stage, earlier) => {
    await timesBanned(stage, earlier);
    return { reply: await ban(stage), held: await stage.ports.accounts.get(BRAND_ID) };
  },
  unbanUser: async (stage, earlier) => {
    await timesBanned(stage, earlier);
    await ban(stage);
    return { reply: await unban(stage), held: await stage.ports.accounts.get(BRAND_ID) };
  },
  openPayoutAccount: (stage, earlier) =>
    accountOpened(stage, earlier, () => stage.run(openPayoutAccount, { actor: creator() })),
  openPayoutAccountFor: (stage, earlier) =>
    accountOpened(stage, earlier, () =>
      stage.run(openPayoutAccountFor, { actor: admin(), path: { userId: CREATOR_ID } }),
    ),
  requestPayout: async (stage, earlier) => {
    stage.payoutProcessor.fund("USD", 100_000);
    const { onboarded, ask } = handsOn(stage);
    await onboarded();
    await earned(stage, 20_000);
    await repeated(stage, earlier, () => ask(2_000));
    const reply = await ask(2_500);
    return { reply, held: await stage.ports.payouts.get(reply.id) };
  },
  startPayoutRun: async (stage, earlier) => {
    const start = () => stage.run(startPayoutRun, { actor: admin() });
    await earned(stage, 20_000);
    await repeated(stage, earlier, start);
    const reply = await start();
    const { id: runId, queued } = stage.stored("payoutRun").find(({ id }) => id === reply.runId) ?? {};
    return { reply, held: { runId, queued } };
  },
};
