/** Content, and what is decided about it: the units' settlements, raced for. */
import { memoryFiles } from "#shared/adapters/memory/files";
import { Participant } from "#shared/domain/invitations/participant";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { Area, Invariant, Move, Story } from "../area.ts";
import { type Client, clientOf, isDone } from "../client.ts";
import type { Chance } from "../chance.ts";
import { unreliable } from "../outside.ts";
import { processorOf } from "../processor.ts";

const submitting: Move = {
  name: "hand in content",
  role: "creator",
  weight: 10,
  async act(me, chance) {
    const campaign = chance.oneOf(await me.list("listCampaigns"));
    if (campaign === undefined) return false;
    const path = { campaignId: campaign.id as string };
    const deliverable = chance.oneOf(await me.list("listDeliverables", { path }));
    if (deliverable === undefined) return false;
    const body = { deliverableId: deliverable.id, type: "url", contentUrl: "https://example.com/post" };
    const hands = chance.happens(0.3) ? 2 : 1;
    await Promise.all(Array.from({ length: hands }, () => me.act("submitContent", { path, body })));
    return true;
  },
};

const decisions = ["approved", "approved", "approved", "rejected", "changes_requested"];

/** Decides about something that waits, sometimes two ways at once. */
async function decide(me: Client, chance: Chance): Promise<boolean> {
  const campaign = chance.oneOf(await me.list("listCampaigns"));
  if (campaign === undefined) return false;
  const campaignId = campaign.id as string;
  const all = await me.list("listSubmissions", { path: { campaignId } });
  const waiting = all.filter(({ status }) => status === "pending_review");
  const one = chance.oneOf(waiting.length > 0 && chance.happens(0.9) ? waiting : all);
  if (one === undefined) return false;
  const path = { campaignId, submissionId: one.id as string };
  const minds = chance.happens(0.3) ? 2 : 1;
  const asks = Array.from({ length: minds }, () =>
    me.act("reviewSubmission", { path, body: { decision: chance.oneOf(decisions), feedback: "seen" } }),
  );
  await Promise.all(asks);
  return true;
}

/** From the draft to the approval, and the end of the campaign. */
const paidWork: Story = {
  name: "a campaign from draft to the end, with work approved and paid out, rejected and never begun",
  async tell(world) {
    const [brand, creator] = ["brand", "creator"].map((role) => world.people.find((one) => one.role === role));
    if (brand === undefined || creator === undefined) return;
    const [buyer, maker] = [clientOf(world, brand, "buyer", true), clientOf(world, creator, "maker", true)];
    const done = async (me: Client, ...asked: Parameters<Client["act"]>) => {
      const answer = await me.act(...asked);
      if (!isDone(answer)) world.find(`${asked[0]}: ${answer?.text ?? "no answer"}`);
      return answer?.body ?? {};
    };
    const money = (amount: number) => ({ amount, currency: "USD" });
    const now = world.running.now();
    const timeline = { start: plusMilliseconds(now, -1_000), end: plusMilliseconds(now, 6 * 3_600_000) };
    const brief = { name: "told", category: "fashion", budget: money(20_000), timeline, creatorHoldDays: 0 };
    const campaignId = String((await done(buyer, "createCampaign", { body: brief }))["id"]);
    const asked = { type: "instagram_post", quantity: 3, compensation: money(5_001) };
    const path = { campaignId };
    const deliverableId = (await done(buyer, "createDeliverable", { path, body: asked }))["id"] as string;
    const deposit = await done(buyer, "depositFunds", { body: money(20_000) });
    processorOf(world).pay(deposit["paymentIntentId"], brand.userId, 20_000);
    await done(buyer, "confirmDeposit", { path: { depositId: deposit["id"] } });
    await done(buyer, "publishCampaign", { path });
    await done(buyer, "sendInvitation", { path, body: { creatorId: creator.userId } });
    await done(maker, "acceptInvitation", { path: { campaignId, creatorId: creator.userId } });
    for (const decision of ["approved", "rejected"]) {
      const content = { deliverableId, type: "text", text: "content" };
      const submissionId = (await done(maker, "submitContent", { path, body: content }))["id"] as string;
      await done(buyer, "reviewSubmission", { path: { campaignId, submissionId }, body: { decision } });
    }
    const account = await done(maker, "openPayoutAccount");
    const { accounts, tell } = processorOf(world);
    const id = String(account["onboardingUrl"]).split("/").at(-1) ?? "";
    accounts.onboard(id);
    tell("account.updated", id, { connectedAccountId: id, paymentIntentId: null });
    await world.running.takes(600_000);
    await done(maker, "requestPayout", { body: {} });
    await world.until(12 * 3_600_000);
  },
};

const unitOf = ({ participationId, deliverableId, unit }: Readonly<Record<string, unknown>>): string =>
  `${String(participationId)} ${String(deliverableId)} unit ${String(unit)}`;

const invariants: readonly Invariant[] = [
  {
    says: "what waits for a review is not what its unit waits for",
    broken(world) {
      const units = world
        .items("participant")
        .map((item) => Participant.parse(item))
        .flatMap(({ units }) => units);
      const awaited = units.flatMap(({ state, submissionId }) =>
        state === "submitted" ? [submissionId ?? "none"] : [],
      );
      const waiting = world
        .items("submission")
        .flatMap(({ id, status }) => (status === "pending_review" ? [String(id)] : []));
      const lost = awaited.filter((id) => !waiting.includes(id)).map((id) => `nothing waits under ${id}`);
      return [...lost, ...waiting.filter((id) => !awaited.includes(id)).map((id) => `no unit waits for ${id}`)];
    },
  },
  {
    says: "a unit was not paid for once, when it was approved",
    broken(world) {
      const approved = world
        .items("participant")
        .map((item) => Participant.parse(item))
        .flatMap(({ id: participationId, units }) =>
          units.flatMap((unit) => (unit.state === "approved" ? [unitOf({ participationId, ...unit })] : [])),
        );
      // Whoever comes back has another participation in place of the first.
      const there = new Set(world.items("participant").map(({ id }) => id));
      // By an appeal it may be taken back, and booked anew.
      const earned = world
        .items("earning")
        .filter(({ status, participationId }) => status !== "cancelled" && there.has(participationId))
        .map(unitOf);
      const unpaid = approved.filter((unit) => earned.filter((one) => one === unit).length !== 1);
      return [
        ...unpaid,
        ...earned.filter((unit) => !approved.includes(unit)).map((unit) => `${unit} was not approved`),
      ];
    },
  },
];

export const area: Area = {
  invariants,
  moves: [
    submitting,
    { name: "review", role: "brand", weight: 10, act: decide },
    { name: "review for a brand", role: "admin", weight: 3, act: decide },
  ],
  stories: [paidWork],
  outside: ({ running, outside }) => {
    const files = memoryFiles(running.now);
    outside["files"] = files;
    return {
      files: unreliable(running, "files", files, { isRepeatable: true, local: ["uploadForm", "downloadUrl"] }),
    };
  },
};
