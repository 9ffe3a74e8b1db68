import * as z from "zod";
import { UserId } from "#shared/domain/kernel/ids";
import { Instant } from "#shared/domain/kernel/time";
import { SocialPlatform } from "#shared/domain/social/platform";
import { ROUND_HOURS } from "#shared/domain/social/room";
import { socialRefusals } from "#shared/domain/social/refusals";
import { userRefusals } from "#shared/domain/users/refusals";
import { http, list, onEvent, onQueue, schedule } from "./contract.ts";
import { userPath } from "./paths.ts";
import { isInOrder, notInOrder, periodShape } from "./period.ts";
import { CreatorDay, SocialAccountView } from "./social-shapes.ts";

const platformPath = z.strictObject({ platform: SocialPlatform });
/** As long as a network's code or a state of ours is, with room. */
const secret = z.string().min(1).max(2_048);
/** As RFC 6749 spells codes, A.11: what else comes no network has given, and it would call us misconfigured for sending it. */
const code = secret.regex(/^[ -~]+$/, "must be printable ASCII");

export const listSocialAccounts = list({
  route: "GET /v1/social-accounts",
  requires: "social",
  roles: ["admin", "brand", "creator"],
  reply: SocialAccountView,
  refuses: [],
  uses: ["socialAccounts:read"],
  summary: "List your accounts with networks",
  ifItFails: "creators do not see which of their accounts are connected",
});

export const listUserSocialAccounts = list({
  route: "GET /v1/admin/users/{userId}/social-accounts",
  requires: "social",
  roles: ["admin"],
  path: userPath,
  reply: SocialAccountView,
  refuses: [userRefusals.notFound],
  uses: ["accounts:read", "socialAccounts:read"],
  summary: "List somebody's accounts with networks",
  ifItFails: "admins do not see which accounts they could disconnect for somebody who is suspended",
});

export const requestSocialConsent = http({
  route: "POST /v1/social-accounts/{platform}/authorization",
  requires: "social",
  roles: ["creator"],
  path: platformPath,
  reply: z
    .object({
      authorizationUrl: z.url().meta({ description: "Where its owner gives consent" }),
      state: z.string().meta({ description: "Comes back with the code; it works once" }),
      expiresAt: Instant,
    })
    .meta({ id: "SocialAuthorization" }),
  status: 201,
  sealsReply: true,
  refuses: [socialRefusals.networkResting],
  uses: ["networkPauses:read", "socialConsents:write", "socialNetworks:ask", "apiSecrets:make"],
  summary: "Begin to connect an account: where its owner is asked for consent",
  ifItFails: "creators cannot connect their accounts",
});

export const connectSocialAccount = http({
  route: "POST /v1/social-accounts/{platform}",
  requires: "social",
  roles: ["creator"],
  path: platformPath,
  body: z.strictObject({ code, state: secret }),
  reply: SocialAccountView,
  status: 201,
  refuses: [
    socialRefusals.stateInvalid,
    socialRefusals.stateExpired,
    socialRefusals.stateUsed,
    socialRefusals.codeUsed,
    socialRefusals.codeRefused,
    socialRefusals.scopeMissing,
    socialRefusals.accountTaken,
    socialRefusals.anotherConnected,
    socialRefusals.networkBusy,
    socialRefusals.networkUnavailable,
  ],
  uses: [
    "socialConsents:take",
    "socialNetworks:ask",
    "tokenSeals:use",
    "socialCases:read",
    "socialClaims:read",
    "socialAccounts:write",
    "socialTokens:write",
    "socialClaims:write",
    "socialRevocations:write",
  ],
  // The network has twelve seconds for tokens, and five for a profile and posts together.
  runs: { timeoutSeconds: 29 },
  summary: "Connect an account with the code that its owner came back with",
  ifItFails: "creators give consent and are connected to nothing",
});

const takingBack = [
  "socialNetworks:ask",
  "tokenSeals:use",
  "socialClaims:read",
  "socialAccounts:read",
  "socialRevocations:settle",
  "socialRevocations:remove",
] as const;

const disconnecting = {
  requires: "social",
  reply: z.undefined(),
  status: 204,
  ifMatch: "socialAccount",
  refuses: [socialRefusals.notConnected],
  uses: [
    "socialCases:readClaimed",
    ...takingBack,
    "socialAccounts:remove",
    "socialTokens:remove",
    "socialClaims:remove",
    "socialRevocations:write",
  ],
  runs: { timeoutSeconds: 29 },
} as const;

