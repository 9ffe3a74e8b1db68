import { describe, expect, test } from "@jest/globals";
import { accountToFollow, followAccount } from "#shared/domain/payouts/follow-account";
import type { ProcessorAccount } from "#shared/domain/payouts/payout-account";
import { CREATOR_ID } from "../../support/builders.ts";
import { aPayoutAccount } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";
const ready: ProcessorAccount = {
  processorAccountId: "acct_1",
  creatorId: CREATOR_ID,
  transfersEnabled: true,
  payoutsEnabled: true,
  disabledReason: null,
  detailsSubmitted: true,
  requirementsDue: [],
  currencies: ["USD"],
};

describe("a payout account", () => {
  test.each<[string, Partial<ProcessorAccount>, string, boolean]>([
    ["is active once money can be sent to it and on", {}, "active", true],
    [
      "is onboarding while something is asked for",
      { payoutsEnabled: false, detailsSubmitted: false, disabledReason: "requirements.past_due" },
      "onboarding",
      false,
    ],
    ["is not active with half of it", { transfersEnabled: false }, "onboarding", false],
    [
      "is restricted when the processor stopped it",
      { payoutsEnabled: false, disabledReason: "rejected.fraud" },
      "restricted",
      false,
    ],
  ])("%s", (_what, parts, status, payoutsEnabled) => {
    const { account } = followAccount(CREATOR_ID, undefined, { ...ready, ...parts }, now);
    expect(account).toMatchObject({ creatorId: CREATOR_ID, processorAccountId: "acct_1", status, payoutsEnabled });
  });

  test("does not give way to another that was opened and never kept", () => {
    const known = aPayoutAccount({ processorAccountId: "acct_2" });
    expect(followAccount(CREATOR_ID, known, ready, now)).toEqual({ change: undefined, account: known });
  });

  test("is written when it is another than it was, and not otherwise", () => {
    const known = aPayoutAccount({ currencies: ["USD"] });
    expect(followAccount(CREATOR_ID, known, ready, now)).toEqual({ change: undefined, account: known });
    const { change } = followAccount(
      CREATOR_ID,
      known,
      { ...ready, payoutsEnabled: false, requirementsDue: ["a"] },
      now,
    );
    expect(change?.audit?.changes?.map(({ field }) => field)).toEqual(["status", "payoutsEnabled", "requirementsDue"]);
  });

  test("is followed when the processor says that it changed", () => {
    const detail = { objectId: "x", connectedAccountId: null };
    expect(accountToFollow({ ...detail, objectType: "account" })).toBe("x");
    expect(accountToFollow({ ...detail, objectType: "payout" })).toBeUndefined();
  });
});
