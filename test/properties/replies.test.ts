/**
 * What a command replies is what the table then holds, version and all: whoever sends the reply's version back as
 * `If-Match` is never told that somebody else was there. Every writing action of the contracts has its case here.
 */
import { expect, test } from "@jest/globals";
import { handler as getClock } from "#lambdas/system/get-clock";
import { handler as moveClock } from "#lambdas/system/move-clock";
import { handler as awardLinkPrefix } from "#lambdas/links/award-link-prefix";
import { handler as claimLinkPrefix } from "#lambdas/links/claim-link-prefix";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as getLinkPrefix } from "#lambdas/links/get-link-prefix";
import { handler as updateLink } from "#lambdas/links/update-link";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as updateMe } from "#lambdas/users/update-me";
import { handler as confirmDeposit } from "#lambdas/deposits/confirm-deposit";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { handler as getRefund } from "#lambdas/refunds/get-refund";
import { handler as requestRefund } from "#lambdas/refunds/request-refund";
import { handler as openWallet } from "#lambdas/wallets/open-wallet";
import { actions } from "#shared/contracts/index";
import { participantView } from "#shared/domain/invitations/answer-invitation";
import { entryView } from "#shared/domain/ledger/entry-view";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { NewLink } from "#shared/domain/links/input";
import {
  accepted,
  asked,
  drafted,
  invited,
  launched,
  paidIn,
  paused,
  peopled,
  published,
  resumed,
  declined,
  OTHER_BRAND_ID,
} from "../support/launched.ts";
import { working } from "../actions/submissions/delivered.ts";
import { apiKeyCases } from "./replied-api-keys.ts";
import { conversionCases } from "./replied-conversions.ts";
import { exportCases } from "./replied-exports.ts";
import { notificationCases } from "./replied-notifications.ts";
import { editCases } from "./replied-campaigns.ts";
import { socialCases } from "./replied-social.ts";
import { submissionCases } from "./replied-submissions.ts";
import { campaignHeld, type Case, moneyCases, nothing, repeated, settlementCases } from "./replied.ts";
import { aParticipant, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { movedAndConfirmed } from "../support/house-movements.ts";
import { admin, brand, creator, type TestStage } from "../support/stage.ts";

const writing = actions.flatMap(({ name, contract }) =>
  contract.trigger === "http" && contract.roles !== "public" && !contract.route.startsWith("GET ")
    ? [[name, contract] as const]
    : [],
);

/** A campaign with an invitation that came to nothing some times before. */
async function courted(stage: TestStage, times: number): Promise<string> {
  const campaignId = await launched(stage);
  await repeated(stage, times, async () => {
    await invited(stage, campaignId);
    await declined(stage, campaignId);
  });
  return campaignId;
}

const deposited = (stage: TestStage, key: string) =>
  stage.run(depositFunds, { actor: brand(), body: { amount: 5_000, currency: "USD" }, idempotencyDigest: key });

async function linked(stage: TestStage) {
  const { campaignId } = await working(stage);
  const body = NewLink.parse({ destinationUrl: "https://shop.example.com" });
  return stage.run(createLink, { actor: creator(), path: { campaignId }, body });
}

async function linkHeld({ ports: { links, linkUrls } }: TestStage, code: string) {
  const link = await links.get(code);
  return link && { ...link, url: linkUrls.of(code) };
}

const cases: Readonly<Record<string, Case>> = {
  moveClock: async (stage, earlier) => {
    const move = (offsetSeconds: number) => stage.run(moveClock, { actor: admin(), body: { offsetSeconds } });
    await repeated(stage, earlier, (at) => move(at + 1));
    return { reply: await move(1_000), held: await stage.run(getClock, { actor: admin() }) };
  },
  bookHouseMovement: async (stage, earlier) => {
    const moved = () => movedAndConfirmed(stage, { type: "topup", amountMinor: 100 });
    await repeated(stage, earlier, moved);
    const reply = await moved();
    const entry = (await stage.ports.journal.get(reply.key)) as JournalEntry;
    return { reply, held: entryView(entry) };
  },
  createCampaign: async (stage) => {
    const reply = await drafted(stage);
    return { reply, held: await campaignHeld(stage, reply.id) };
  },
  createDeliverable: async (stage, earlier) => {
    const { id: campaignId } = await drafted(stage);
    await repeated(stage, earlier, () => asked(stage, campaignId));
    const reply = await asked(stage, campaignId);
    const all = await stage.ports.campaigns.deliverables(campaignId);
    return { reply, held: all.find(({ id }) => id === reply.id) };
  },
  publishCampaign: async (stage, earlier) => {
    const { id } = await drafted(stage);
    await repeated(stage, earlier + 1, () => asked(stage, id));
    await paidIn(stage, 100_000);
    const reply = await published(stage, id);
    return { reply, held: await campaignHeld(stage, id) };
  },
  pauseCampaign: async (stage, earlier) => {
    const id = await launched(stage);
    await repeated(stage, earlier, async () => {
      await paused(stage, id);
      await resumed(stage, id);
    });
    const reply = await paused(stage, id);
    return { reply, held: await campaignHeld(stage, id) };
  },
  resumeCampaign: async (stage, earlier) => {
    const id = await launched(stage);
    await repeated(stage, earlier, async () => {
      await paused(stage, id);
      await resumed(stage, id);
    });
    await paused(stage, id);
    const reply = await resumed(stage, id);
    return { reply, held: await campaignHeld(stage, id) };
  },
  sendInvitation: async (stage, earlier) => {
    const campaignId = await courted(stage, earlier);
    const reply = await invited(stage, campaignId);
    return { reply, held: await stage.ports.invitations.get(campaignId, CREATOR_ID) };
  },
  declineInvitation: async (stage, earlier) => {
    const campaignId = await courted(stage, earlier);
    await invited(stage, campaignId);
    const reply = await declined(stage, campaignId);
    return { reply, held: await stage.ports.invitations.get(campaignId, CREATOR_ID) };
  },
  acceptInvitation: async (stage, earlier) => {
    const campaignId = await courted(stage, earlier);
    const before = aParticipant({ campaignId, status: "inactive", units: [], version: earlier });
    if (earlier > 0) await stage.given("participant", before);
    await invited(stage, campaignId);
    const reply = await accepted(stage, campaignId);
    const held = await stage.ports.participants.get(campaignId, CREATOR_ID);
    return { reply, held: held && participantView(held) };
  },
  ...submissionCases,
  ...editCases,
  ...settlementCases,
  ...moneyCases,
  ...apiKeyCases,
  ...conversionCases,
  ...exportCases,
  ...socialCases,
  ...notificationCases,
  createLink: async (stage) => {
    const reply = await linked(stage);
    return { reply, held: await linkHeld(stage, reply.code) };
  },
  claimLinkPrefix: async (stage, earlier) => {
    const claim = () => stage.run(claimLinkPrefix, { actor: brand(), body: { prefix: "acme" } });
    await repeated(stage, earlier, claim);
    return { reply: await claim(), held: await stage.run(getLinkPrefix, { actor: brand() }) };
  },
  awardLinkPrefix: async (stage, earlier) => {
    await stage.run(claimLinkPrefix, { actor: brand(), body: { prefix: "acme" } });
    const award = (brandId: string) =>
      stage.run(awardLinkPrefix, { actor: admin(), path: { prefix: "acme" }, body: { brandId, reason: "x" } });
    await repeated(stage, earlier, (at) => award(at % 2 === 0 ? OTHER_BRAND_ID : BRAND_ID));
    const reply = await award(OTHER_BRAND_ID);
    const held = await stage.run(getLinkPrefix, { actor: brand(OTHER_BRAND_ID) });
    return { reply, held: { brandId: OTHER_BRAND_ID, ...held } };
  },
  updateLink: async (stage, earlier) => {
    const { code } = await linked(stage);
    const limit = (maxClicks: number) => stage.run(updateLink, { actor: brand(), path: { code }, body: { maxClicks } });
    await repeated(stage, earlier, (at) => limit(at + 1));
    return { reply: await limit(100), held: await linkHeld(stage, code) };
  },
  updateMe: async (stage, earlier) => {
    const update = (bio: string) => stage.run(updateMe, { actor: brand(), body: { bio } });
    await repeated(stage, earlier, (at) => update(`no. ${at}`));
    return { reply: await update("last"), held: await stage.ports.accounts.get(BRAND_ID) };
  },
  setUserRoles: async (stage, earlier) => {
    const set = (roles: ("brand" | "creator")[]) =>
      stage.run(setUserRoles, { actor: admin(), path: { userId: BRAND_ID }, body: { roles } });
    await repeated(stage, earlier, (at) => set(at % 2 === 0 ? ["creator"] : ["brand"]));
    return { reply: await set(["brand", "creator"]), held: await stage.ports.accounts.get(BRAND_ID) };
  },
  openWallet: async (stage, earlier) => {
    const open = (currency: "USD" | "EUR") => stage.run(openWallet, { actor: brand(), body: { currency } });
    await repeated(stage, earlier, (at) => open(at % 2 === 0 ? "EUR" : "USD"));
    const reply = await open("EUR");
    return { reply, held: await stage.walletOf(BRAND_ID) };
  },
  depositFunds: async (stage, earlier) => {
    await repeated(stage, earlier, (at) => deposited(stage, `key-${at}`));
    const reply = await deposited(stage, "last");
    return { reply, held: await stage.ports.deposits.get(reply.id) };
  },
  confirmDeposit: async (stage, earlier) => {
    const { id, paymentIntentId } = await deposited(stage, "key");
    if (earlier !== 1) stage.payments.pay(paymentIntentId);
    const confirm = () => stage.run(confirmDeposit, { actor: brand(), path: { depositId: id } });
    await repeated(stage, earlier, confirm);
    return { reply: await confirm(), held: await stage.ports.deposits.get(id) };
  },
  requestRefund: async (stage, earlier) => {
    const { id: depositId, paymentIntentId } = await deposited(stage, "key");
    stage.payments.pay(paymentIntentId);
    await stage.run(confirmDeposit, { actor: brand(), path: { depositId } });
    const ask = (amount: number) =>
      stage.run(requestRefund, { actor: brand(), body: { amount: { amount, currency: "USD" } } });
    await repeated(stage, earlier, () => ask(1_000));
    const reply = await ask(2_000);
    return { reply, held: await stage.run(getRefund, { actor: brand(), path: { refundId: reply.id } }) };
  },
};

test("every writing action has its case", () => {
  expect(Object.keys(cases).sort()).toEqual(writing.map(([name]) => name).sort());
});

test.each(writing)("%s replies what the table then holds", async (name, contract) => {
  for (const earlier of [0, 1, 2]) {
    const { reply, held } = (await cases[name]?.(await peopled(), earlier)) ?? {};
    if (held === nothing) {
      expect([contract.status, reply]).toEqual([204, undefined]);
      continue;
    }
    expect(held).toBeDefined();
    expect(reply).toEqual(held);
    expect(contract.reply.parse(reply)).toEqual(contract.reply.parse(held));
  }
});
