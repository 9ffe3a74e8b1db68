import { describe, expect, test } from "@jest/globals";
import { namedDispute, refuseParty } from "#shared/domain/disputes/access";
import type { Decision } from "#shared/domain/disputes/dispute";
import { NewDispute, NewEvidence } from "#shared/domain/disputes/input";
import { disputeLifecycle } from "#shared/domain/disputes/lifecycle";
import { upholdDecision } from "#shared/domain/disputes/uphold-decision";
import { systemActor } from "#shared/domain/kernel/actor";
import { stopsOf } from "#shared/domain/kernel/lifecycle";
import { aDispute, BRAND_ID, CREATOR_ID, DISPUTE_ID } from "../../support/builders.ts";
import { admin, brand, sequentialIds } from "../../support/stage.ts";

const decidedAt = "2026-12-01T00:00:00.000Z";
const decision: Decision = {
  creatorShare: { amount: 1, currency: "USD" },
  reason: "r",
  decidedBy: admin().userId,
  decidedAt,
  isFinal: false,
};
const earning = (status: "pending" | "available" | "paid" | "cancelled") => ({ status }) as never;
const at = (now: string, actor = brand()) => ({ actor, now, newId: sequentialIds() });

describe("an appeal", () => {
  const decided = aDispute({ status: "decided", decisions: [decision] });
  test.each([
    ["2026-12-01T00:00:00.000Z", undefined, 0],
    ["2026-12-07T23:59:59.999Z", undefined, 0],
    ["2026-12-08T00:00:00.000Z", undefined, 1],
    ["2026-12-02T00:00:00.000Z", earning("pending"), 0],
    ["2026-12-02T00:00:00.000Z", earning("available"), 1],
    ["2026-12-02T00:00:00.000Z", earning("paid"), 1],
  ])("at %s: case %#", (now, of, stops) => {
    const found = stopsOf(decided, disputeLifecycle.appeal, at(now), { dispute: decided, earning: of });
    expect(found.map(({ refusal }) => refusal.code)).toEqual(
      Array.from({ length: stops }, () => "dispute.appeal_closed"),
    );
  });

  const appeal = { by: BRAND_ID, at: decidedAt, reason: "r", dueAt: "2026-12-31T00:00:00.000Z" };
  const appealed = aDispute({ status: "appealed", decisions: [decision], appeal });
  test.each([
    ["2026-12-30T23:59:59.999Z", 0],
    ["2026-12-31T00:00:00.000Z", 1],
  ])("is decided at %s: case %#", (now, stops) => {
    const facts = { dispute: appealed, earning: undefined };
    expect(stopsOf(appealed, disputeLifecycle.decideAppeal, at(now, admin()), facts)).toHaveLength(stops);
    const upheld = upholdDecision(appealed, at(now, systemActor("job")));
    expect(upheld?.entities.map(({ next }) => next)).toEqual(
      stops ? [expect.objectContaining({ status: "closed" })] : undefined,
    );
  });

  test("that is decided is upheld by nobody", () => {
    expect(upholdDecision(aDispute({ status: "closed", appeal }), at("2027-12-31T00:00:00.000Z"))).toBeUndefined();
    expect(upholdDecision(undefined, at(decidedAt))).toBeUndefined();
  });
});

test("a dispute is known by its own id, and decided by nobody who is in it", () => {
  expect(namedDispute(aDispute(), DISPUTE_ID)).toEqual(aDispute());
  for (const stored of [undefined, aDispute()])
    expect(() => namedDispute(stored, `dsp_${"9".repeat(26)}`)).toThrow("There is no such dispute");
  for (const userId of [BRAND_ID, CREATOR_ID])
    expect(() => refuseParty(aDispute(), { userId, roles: ["admin"] })).toThrow("One person cannot be");
  expect(() => refuseParty(aDispute(), admin())).not.toThrow();
});

test("evidence is one piece or several, none of them empty or endless", () => {
  expect(NewDispute.parse({ reason: " r ", evidence: "a" })).toEqual({ reason: "r", evidence: ["a"] });
  expect(NewEvidence.parse({ evidence: ["a", "b"] })).toEqual({ evidence: ["a", "b"] });
  for (const evidence of ["", [], ["x".repeat(2_001)], Array.from({ length: 41 }, () => "x"), 7])
    expect(NewEvidence.safeParse({ evidence }).success).toBe(false);
  expect(NewDispute.safeParse({ reason: "" }).success).toBe(false);
});
