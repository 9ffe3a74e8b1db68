import type { RefusalCode } from "../kernel/refusal.ts";

export const socialRefusals = {
  notConnected: {
    kind: "not_found",
    code: "social.not_connected",
    title: "There is no account of yours with this network",
  },
  /** Not ours, somebody else's, of another network: nobody is told which. */
  stateInvalid: {
    kind: "unprocessable",
    code: "social.state_invalid",
    title: "You did not begin a connection with this network by this state",
  },
  stateExpired: {
    kind: "gone",
    code: "social.state_expired",
    title: "The time to give consent is over; begin the connection again",
  },
  stateUsed: {
    kind: "conflict",
    code: "social.state_used",
    title: "The state was used; begin the connection again",
  },
  codeUsed: { kind: "conflict", code: "social.code_used", title: "The code was used; begin the connection again" },
  codeRefused: {
    kind: "unprocessable",
    code: "social.code_refused",
    title: "The network does not take this code; begin the connection again",
  },
  scopeMissing: {
    kind: "unprocessable",
    code: "social.scope_missing",
    title: "Consent was not given to all that is needed; begin the connection again",
  },
  accountTaken: {
    kind: "conflict",
    code: "social.account_taken",
    title: "This account with the network is connected by somebody else",
  },
  anotherConnected: {
    kind: "conflict",
    code: "social.another_connected",
    title: "Another account of yours with this network is connected; disconnect it first",
  },
  networkBusy: {
    kind: "unavailable",
    code: "social.network_busy",
    title: "The network takes no more requests for now; begin the connection again later",
  },
  networkResting: {
    kind: "conflict",
    code: "social.network_resting",
    title: "The network takes no requests for longer than a consent is good; begin the connection again later",
  },
  networkUnavailable: {
    kind: "unavailable",
    code: "social.network_unavailable",
    title: "The network did not answer, or not as it should; begin the connection again",
  },
} as const satisfies Record<string, RefusalCode>;
