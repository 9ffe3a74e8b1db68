/** Steps that many journeys share: a campaign from draft to a creator at work. */
import { expect } from "@jest/globals";
import { campaignBodyAt, deliverableBody } from "./bodies.ts";
import { deposit, type Person, stageNow } from "./local-stage.ts";

export const campaignBody = (parts: object = {}) => campaignBodyAt(stageNow(), parts);

export interface Launched {
  readonly campaignId: string;
  readonly deliverableId: string;
}

/** A draft with one deliverable. */
export async function drafted(brand: Person, parts: object = {}, deliverable: object = {}): Promise<Launched> {
  const campaign = await brand.post("/v1/campaigns", campaignBody(parts));
  expect(campaign).toMatchObject({ status: 201, body: { status: "draft" } });
  const campaignId = String(campaign.body.id);
  const made = await brand.post(`/v1/campaigns/${campaignId}/deliverables`, deliverableBody(deliverable));
  expect(made.status).toBe(201);
  return { campaignId, deliverableId: String(made.body.id) };
}

/** A funded campaign, published and active. */
export async function launched(brand: Person, parts: object = {}, deliverable: object = {}): Promise<Launched> {
  const draft = await drafted(brand, parts, deliverable);
  const { body } = await brand.get(`/v1/campaigns/${draft.campaignId}`);
  expect(await deposit(brand, Number(body.budget.total))).toMatchObject({ status: 200, body: { status: "completed" } });
  const published = await brand.post(`/v1/campaigns/${draft.campaignId}/publication`);
  expect(published).toMatchObject({ status: 200, body: { status: "active" } });
  return draft;
}

export async function invited(brand: Person, creator: Person, { campaignId }: Launched): Promise<void> {
  const reply = await brand.post(`/v1/campaigns/${campaignId}/invitations`, { creatorId: creator.userId });
  expect(reply).toMatchObject({ status: 201, body: { status: "pending" } });
}

/** Invited and accepted, with the payment secured. */
export async function joined(brand: Person, creator: Person, launch: Launched): Promise<void> {
  await invited(brand, creator, launch);
  const accepted = await creator.post(`/v1/campaigns/${launch.campaignId}/invitations/${creator.userId}/acceptance`);
  expect(accepted).toMatchObject({ status: 201, body: { status: "active", secured: true } });
}

export async function submitted(creator: Person, { campaignId, deliverableId }: Launched): Promise<string> {
  const reply = await creator.post(`/v1/campaigns/${campaignId}/submissions`, {
    deliverableId,
    type: "url",
    contentUrl: "https://example.com/post",
  });
  expect(reply).toMatchObject({ status: 201, body: { status: "pending_review" } });
  return String(reply.body.id);
}
