/** Rows of the catalogue about accounts with networks, as they are stored. Who may read tokens is told apart from who may not. */
import { capability, stored } from "./capability.ts";
import type {
  NetworkPauses,
  SocialAccounts,
  SocialCases,
  SocialClaims,
  SocialConsents,
  SocialDays,
  SocialQueue,
  SocialRevocations,
  SocialTokensStored,
} from "./social-accounts.ts";

export const socialAccountCapabilities = {
  "socialAccounts:read": stored<Pick<SocialAccounts, "get" | "ofPerson" | "page">>()({
    gets: ["socialAccount"],
    queries: ["socialAccount"],
  }),
  "socialAccounts:listDue": stored<Pick<SocialAccounts, "due" | "connected">>()({ lists: ["socialAccount.due"] }),
  "socialAccounts:write": stored()({ commits: ["socialAccount", "socialDay"] }),
  "socialAccounts:remove": stored()({
    commits: ["socialAccount", "audienceEvidence"],
    removes: ["socialAccount"],
  }),
  "socialCases:read": stored<Pick<SocialCases, "of">>()({
    gets: ["account", "socialAccount", "socialToken", "socialDay", "networkPause"],
  }),
  "socialCases:readClaimed": stored<Pick<SocialCases, "connection">>()({
    gets: ["socialAccount", "socialClaim", "socialToken", "audienceEvidence"],
    queries: ["socialDay"],
  }),
  "socialTokens:read": stored<Pick<SocialTokensStored, "get">>()({ gets: ["socialToken"] }),
  "socialTokens:listDue": stored<Pick<SocialTokensStored, "due">>()({ lists: ["socialToken.due"] }),
  "socialTokens:write": stored()({ commits: ["socialToken"] }),
  "socialTokens:remove": stored()({ commits: ["socialToken"], removes: ["socialToken"] }),
  "socialRevocations:write": stored()({ commits: ["socialRevocation"] }),
  "socialRevocations:settle": stored<Pick<SocialRevocations, "keep" | "end">>()({
    writes: ["socialRevocation"],
    removes: ["socialRevocation"],
  }),
  "socialRevocations:listDue": stored<Pick<SocialRevocations, "due">>()({ lists: ["socialRevocation.due"] }),
  "socialRevocations:remove": stored()({ commits: ["socialRevocation"], removes: ["socialRevocation"] }),
  "socialClaims:read": stored<SocialClaims>()({ gets: ["socialClaim", "audienceEvidence"] }),
  "socialClaims:write": stored()({ commits: ["socialClaim"] }),
  "socialClaims:remove": stored()({ commits: ["socialClaim"], removes: ["socialClaim"] }),
  "socialConsents:write": stored()({ commits: ["socialConsent"] }),
  "socialConsents:take": stored<SocialConsents>()({
    gets: ["socialConsent"],
    writes: ["socialConsent", "socialCode"],
  }),
  "socialDays:list": stored<SocialDays>()({ queries: ["socialDay"] }),
  "socialDays:remove": stored()({ commits: ["socialDay"], removes: ["socialDay"] }),
  "networkPauses:read": stored<NetworkPauses>()({ gets: ["networkPause"] }),
  "networkPauses:write": stored()({ commits: ["networkPause"] }),
  "socialQueue:send": capability<SocialQueue>()({ environment: ["SOCIAL_QUEUE_URL"] }),
} as const;
