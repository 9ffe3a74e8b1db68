import { describe, expect, test } from "@jest/globals";
import { advanceCampaign, transitionDue } from "#shared/domain/campaigns/advance-campaign";
import { type Budget, CampaignStatus } from "#shared/domain/campaigns/campaign";
import { type CampaignAdvance, campaignLifecycle, hasEnded, isOpen } from "#shared/domain/campaigns/lifecycle";
import type { Unit } from "#shared/domain/invitations/participant";
import { releaseUntouched } from "#shared/domain/invitations/release-untouched";
import { systemActor } from "#shared/domain/kernel/actor";
import {
  aBudget,
  aCampaign,
  aParticipant,
  BRAND_ID,
  CAMPAIGN_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const start = "2026-12-01T00:00:00.000Z";
const end = "2026-12-31T00:00:00.000Z";
const before = "2026-11-30T23:59:59.999Z";
const lastMoment = "2026-12-30T23:59:59.999Z";
const campaignThatIs = (status: CampaignStatus) => aCampaign({ status, timeline: { start, end, timeZone: "UTC" } });
const full = aBudget({ unassigned: 10 });
const spent = aBudget({ spent: 10 });
const occasionAt = (now: string) => ({ actor: systemActor("job"), now, newId: sequentialIds() });

describe("what is due", () => {
  test.each([
    ["draft", before, full, undefined],
    ["draft", start, full, undefined],
    ["draft", end, spent, undefined],
    ["scheduled", before, full, undefined],
    ["scheduled", before, spent, undefined],
    ["scheduled", start, full, "active"],
    ["scheduled", end, full, "active"],
    ["active", lastMoment, full, undefined],
    ["active", lastMoment, spent, "paused"],
    ["active", end, full, "completed"],
    ["active", end, spent, "completed"],
    ["paused", lastMoment, full, undefined],
    ["paused", lastMoment, spent, undefined],
    ["paused", end, full, "completed"],
    ["completed", end, spent, undefined],
    ["cancelled", end, spent, undefined],
  ] as const)("of a campaign that is %s at %s", (status, now, budget, to) => {
    expect(transitionDue(campaignThatIs(status), budget, occasionAt(now))?.to).toBe(to);
  });

  test.each([
    [{ spent: 10 }, true],
    [{ spent: 9, unassigned: 1 }, false],
    [{ spent: 9, secured: 1 }, false],
    [{}, false],
  ])("a budget of %p counts as spent: %s", (figures, isSpent) => {
    expect(transitionDue(campaignThatIs("active"), aBudget(figures), occasionAt(start)) !== undefined).toBe(isSpent);
  });
});

describe("a step", () => {
  const { complete, start: begin, exhaust } = campaignLifecycle;
  const step = (status: CampaignStatus, budget: Budget, taken: CampaignAdvance, now = end, brandWallet = aWallet()) =>
    advanceCampaign({ campaign: campaignThatIs(status), budget, brandWallet }, taken, occasionAt(now));

  test("to the end returns what is unassigned, all of it and only that", () => {
    const budget = aBudget({ unassigned: 10, secured: 20, spent: 30, version: 5 });
    const change = step("active", budget, complete);
    expect(change.entries).toEqual([
      expect.objectContaining({
        key: `completion:${CAMPAIGN_ID}`,
        type: "release",
        lines: [
          {
            account: { of: "campaign", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, account: "unassigned" },
            amount: -10,
          },
          { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: 10 },
        ],
      }),
    ]);
    expect(change.entities).toEqual([
      expect.objectContaining({ entity: "campaign" }),
      { entity: "budget", was: budget, next: expect.objectContaining({ status: "completed", version: 6 }) },
    ]);
  });

  test("to the end pays first what the brand owes, and holds on to that", () => {
    const owing = aWallet({ disputesReceivable: 70 });
    const change = step("active", aBudget({ unassigned: 100 }), complete, end, owing);
    expect(change.entries?.[0]?.lines.map(({ account, amount }) => [account.account, amount])).toEqual([
      ["unassigned", -100],
      ["disputesReceivable", 70],
      ["available", 30],
    ]);
    expect(change.requires).toEqual([{ balances: { userId: BRAND_ID, disputesReceivable: 70 } }]);
  });

  test.each([
    ["the end with nothing unassigned", "active", spent, complete],
    ["the start", "scheduled", full, begin],
    ["a pause", "active", spent, exhaust],
  ] as const)("to %s moves no money", (_what, status, budget, taken) => {
    const change = step(status, budget, taken);
    expect([change.entries ?? [], change.requires ?? []]).toEqual([[], []]);
    expect(change.events).toEqual([
      {
        type: "campaign.status_changed",
        detail: expect.objectContaining({ campaignId: CAMPAIGN_ID, brandId: BRAND_ID, from: status, to: taken.to }),
      },
    ]);
    expect(change.audit).toMatchObject({ changes: [{ field: "status", before: status, after: taken.to }] });
  });

  test("that the status does not allow is refused", () => {
    expect(() => step("draft", full, begin)).toThrow("not active");
  });

  test.each([
    ["a start before its time", "scheduled", full, begin, before],
    ["an end before its time", "active", full, complete, lastMoment],
    ["a pause with money left", "active", full, exhaust, lastMoment],
  ] as const)("is not taken early: %s", (_what, status, budget, taken, now) => {
    expect(() => step(status, budget, taken, now)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: "transition.not_due" }) }),
    );
  });
});

