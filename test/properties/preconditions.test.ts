/**
 * Order of refusals (api.md): whoever may see a thing and names another version of it in `If-Match` is told so before anything
 * that its state or a rule refuses; with the version there is, or with none, they are told that. Every action of the contracts
 * that hears of it has its case here, with everything that its contract refuses by state or rule.
 */
import { expect, test } from "@jest/globals";
import { handler as createApiKey } from "#lambdas/api-keys/create-api-key";
import { handler as revokeApiKey } from "#lambdas/api-keys/revoke-api-key";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as updateLink } from "#lambdas/links/update-link";
import { handler as createPromoCode } from "#lambdas/promo-codes/create-promo-code";
import { handler as endPromoCode } from "#lambdas/promo-codes/end-promo-code";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { handler as updateMe } from "#lambdas/users/update-me";
import { actions } from "#shared/contracts/index";
import { refusalsOf } from "#shared/contracts/implied";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { cancelled, removed } from "../actions/settlements/settling.ts";
import { connected } from "../actions/social/connecting.ts";
import { working } from "../actions/submissions/delivered.ts";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { deleted, reworded, struck, updated } from "../support/edited.ts";
import {
  accepted,
  asked,
  drafted,
  invited,
  launched,
  paidIn,
  peopled,
  published,
  withdrawn,
} from "../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../support/stage.ts";
import { answerCases, type Cases, type Command } from "./preconditioned-answers.ts";

async function asking(stage: TestStage, publishedToo = false) {
  const { id: campaignId } = await drafted(stage);
  const { id: deliverableId } = await asked(stage, campaignId);
  if (!publishedToo) return { campaignId, deliverableId };
  await paidIn(stage, 100_000);
  await published(stage, campaignId);
  return { campaignId, deliverableId };
}
const edit =
  (sent: object, state: "draft" | "published" | "cancelled" = "draft") =>
  async (stage: TestStage): Promise<Command> => {
    const { campaignId } = await asking(stage, state !== "draft");
    if (state === "cancelled") await cancelled(stage, campaignId);
    return (ifMatch) => updated(stage, campaignId, sent, { ifMatch });
  };
const rewording =
  (sent: object, isPublished = false) =>
  async (stage: TestStage): Promise<Command> => {
    const path = await asking(stage, isPublished);
    return (ifMatch) => reworded(stage, path, sent, { ifMatch });
  };
const striking =
  (isPublished: boolean) =>
  async (stage: TestStage): Promise<Command> => {
    const path = await asking(stage, isPublished);
    return (ifMatch) => struck(stage, path, { ifMatch });
  };
const deleting =
  (isPublished: boolean) =>
  async (stage: TestStage): Promise<Command> => {
    const { campaignId } = await asking(stage, isPublished);
    return (ifMatch) => deleted(stage, campaignId, { ifMatch });
  };
const withdrawing =
  (isAccepted: boolean) =>
  async (stage: TestStage): Promise<Command> => {
    const campaignId = await launched(stage);
    await invited(stage, campaignId);
    if (isAccepted) await accepted(stage, campaignId);
    return (ifMatch) => withdrawn(stage, campaignId, { ifMatch });
  };
const relinking =
  (sent: object, destinationHosts: readonly string[] = []) =>
  async (stage: TestStage): Promise<Command> => {
    const { campaignId } = await working(stage, { destinationHosts });
    const body = NewLink.parse({ destinationUrl: "https://shop.example.com" });
    const { code } = await stage.run(createLink, { actor: creator(), path: { campaignId }, body });
    return (ifMatch) =>
      stage.run(updateLink, { actor: brand(), path: { code }, body: LinkChanges.parse(sent), ifMatch });
  };
const relinkingDisabled = async (stage: TestStage): Promise<Command> => {
  const change = await relinking({ expiresAt: null })(stage);
  const [link] = stage.stored("link");
  const body = LinkChanges.parse({ disabled: true });
  await stage.run(updateLink, { actor: admin(), path: { code: String(link?.["code"]) }, body });
  return change;
};
const ending =
  (isEnded: boolean) =>
  async (stage: TestStage): Promise<Command> => {
    const { campaignId } = await working(stage);
    const body = { code: "ANNA-X", creatorId: CREATOR_ID };
    const { code: promoCode } = await stage.run(createPromoCode, { actor: brand(), path: { campaignId }, body });
    const end: Command = (ifMatch) =>
      stage.run(endPromoCode, { actor: brand(), path: { campaignId, promoCode }, ifMatch });
    if (isEnded) await end();
    return end;
  };