export const disconnectSocialAccount = http({
  ...disconnecting,
  route: "DELETE /v1/social-accounts/{platform}",
  // Who consented takes it back, also who is no creator any more.
  roles: ["admin", "brand", "creator"],
  path: platformPath,
  summary: "Disconnect an account: its consent is taken back at the network, and it is forgotten here",
  ifItFails: "creators cannot take back what they consented to",
});

export const disconnectSocialAccountFor = http({
  ...disconnecting,
  route: "DELETE /v1/admin/users/{userId}/social-accounts/{platform}",
  roles: ["admin"],
  path: userPath.extend({ platform: SocialPlatform }),
  summary: "Disconnect the account of somebody who cannot do it themselves: as if they did, and they are told",
  ifItFails: "people who are suspended cannot have taken back what they consented to",
});

export const requestSocialSync = http({
  route: "POST /v1/social-accounts/sync",
  requires: "social",
  roles: ["creator", "admin"],
  reply: z.object({ requestedAt: Instant }).meta({ id: "SocialSync" }),
  status: 202,
  refuses: [],
  // What it commits is an event; there is no right to that alone.
  uses: ["socialAccounts:write"],
  summary: "Have your accounts read now; an admin has everybody's, as many as a round may ask networks for",
  ifItFails: "people wait for the next round until their figures are right",
});

export const getCreatorAnalytics = list({
  route: "GET /v1/creators/{creatorId}/analytics",
  requires: "social",
  roles: ["admin", "brand", "creator"],
  path: z.strictObject({ creatorId: UserId }),
  query: z.strictObject({ ...periodShape, platform: SocialPlatform.optional() }).refine(isInOrder, notInOrder),
  reply: CreatorDay,
  refuses: [userRefusals.creatorNotFound],
  uses: ["accounts:read", "socialAccounts:read", "socialDays:list"],
  summary: "Read a creator's history, by network and UTC day",
  ifItFails: "nobody sees how a creator's audience has come to be",
});

export const startSocialSync = onEvent({
  events: ["social.sync_requested"],
  requires: "social",
  uses: ["socialAccounts:read", "socialAccounts:listDue", "socialQueue:send"],
  runs: { timeoutSeconds: 300 },
  summary: "Put accounts that somebody wants read into the queue",
  ifItFails: "figures that somebody asked for are as old as they were",
});

export const forgetSocialDays = onEvent({
  events: ["social.account_disconnected"],
  requires: "social",
  uses: ["socialAccounts:read", "socialDays:list", "socialDays:remove"],
  runs: { timeoutSeconds: 60 },
  summary: "Remove the history of an account that was disconnected",
  ifItFails: "what somebody wanted forgotten is still stored, though nobody is shown it",
});

export const workOnSocialAccounts = onQueue({
  queue: "social-accounts",
  requires: "social",
  // Twenty batches of ten at once, more than other queues have: an account that takes long holds up the nine others of its batch. At
  // three seconds a batch these are 240,000 accounts an hour; whoever is read later than that in a round is passed over by the next one.
  delivers: { batchSize: 10, maxConcurrency: 20 },
  uses: [
    "socialCases:read",
    "socialTokens:read",
    "socialNetworks:ask",
    "tokenSeals:use",
    "socialQueue:send",
    "socialAccounts:write",
    "socialTokens:write",
    "socialTokens:remove",
    "socialRevocations:write",
    "networkPauses:write",
  ],
  runs: { timeoutSeconds: 30, continues: true },
  summary: "Read an account at its network, or renew its tokens",
  ifItFails: "figures of creators grow old, and their connections end",
});

const walks = { requires: "social", timeZone: "UTC", runs: { timeoutSeconds: 900 } } as const;

export const syncSocialAccounts = schedule({
  ...walks,
  job: "sync-social-accounts",
  every: `rate(${ROUND_HOURS} hours)`,
  uses: ["socialAccounts:listDue", "networkPauses:read", "socialQueue:send"],
  summary: "Put every account that is due to be read into the queue",
  ifItFails: "figures of creators grow old",
});

export const refreshSocialTokens = schedule({
  ...walks,
  job: "refresh-social-tokens",
  every: "rate(4 hours)",
  uses: ["socialTokens:listDue", "networkPauses:read", "socialQueue:send"],
  summary: "Put every account whose tokens are due to be renewed into the queue",
  ifItFails: "connections end that nobody uses, and their creators have to give consent again",
});

export const revokeSocialConsents = schedule({
  ...walks,
  job: "revoke-social-consents",
  every: "rate(1 hour)",
  uses: ["socialRevocations:listDue", ...takingBack, "socialQueue:send"],
  summary: "Ask networks again to take back consents that people let go of",
  ifItFails: "networks still show people a consent that they took back here",
});
