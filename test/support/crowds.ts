/** Many people who do the same at once, and how it went. The settings are made by the API itself. */
import { handler as createCampaign } from "#lambdas/campaigns/create-campaign";
import { handler as createDeliverable } from "#lambdas/campaigns/create-deliverable";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as sendInvitation } from "#lambdas/invitations/send-invitation";
import { handler as reviewSubmission } from "#lambdas/submissions/review-submission";
import { handler as submitContent } from "#lambdas/submissions/submit-content";
import { handler as confirmDeposit } from "#lambdas/deposits/confirm-deposit";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import type { Actor } from "#shared/domain/kernel/actor";
import { type Answered, done, type SimulatedApi, simulatedApi } from "./simulated-api.ts";

const DAY_MS = 86_400_000;
const usd = (amount: number) => ({ amount, currency: "USD" });
const PRICE = 10_000;

/** How a crowd fared. */
export interface Outcome {
  readonly name: string;
  readonly crowd: number;
  /** How many were told what, by status. */
  readonly statuses: Readonly<Record<number, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Until the last one was answered. */
  readonly allMs: number;
  /** Writes that were tried, for each that was carried out. */
  readonly triesPerCommit: number;
}

async function together(name: string, api: SimulatedApi, asks: readonly (() => Promise<Answered>)[]): Promise<Outcome> {
  const before = { ...api.table.tally };
  const answers = await Promise.all(asks.map((ask) => ask()));
  const times = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const { commits, conflicts, refused } = api.table.tally;
  const tried = commits + conflicts + refused - before.commits - before.conflicts - before.refused;
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    name,
    crowd: asks.length,
    statuses,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    allMs: times.at(-1) ?? 0,
    triesPerCommit: tried / Math.max(1, commits - before.commits),
  };
}

const people = async (api: SimulatedApi, count: number): Promise<Actor[]> => {
  const all: Actor[] = [];
  while (all.length < count) all.push(await api.person("creator"));
  return all;
};

async function paidDeposit(api: SimulatedApi, brand: Actor, amount: number): Promise<string> {
  const deposit = await done(api.send(brand, depositFunds, { body: usd(amount) }));
  api.payments.pay(String(deposit["paymentIntentId"]));
  return String(deposit["id"]);
}

interface Campaign {
  readonly campaignId: string;
  readonly deliverableId: string;
}

/** A campaign that is up, with room for so many creators. */
async function launched(api: SimulatedApi, brand: Actor, creators: number): Promise<Campaign> {
  const budget = usd(PRICE * creators);
  const timeline = { start: new Date().toISOString(), end: new Date(Date.now() + 30 * DAY_MS).toISOString() };
  const brief = { name: "Autumn", category: "fashion", budget, timeline };
  const campaignId = String((await done(api.send(brand, createCampaign, { body: brief })))["id"]);
  const body = { type: "instagram_post", quantity: 1, compensation: usd(PRICE) };
  const deliverable = await done(api.send(brand, createDeliverable, { path: { campaignId }, body }));
  const depositId = await paidDeposit(api, brand, budget.amount);
  await done(api.send(brand, confirmDeposit, { path: { depositId } }));
  await done(api.send(brand, publishCampaign, { path: { campaignId } }));
  return { campaignId, deliverableId: String(deliverable["id"]) };
}

const invited = (api: SimulatedApi, brand: Actor, { campaignId }: Campaign, { userId: creatorId }: Actor) =>
  done(api.send(brand, sendInvitation, { path: { campaignId }, body: { creatorId } }));

const accepting =
  (api: SimulatedApi, { campaignId }: Campaign, creator: Actor) =>
  () =>
    api.send(creator, acceptInvitation, { path: { campaignId, creatorId: creator.userId } });

/** A creator at work, whose content waits for its review. */
async function handedIn(api: SimulatedApi, brand: Actor, campaign: Campaign, creator: Actor): Promise<string> {
  await invited(api, brand, campaign, creator);
  await done(accepting(api, campaign, creator)());
  const content = { deliverableId: campaign.deliverableId, type: "url", contentUrl: "https://example.com/post" };
  const path = { campaignId: campaign.campaignId };
  return String((await done(api.send(creator, submitContent, { path, body: content })))["id"]);
}

/** So many creators accept one campaign at once. */
export async function acceptances(count: number, seed = 1): Promise<Outcome> {
  const api = await simulatedApi(seed);
  const brand = await api.person("brand");
  const campaign = await launched(api, brand, count);
  const creators = await people(api, count);
  for (const creator of creators) await invited(api, brand, campaign, creator);
  const asks = creators.map((creator) => accepting(api, campaign, creator));
  return together("acceptances of one campaign", api, asks);
}

/** One brand approves so much at once, spread over so many campaigns. */
export async function approvals(count: number, campaigns: number, seed = 1): Promise<Outcome> {
  const api = await simulatedApi(seed);
  const brand = await api.person("brand");
  const asks: (() => Promise<Answered>)[] = [];
  for (let one = 0; one < campaigns; one += 1) {
    const creators = await people(api, count / campaigns);
    const campaign = await launched(api, brand, creators.length);
    for (const creator of creators) {
      const path = { campaignId: campaign.campaignId, submissionId: await handedIn(api, brand, campaign, creator) };
      asks.push(() => api.send(brand, reviewSubmission, { path, body: { decision: "approved" } }));
    }
  }
  return together(`approvals of one brand, ${campaigns} campaign(s)`, api, asks);
}

/** So many deposits of one brand are confirmed at once. */
export async function deposits(count: number, seed = 1): Promise<Outcome> {
  const api = await simulatedApi(seed);
  const brand = await api.person("brand");
  const paid: string[] = [];
  while (paid.length < count) paid.push(await paidDeposit(api, brand, PRICE));
  const asks = paid.map((depositId) => () => api.send(brand, confirmDeposit, { path: { depositId } }));
  return together("deposits of one brand", api, asks);
}

/** So many brands, who have nothing to do with each other, draft a campaign at once. */
export async function unrelatedBrands(count: number, seed = 1): Promise<Outcome> {
  const api = await simulatedApi(seed);
  const brands: Actor[] = [];
  while (brands.length < count) brands.push(await api.person("brand"));
  const timeline = { start: new Date().toISOString(), end: new Date(Date.now() + 30 * DAY_MS).toISOString() };
  const body = { name: "Autumn", category: "fashion", budget: usd(100_000), timeline };
  return together(
    "drafts of unrelated brands",
    api,
    brands.map((brand) => () => api.send(brand, createCampaign, { body })),
  );
}
