/** What commands about accounts with networks reply, and what the table then holds. */
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { handler as requestSocialConsent } from "#lambdas/social/request-social-consent";
import { handler as requestSocialSync } from "#lambdas/social/request-social-sync";
import { digestOf } from "#shared/domain/social/consent";
import { socialAccountView } from "#shared/domain/social/view";
import { connected, eventsOf } from "../actions/social/connecting.ts";
import { CREATOR_ID } from "../support/builders.ts";
import { admin, creator, type TestStage } from "../support/stage.ts";
import { type Case, nothing, repeated } from "./replied.ts";

const actor = creator(CREATOR_ID);
const path = { platform: "instagram" } as const;
const begun = (stage: TestStage) => stage.run(requestSocialConsent, { actor, path });
const held = async (stage: TestStage) => {
  const account = await stage.ports.socialAccounts.get(CREATOR_ID, path.platform);
  return account && socialAccountView(account);
};

export const socialCases: Readonly<Record<string, Case>> = {
  requestSocialConsent: async (stage, earlier) => {
    await repeated(stage, earlier, () => begun(stage));
    const reply = await begun(stage);
    const consent = await stage.ports.socialConsents.get(digestOf(reply.state));
    // The state is in the reply alone.
    return { reply, held: consent && { ...reply, expiresAt: consent.expiresAt } };
  },
  connectSocialAccount: async (stage, earlier) => {
    await repeated(stage, earlier, () => connected(stage));
    return { reply: await connected(stage), held: await held(stage) };
  },
  disconnectSocialAccount: async (stage, earlier) => {
    await repeated(stage, earlier + 1, () => connected(stage));
    const reply = await stage.run(disconnectSocialAccount, { actor, path });
    return { reply, held: (await held(stage)) === undefined ? nothing : "still there" };
  },
  disconnectSocialAccountFor: async (stage, earlier) => {
    await repeated(stage, earlier + 1, () => connected(stage));
    const path = { userId: CREATOR_ID, platform: "instagram" } as const;
    const reply = await stage.run(disconnectSocialAccountFor, { actor: admin(), path });
    return { reply, held: (await held(stage)) === undefined ? nothing : "still there" };
  },
  requestSocialSync: async (stage, earlier) => {
    await repeated(stage, earlier, () => stage.run(requestSocialSync, { actor }));
    const reply = await stage.run(requestSocialSync, { actor });
    return { reply, held: { requestedAt: eventsOf(stage, "social.sync_requested").at(-1)?.at } };
  },
};