const cases: Readonly<Record<string, Cases>> = {
  updateCampaign: {
    succeeds: edit({ name: "x" }),
    "campaign.ended": edit({ name: "x" }, "cancelled"),
    "campaign.terms_fixed": edit({ maxRounds: 1 }, "published"),
    "campaign.end_not_after_start": edit({ timeline: { end: "2026-11-25T12:00:00.000Z" } }),
    "campaign.end_not_future": edit({
      timeline: { start: "2026-11-01T00:00:00.000Z", end: "2026-11-02T00:00:00.000Z" },
    }),
  },
  deleteCampaign: { succeeds: deleting(false), "campaign.not_deletable": deleting(true) },
  updateDeliverable: {
    succeeds: rewording({ quantity: 3 }),
    "campaign.not_draft": rewording({ quantity: 3 }, true),
    "campaign.currency_mismatch": rewording({ compensation: { amount: 1, currency: "EUR" } }),
    "campaign.price_too_high": rewording({
      quantity: 2,
      compensation: { amount: 10_000_000_000, currency: "USD" },
    }),
  },
  deleteDeliverable: { succeeds: striking(false), "campaign.not_draft": striking(true) },
  withdrawInvitation: { succeeds: withdrawing(false), "invitation.not_pending": withdrawing(true) },
  removeParticipant: {
    succeeds: async (stage) => {
      const { campaignId } = await working(stage);
      return (ifMatch) => removed(stage, campaignId, { ifMatch });
    },
    "access.conflict_of_interest": async (stage) => {
      const { campaignId } = await working(stage);
      const actor = admin(CREATOR_ID);
      return (ifMatch) => removed(stage, campaignId, { actor, ifMatch });
    },
  },
  ...answerCases,
  updateLink: {
    succeeds: relinking({ disabled: true }),
    "link.disabled_by_admin": relinkingDisabled,
    "link.destination_refused": relinking({ destinationUrl: "http://127.0.0.1/" }),
    "link.host_not_allowed": relinking({ destinationUrl: "https://elsewhere.example.org/" }, ["shop.example.com"]),
  },
  endPromoCode: { succeeds: ending(false), "promo_code.ended": ending(true) },
  revokeApiKey: {
    succeeds: async (stage) => {
      const body = { name: "shop", scopes: [] };
      const { id: keyId } = await stage.run(createApiKey, { actor: brand(), body });
      return (ifMatch) => stage.run(revokeApiKey, { actor: brand(), path: { keyId }, ifMatch });
    },
  },
  updateMe: {
    succeeds: (stage) =>
      Promise.resolve((ifMatch) => stage.run(updateMe, { actor: brand(), body: { bio: "x" }, ifMatch })),
  },
  disconnectSocialAccount: {
    succeeds: async (stage) => {
      await connected(stage);
      const path = { platform: "instagram" as const };
      return (ifMatch) => stage.run(disconnectSocialAccount, { actor: creator(), path, ifMatch });
    },
  },
  disconnectSocialAccountFor: {
    succeeds: async (stage) => {
      await connected(stage);
      const path = { userId: CREATOR_ID, platform: "instagram" as const };
      return (ifMatch) => stage.run(disconnectSocialAccountFor, { actor: admin(), path, ifMatch });
    },
  },
  unbanUser: {
    succeeds: async (stage) => {
      const path = { userId: BRAND_ID };
      await stage.run(banUser, { actor: admin(), path, body: { reason: "fraud" } });
      return (ifMatch) => stage.run(unbanUser, { actor: admin(), path, ifMatch });
    },
  },
};

/** What a contract says and its rule cannot come to. */
const unreachable: Readonly<Record<string, string>> = {
  "removeParticipant invitation.not_pending": "only an accepted invitation is revoked with its participation",
};
const ofState = ["conflict", "gone", "unprocessable"];
/** Of the request itself, before any rule is asked. */
const isOfKeys = (code: string): boolean => code.startsWith("idempotency.");
const versioned = actions.flatMap(({ name, contract }) =>
  contract.trigger === "http" && contract.ifMatch ? [[name, contract] as const] : [],
);

test("everything that one refuses by state or rule has its case", () => {
  const said = versioned.map(([name, contract]) => {
    const codes = refusalsOf(contract).flatMap(({ kind, code }) =>
      ofState.includes(kind) && !isOfKeys(code) ? [code] : [],
    );
    return [name, ["succeeds", ...codes.filter((code) => !(`${name} ${code}` in unreachable))].sort()];
  });
  expect(Object.fromEntries(Object.entries(cases).map(([name, of]) => [name, Object.keys(of).sort()]))).toEqual(
    Object.fromEntries(said),
  );
});

const every = Object.entries(cases).flatMap(([name, of]) =>
  Object.entries(of).map(([outcome, arrange]) => [name, outcome, arrange] as const),
);

test.each(every)("%s: a stale tag is told before %s, the current one is not", async (_name, outcome, arrange) => {
  const stage = await peopled();
  const command = await arrange(stage);
  const before = stage.table.all();
  const refusal: unknown = await command(999).catch((error: unknown) => error);
  expect(refusal).toMatchObject({
    refusal: { code: "version.changed" },
    context: { currentState: expect.stringMatching(/^v\d+$/) },
  });
  const { context } = refusal as { readonly context: { readonly currentState: string } };
  const current = Number(context.currentState.slice(1));
  expect(stage.table.all()).toEqual(before);
  if (outcome === "succeeds") {
    await command(current);
    expect(stage.table.all()).not.toEqual(before);
    return;
  }
  for (const tag of [current, undefined])
    await expect(command(tag)).rejects.toMatchObject({ refusal: { code: outcome } });
  expect(stage.table.all()).toEqual(before);
});