test.each([
  ["draft", end, false],
  ["scheduled", lastMoment, false],
  ["active", lastMoment, false],
  ["active", end, true],
  ["paused", end, true],
  ["completed", before, true],
  ["cancelled", before, true],
] as const)("a campaign that is %s at %s has ended: %s", (status, now, ended) => {
  expect(hasEnded(campaignThatIs(status), now)).toBe(ended);
});

test.each(CampaignStatus.options)(
  "a campaign that is %s takes creators only while scheduled or active, until its end",
  (status) => {
    const takes = status === "scheduled" || status === "active";
    expect([before, lastMoment, end].map((now) => isOpen(campaignThatIs(status), now))).toEqual([takes, takes, false]);
  },
);

describe("releasing units nobody began", () => {
  const unit = (number: number, state: Unit["state"], rounds: number): Unit => ({
    deliverableId: DELIVERABLE_ID,
    unit: number,
    priceMinor: 10 ** number,
    state,
    rounds,
  });
  const release = (units: readonly Unit[], parts = {}, status: CampaignStatus = "completed") =>
    releaseUntouched(
      { campaign: campaignThatIs(status), budget: aBudget({ secured: 1_000_000 }), brandWallet: aWallet() },
      aParticipant({ units: [...units], version: 6, ...parts }),
      occasionAt(lastMoment),
    );

  test("gives back the price of those alone", () => {
    const units = [
      unit(1, "open", 0),
      unit(2, "open", 1),
      unit(3, "submitted", 1),
      unit(4, "approved", 1),
      unit(5, "rejected", 2),
      unit(6, "open", 0),
    ];
    const change = release(units);
    expect(change?.entities[0]?.next).toMatchObject({ version: 7, status: "active" });
    expect((change?.entities[0]?.next as { units: Unit[] }).units.map(({ state }) => state)).toEqual([
      "released",
      "open",
      "submitted",
      "approved",
      "rejected",
      "released",
    ]);
    expect(change?.entries?.[0]).toMatchObject({
      key: `settlements:${PARTICIPATION_ID}:6`,
      type: "release",
      lines: [
        { account: { account: "secured" }, amount: -1_000_010 },
        { account: { userId: BRAND_ID, account: "available" }, amount: 1_000_010 },
      ],
      settles: [1, 6].map((number) => ({
        participationId: PARTICIPATION_ID,
        deliverableId: DELIVERABLE_ID,
        unit: number,
      })),
    });
    expect(change?.entries).toHaveLength(1);
  });

  test("of one unit competes with everything else that could settle it", () => {
    const change = release([unit(1, "submitted", 1), unit(2, "open", 0)]);
    expect(change?.entries).toMatchObject([{ key: `settlement:${PARTICIPATION_ID}:${DELIVERABLE_ID}:2` }]);
    expect(change?.requires).toEqual([
      { standing: { id: CAMPAIGN_ID, status: "completed" } },
      { balances: { userId: BRAND_ID, disputesReceivable: 0 } },
    ]);
  });

  test("takes the date away from what it settles, and from nothing else", () => {
    const units = [unit(1, "open", 0), unit(2, "submitted", 1)].map((one) => ({ ...one, dueAt: end }));
    const next = release(units)?.entities[0]?.next as { units: Unit[] };
    expect(next.units.map(({ dueAt }) => dueAt)).toEqual([undefined, end]);
  });

  test.each([
    ["is complete when nothing is left to do", [unit(1, "open", 0), unit(2, "approved", 1)], {}, "completed"],
    ["goes on while something waits", [unit(1, "open", 0), unit(2, "submitted", 1)], {}, "active"],
    ["stays inactive", [unit(1, "open", 0)], { status: "inactive" }, "inactive"],
  ])("a participation %s", (_what, units, parts, status) => {
    expect(release(units, parts)?.entities[0]?.next).toMatchObject({ status });
  });

  test("finds nothing to do when all is begun, or the campaign goes on", () => {
    expect(release([unit(1, "open", 1), unit(2, "released", 0), unit(3, "submitted", 1)])).toBeUndefined();
    expect(release([])).toBeUndefined();
    for (const status of ["scheduled", "active", "paused"] as const)
      expect(release([unit(1, "open", 0)], {}, status)).toBeUndefined();
    expect(release([unit(1, "open", 0)], {}, "cancelled")).toBeDefined();
  });
});
