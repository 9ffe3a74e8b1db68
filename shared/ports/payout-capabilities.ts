/** Rows of the catalogue about payouts, and the accounts at the processor that they go to. */
import { capability, processor, stored } from "./capability.ts";
import type { ConnectedAccounts, PayoutAccounts, PayoutProcessor, PayoutRules, Payouts } from "./payouts.ts";

/** Where the processor sends creators back to. */
const onboarding = { environment: [...processor.environment, "APP_URL"] } as const;

export const payoutCapabilities = {
  "payouts:read": stored<Pick<Payouts, "get">>()({ gets: ["payout"] }),
  "payouts:list": stored<Pick<Payouts, "ofCreator">>()({ lists: ["payout.ofCreator"] }),
  "payouts:listShort": stored<Pick<Payouts, "short">>()({ lists: ["payout.short"] }),
  "payouts:listDue": stored<Pick<Payouts, "due">>()({ lists: ["payout.due", "payout.paidDue"] }),
  "payouts:listUnderWay": stored<Pick<Payouts, "underWay">>()({ lists: ["payout.due"] }),
  "payouts:write": stored()({ commits: ["payout"] }),
  "payoutAccounts:read": stored<PayoutAccounts>()({ gets: ["payoutAccount"] }),
  "payoutAccounts:write": stored()({ commits: ["payoutAccount"] }),
  "payoutRuns:write": stored()({ commits: ["payoutRun"] }),
  "payoutRules:read": capability<PayoutRules>()({ environment: ["PAYOUT_MINIMUMS"] }),
  "connectedAccounts:open": capability<Pick<ConnectedAccounts, "open" | "retrieve" | "onboardingUrl">>()(onboarding),
  "connectedAccounts:read": capability<Pick<ConnectedAccounts, "retrieve" | "onboardingUrl">>()(onboarding),
  "payoutProcessor:carryOut": capability<Pick<PayoutProcessor, "carryOut" | "whatChanged">>()(processor),
  "payoutProcessor:look": capability<Pick<PayoutProcessor, "heldOn">>()(processor),
} as const;
