import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { acceptInvitation } from "#shared/domain/invitations/answer-invitation";
import { isUnsettled, type Participant, type Unit, UnitState } from "#shared/domain/invitations/participant";
import { walletDeltas } from "#shared/domain/ledger/figures";
import { completedWhenSettled, giveBack, type SettlementState, withSettled } from "#shared/domain/settlements/settle";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  aFunding,
  anInvitation,
  aParticipant,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { aWallet, aWalletProfile } from "../../support/money-builders.ts";
import { creator, sequentialIds } from "../../support/stage.ts";
import {
  brands,
  END,
  first,
  KEY,
  line,
  now,
  occasionAt,
  of,
  owed,
  sameDebt,
  second,
  settled,
  state,
  unit,
} from "./settling.ts";

describe("giving units back", () => {
  const reason = { referenceId: SUBMISSION_ID, description: "Rejected" };
  const back = (units: readonly Unit[], parts: Partial<SettlementState> = {}, at = now) =>
    giveBack(state(parts), units, reason, occasionAt(at));

  test("of a campaign that goes on leaves the price to be promised again: no wallet sees it", () => {
    const { entries, entities, requires, events, earning } = back([first]);
    expect(entries).toEqual([
      expect.objectContaining({
        key: KEY,
        type: "unsecuring",
        currency: "USD",
        ...reason,
        settles: [settled(1)],
        lines: [line(of("secured"), -10_000), line(of("unassigned"), 10_000)],
      }),
    ]);
    expect(walletDeltas(entries[0]?.lines ?? []).size).toBe(0);
    expect([entities, requires, events, earning]).toEqual([
      [],
      [{ standing: { id: CAMPAIGN_ID, status: "active" } }],
      [],
      undefined,
    ]);
  });

  test.each([
    ["is completed", { campaign: aCampaign({ status: "completed" }) }, now],
    ["is cancelled", { campaign: aCampaign({ status: "cancelled" }) }, now],
    ["is over by the clock", {}, END],
  ])("of a campaign that %s sends the price home", (_when, parts, at) => {
    expect(back([first], parts, at).entries).toMatchObject([
      { type: "release", lines: [line(of("secured"), -10_000), line(brands, 10_000)] },
    ]);
  });

  const completed = aCampaign({ status: "completed" });
  const ended = { standing: { id: CAMPAIGN_ID, status: "completed" } };
  test.each([
    [0, [line(brands, 10_000)]],
    [7_000, [line(owed, 7_000), line(brands, 3_000)]],
    [10_000, [line(owed, 10_000)]],
    [12_000, [line(owed, 10_000)]],
  ])("to a brand that owes %i pays that first, and holds on to it", (owing, lines) => {
    const brandWallet = aWallet({ disputesReceivable: owing });
    const { entries, requires } = back([first], { campaign: completed, brandWallet });
    expect(entries[0]?.lines).toEqual([line(of("secured"), -10_000), ...lines]);
    expect(requires).toEqual([ended, sameDebt(owing)]);
  });

  test("of a campaign that goes on leaves the wallet alone, whatever its brand owes", () => {
    const { entries, requires } = back([first], { brandWallet: aWallet({ disputesReceivable: 7_000 }) });
    expect(entries[0]?.lines).toEqual([line(of("secured"), -10_000), line(of("unassigned"), 10_000)]);
    expect(requires).toEqual([{ standing: { id: CAMPAIGN_ID, status: "active" } }]);
  });

  test("is one entry for several, which says each that it settles", () => {
    const { entries } = back([first, second]);
    expect(entries).toMatchObject([
      {
        key: `settlements:${PARTICIPATION_ID}:6`,
        lines: [line(of("secured"), -10_333), line(of("unassigned"), 10_333)],
        settles: [settled(1), settled(2)],
      },
    ]);
  });

  test("of the last money of a campaign that is over closes its funding", () => {
    const campaign = aCampaign({ status: "completed" });
    const closing = (secured: number) =>
      back([first, second], { campaign, budget: aBudget({ status: "completed", secured }) }).entities;
    expect(closing(10_333)).toEqual([{ entity: "funding", was: aFunding() }]);
    expect(closing(10_334)).toEqual([]);
  });
});

describe("a participant with units settled", () => {
  const after = (units: readonly Unit[], which: readonly number[], parts: Partial<Participant> = {}) => {
    const participant = aParticipant({ units: [...units], ...parts });
    const chosen = which.map((at) => participant.units[at] as Unit);
    return withSettled(participant, chosen, "released", occasionAt());
  };

  test("keeps the others as they are, and says of the settled what became of them, without a date", () => {
    const { units, updatedAt } = after([first, second], [0]);
    const { dueAt: _, ...undated } = first;
    expect(units).toEqual([{ ...undated, state: "released" }, second]);
    expect(units[0]).not.toHaveProperty("dueAt");
    expect(updatedAt).toBe(now);
  });

  test.each([
    ["is over when nothing waits", [0, 1], {}, "completed"],
    ["goes on while something waits", [0], {}, "active"],
    ["stays inactive", [0, 1], { status: "inactive" }, "inactive"],
  ] as const)("%s", (_what, which, parts, status) => {
    expect(after([first, second], which, parts).status).toBe(status);
  });

  test("is not over while one of them is disputed", () => {
    expect(after([first, unit(2, { state: "disputed" })], [0]).status).toBe("active");
    const disputed = aParticipant({ units: [unit(1, { state: "disputed" })] });
    expect(completedWhenSettled(disputed)).toBe(disputed);
  });

  test("has a date on every unit that is still secured and on no other, whatever is settled", () => {
    const some = fc.array(fc.constantFrom(...UnitState.options), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), (states, picked) => {
        const units = states.map((one, at): Unit => {
          const { dueAt, ...undated } = unit(at + 1, { state: one });
          return isUnsettled(undated) ? { ...undated, ...(dueAt !== undefined && { dueAt }) } : undated;
        });
        const which = [...units.keys()].filter((at) => picked[at] && isUnsettled(units[at] as Unit));
        const next = after(units, which);
        for (const one of next.units) expect(one.dueAt !== undefined).toBe(isUnsettled(one));
        expect(next.status === "completed").toBe(!next.units.some(isUnsettled));
      }),
      { numRuns: 200, seed: 21 },
    );
  });
});

test("somebody who left and joins again can be settled anew, for the same units", () => {
  const leaving = aParticipant({ status: "inactive" });
  const left = withSettled(leaving, leaving.units, "released", occasionAt());
  const budget = aBudget({ status: "active", unassigned: 20_000 });
  const { participant: again } = acceptInvitation(
    {
      invitation: anInvitation(),
      campaign: aCampaign({ status: "active" }),
      budget,
      deliverables: [aDeliverable()],
      wallet: aWallet({ userId: CREATOR_ID }),
      brandWallet: undefined,
      profile: aWalletProfile({ userId: CREATOR_ID }),
      participant: { ...left, id: `prt_${"9".repeat(26)}` },
    },
    { actor: creator(), now, newId: sequentialIds() },
  );
  const settling = (participant: Participant) =>
    giveBack(
      state({ participant }),
      participant.units.slice(0, 1),
      { referenceId: "r", description: "d" },
      occasionAt(),
    ).entries[0];
  const [before, after] = [settling({ ...left, id: `prt_${"9".repeat(26)}` }), settling(again)];
  expect(after?.key).not.toBe(before?.key);
  expect(after?.key).toBe(`settlement:${again.id}:${DELIVERABLE_ID}:1`);
  expect(again.units.map(({ state }) => state)).toEqual(["open", "open"]);
});
