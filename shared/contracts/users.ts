import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { ResourceName } from "#shared/domain/capabilities/capability";
import { Role } from "#shared/domain/kernel/actor";
import { AccountStatus } from "#shared/domain/users/account";
import { ProfileChanges, RoleAssignment } from "#shared/domain/users/input";
import { userRefusals } from "#shared/domain/users/refusals";
import { http, list, onEvent, onUserPool, schedule } from "./contract.ts";
import { userPath } from "./paths.ts";
import { Me } from "./shapes.ts";

export const validateSignUp = onUserPool({
  on: "preSignUp",
  uses: ["userPoolPeople:link"],
  summary: "Let only brands and creators sign themselves up, and link who comes from another provider to their account",
  ifItFails: "nobody can sign up",
});

export const openAccount = onUserPool({
  on: "postConfirmation",
  uses: [
    "accounts:read",
    "accounts:findByAddress",
    "accounts:write",
    "wallets:read",
    "wallets:write",
    "walletProfiles:write",
    "userPoolGroups:set",
  ],
  summary: "Give a confirmed person an account, a role and a wallet",
  ifItFails: "people who confirmed their address have no account until they sign in again",
});

export const nameRoles = onUserPool({
  on: "preTokenGeneration",
  uses: [
    "secondFactors:ask",
    "accounts:read",
    "accounts:findByAddress",
    "accounts:write",
    "wallets:read",
    "wallets:write",
    "walletProfiles:write",
    "userPoolGroups:set",
  ],
  summary: "Put the roles that hold into the token, and take over groups given in the console",
  ifItFails: "nobody can sign in",
});

export const leadSignIn = onUserPool({
  on: "defineAuthChallenge",
  uses: [],
  summary: "Lead a sign-in with a code by e-mail: ask for it, let in, or give up",
  ifItFails: "nobody can sign in with a code",
});

export const requestSignInCode = onUserPool({
  on: "createAuthChallenge",
  uses: ["signInCodes:read", "signInCodes:write"],
  summary: "Take in that somebody wants a code to sign in with",
  ifItFails: "nobody can sign in with a code",
});

export const checkSignInCode = onUserPool({
  on: "verifyAuthChallengeResponse",
  uses: ["signInCodes:read", "signInCodes:write", "secondFactors:ask"],
  summary: "Look whether a code is the one that was mailed",
  ifItFails: "nobody can sign in with a code",
});

export const mailSignInCode = onEvent({
  events: ["sign_in_code.requested"],
  uses: [
    "signInCodes:read",
    "signInCodes:write",
    "oneTimeCodes:make",
    "accounts:read",
    "secondFactors:ask",
    "mailSuppressions:read",
    "mailSender:send",
  ],
  // As other mails; somebody waits for this one.
  delivers: { batchSize: 1, maxConcurrency: 2 },
  runs: { timeoutSeconds: 20 },
  summary: "Mail a code to sign in with",
  ifItFails: "people who sign in with a code wait for it in vain",
});

export const writePoolMail = onUserPool({
  on: "customMessage",
  uses: ["webClient:name"],
  summary: "Write the user pool's own mails: codes to confirm an address, to set a password, and first passwords",
  ifItFails: "nobody can sign up, reset a password or change their address",
});

export const syncUserGroups = onEvent({
  events: ["account.roles_changed"],
  uses: ["accounts:read", "accounts:write", "userPoolGroups:set"],
  summary: "Bring Cognito's groups in line with an account's roles",
  ifItFails: "a changed role does not reach new tokens",
});

export const signOutBannedUser = onEvent({
  events: ["account.suspended"],
  uses: ["accounts:read", "userPoolSessions:end"],
  summary: "Sign a banned user out everywhere",
  ifItFails: "somebody who is banned keeps their sessions, though each of their requests is refused",
});

export const followAddressBan = onEvent({
  events: ["account.suspended", "account.reinstated", "account.created", "account.address_changed"],
  uses: [
    "accounts:read",
    "accounts:findByAddress",
    "accounts:listAdmins",
    "accounts:write",
    "wallets:read",
    "wallets:write",
  ],
  summary: "Ban every account of a banned person's address, and let those back when the ban ends",
  ifItFails: "somebody who is banned goes on with another account of their address",
});

export const refreshSigningKeys = schedule({
  job: "refresh-signing-keys",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["userPoolKeys:fetch", "signingKeys:store"],
  summary: "Keep the user pool's public keys in the table",
  ifItFails: "cold starts fetch the keys from Cognito and are slower",
});

export const getMe = http({
  route: "GET /v1/me",
  roles: ["admin", "brand", "creator"],
  reply: Me,
  refuses: [],
  uses: ["accounts:read"],
  summary: "Read your own account",
  ifItFails: "nobody sees their own account",
});

export const updateMe = http({
  route: "PATCH /v1/me",
  roles: ["admin", "brand", "creator"],
  body: ProfileChanges,
  reply: Me,
  refuses: [],
  ifMatch: "account",
  uses: ["accounts:read", "accounts:write"],
  summary: "Change your own profile",
  ifItFails: "nobody can change their profile",
});

export const listMyCapabilities = http({
  route: "GET /v1/me/capabilities",
  roles: ["admin", "brand", "creator"],
  query: z.strictObject({ resource: ResourceName.optional() }),
  reply: z
    .object({
      resource: z.string().nullable(),
      actions: z.array(z.object({ action: z.string(), allowed: z.boolean(), reason: z.string().optional() })),
    })
    .meta({ id: "Capabilities" }),
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "wallets:read", "stageFeatures:read"],
  summary: "Say what you may do: at all, or about one campaign as it is now",
  ifItFails: "clients cannot tell which buttons to show",
});

export const listUsers = list({
  route: "GET /v1/admin/users",
  roles: ["admin"],
  query: z.strictObject({
    role: Role.optional(),
    status: AccountStatus.optional(),
    q: z.string().min(1).max(100).optional(),
  }),
  reply: Me,
  refuses: [],
  uses: ["accounts:list"],
  summary: "Find accounts by role, status and what an address or a name begins with",
  ifItFails: "admins cannot find users",
});

export const setUserRoles = http({
  route: "PUT /v1/admin/users/{userId}/roles",
  roles: ["admin"],
  path: userPath,
  body: RoleAssignment,
  reply: Me,
  refuses: [userRefusals.notFound, userRefusals.lastAdmin],
  uses: ["accounts:read", "accounts:listAdmins", "accounts:write"],
  summary: "Set a user's roles",
  ifItFails: "admins cannot promote or demote",
});

export const banUser = http({
  route: "PUT /v1/admin/users/{userId}/ban",
  roles: ["admin"],
  path: userPath,
  body: z.strictObject({ reason: z.string().trim().min(1).max(1_000) }),
  reply: Me,
  refuses: [userRefusals.notFound, userRefusals.lastAdmin],
  uses: ["accounts:read", "accounts:listAdmins", "accounts:write", "wallets:read", "wallets:write"],
  summary: "Ban a user: refused on the very next request, and nobody moves money for them",
  ifItFails: "admins cannot stop somebody",
});

export const unbanUser = http({
  route: "DELETE /v1/admin/users/{userId}/ban",
  roles: ["admin"],
  path: userPath,
  reply: Me,
  ifMatch: "account",
  refuses: [userRefusals.notFound],
  uses: ["accounts:read", "accounts:write", "wallets:read", "wallets:write"],
  summary: "End a user's ban",
  ifItFails: "somebody who was banned stays so",
});
