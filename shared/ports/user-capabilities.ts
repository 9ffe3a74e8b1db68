/** Rows of the catalogue about people: their accounts, and the user pool that they sign in at. */
import type { Accounts } from "./accounts.ts";
import { capability, stored } from "./capability.ts";
import type { ApiKeys, ApiSecrets } from "./api-keys.ts";
import type { WebClient } from "./links.ts";
import type { OneTimeCodes, SignInCodes } from "./sign-in-codes.ts";
import type {
  SecondFactors,
  SigningKeys,
  UserPoolGroups,
  UserPoolKeys,
  UserPoolPeople,
  UserPoolSessions,
} from "./user-pool.ts";
import type { StageFeatures } from "./stage-features.ts";

export const userCapabilities = {
  "accounts:read": stored<Pick<Accounts, "get">>()({ gets: ["account"] }),
  "accounts:list": stored<Pick<Accounts, "all">>()({ gets: ["account"], queries: ["directoryEntry"] }),
  "accounts:count": stored<Pick<Accounts, "countActive">>()({ queries: ["directoryEntry"] }),
  "accounts:findByAddress": stored<Pick<Accounts, "ofAddress">>()({ gets: ["account"], queries: ["directoryEntry"] }),
  "accounts:listAdmins": stored<Pick<Accounts, "someAdmins">>()({ lists: ["account.admins"] }),
  "accounts:write": stored()({ commits: ["account"], writes: ["directoryEntry"], removes: ["directoryEntry"] }),
  "signInCodes:read": stored<SignInCodes>()({ gets: ["signInCode"] }),
  "signInCodes:write": stored()({ commits: ["signInCode"] }),
  "apiKeys:read": stored<Pick<ApiKeys, "find">>()({ gets: ["apiKey", "apiKeyUse"] }),
  "apiKeys:list": stored<Pick<ApiKeys, "ofBrand">>()({ gets: ["apiKeyUse"], lists: ["apiKey.ofBrand"] }),
  "apiKeys:write": stored()({ commits: ["apiKey"] }),
  "apiKeys:remove": stored()({ commits: ["apiKey"], removes: ["apiKey"] }),
  "apiSecrets:make": capability<ApiSecrets>()({}),
  "oneTimeCodes:make": capability<OneTimeCodes>()({}),
  "userPoolGroups:set": capability<UserPoolGroups>()({ environment: ["USER_POOL_ID"] }),
  "secondFactors:ask": capability<SecondFactors>()({ environment: ["USER_POOL_ID", "ADMIN_SECOND_FACTOR"] }),
  "userPoolPeople:link": capability<UserPoolPeople>()({ environment: ["USER_POOL_ID"] }),
  "webClient:name": capability<WebClient>()({ environment: ["APP_URL"] }),
  "stageFeatures:read": capability<StageFeatures>()({ environment: ["STAGE_FEATURES"] }),
  "userPoolSessions:end": capability<UserPoolSessions>()({ environment: ["USER_POOL_ID"] }),
  "userPoolKeys:fetch": capability<UserPoolKeys>()({ environment: ["USER_POOL_ID"] }),
  "signingKeys:store": stored<SigningKeys>()({ writes: ["signingKeys"] }),
} as const;
