/** How an offer ends without an answer, how it is made again, and what is remembered of those before. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as withdrawInvitation } from "#lambdas/invitations/withdraw-invitation";
import { InvitationView, ParticipantView } from "#shared/contracts/shapes";
import { MAX_EARLIER } from "#shared/domain/invitations/invitation";
import { anAccount, anInvitation, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { removed } from "../settlements/settling.ts";
import {
  accepted,
  auditRows,
  brokenInvariants,
  declined,
  expectRefused,
  expired,
  interrupted,
  invited,
  launched,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
  withdrawn,
} from "../../support/launched.ts";

const SOON = "2026-11-26T12:00:00.000Z";
const A_MOMENT_BEFORE = "2026-11-26T11:59:59.999Z";
let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});
const stored = (creatorId = CREATOR_ID) => stage.ports.invitations.get(campaignId, creatorId);
const told = (type: string) => stage.outbox().filter((one) => one === type).length;

describe("withdrawal", () => {
  test("ends an offer that waits, tells the creator, and may be asked for twice", async () => {
    await invited(stage, campaignId);
    await withdrawn(stage, campaignId);
    expect(await stored()).toMatchObject({ status: "withdrawn", version: 2 });
    expect([told("invitation.withdrawn"), auditRows(stage, "invitation.withdrawn")]).toMatchObject([1, [{}]]);
    const before = stage.table.all();
    await withdrawn(stage, campaignId);
    expect(stage.table.all()).toEqual(before);
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.not_pending", "withdrawn");
  });

  test("is too late for what was answered, or is over", async () => {
    await invited(stage, campaignId, { expiresAt: SOON });
    await declined(stage, campaignId);
    await expectRefused(stage, () => withdrawn(stage, campaignId), "invitation.not_pending", "declined");
    await invited(stage, campaignId, { expiresAt: SOON });
    await accepted(stage, campaignId);
    await expectRefused(stage, () => withdrawn(stage, campaignId), "invitation.not_pending", "accepted");
    const other = { creatorId: OTHER_CREATOR_ID };
    await invited(stage, campaignId, { ...other, expiresAt: SOON });
    stage.clock.now = SOON;
    await expectRefused(stage, () => withdrawn(stage, campaignId, other), "invitation.not_pending", "expired");
  });

  test("loses to an acceptance that came first, and wins when it did", async () => {
    await invited(stage, campaignId);
    const path = { campaignId, creatorId: CREATOR_ID };
    const late = interrupted(withdrawInvitation, () => accepted(stage, campaignId));
    await expect(stage.run(late, { actor: brand(), path })).rejects.toMatchObject({
      refusal: { code: "invitation.not_pending" },
      context: { currentState: "accepted" },
    });
    const other = { creatorId: OTHER_CREATOR_ID };
    await invited(stage, campaignId, other);
    const tooLate = interrupted(acceptInvitation, () => withdrawn(stage, campaignId, other));
    await expect(
      stage.run(tooLate, { actor: creator(OTHER_CREATOR_ID), path: { campaignId, ...other } }),
    ).rejects.toMatchObject({ refusal: { code: "invitation.not_pending" }, context: { currentState: "withdrawn" } });
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ secured: 20_000 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("is the brand's, and an admin's in its name; of another version it is refused", async () => {
    await invited(stage, campaignId);
    for (const actor of [brand(OTHER_BRAND_ID), creator()])
      await expectRefused(stage, () => withdrawn(stage, campaignId, { actor }), "campaign.not_found");
    const nobody = { creatorId: OTHER_CREATOR_ID };
    await expectRefused(stage, () => withdrawn(stage, campaignId, nobody), "invitation.not_found");
    await expectRefused(stage, () => withdrawn(stage, campaignId, { ifMatch: 2 }), "version.changed", "v1");
    await withdrawn(stage, campaignId, { actor: admin(), ifMatch: 1 });
    expect(auditRows(stage, "invitation.withdrawn")[0]).toMatchObject({ onBehalfOf: BRAND_ID });
  });
});

describe("expiry", () => {
  beforeEach(() => invited(stage, campaignId, { expiresAt: SOON }));

  test.each(["the clock alone", "the job as well"])("by %s: 410 for whoever answers", async (by) => {
    stage.clock.now = SOON;
    if (by !== "the clock alone") await expired(stage);
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.expired", "expired");
    await expectRefused(stage, () => declined(stage, campaignId), "invitation.expired", "expired");
  });

  test("is written down by the job, once, and both sides are told; not a moment before", async () => {
    stage.clock.now = A_MOMENT_BEFORE;
    expect(await expired(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
    stage.clock.now = SOON;
    expect(await expired(stage)).toMatchObject({ outcome: "succeeded", counts: { expired: 1 } });
    expect(await stored()).toMatchObject({ status: "expired" });
    expect(await expired(stage)).toMatchObject({ counts: {} });
    expect([told("invitation.expired"), auditRows(stage, "invitation.expired")]).toMatchObject([
      1,
      [{ actorId: "system:expire-invitations" }],
    ]);
  });

  test("leaves alone what was answered, and what is answered while the job is at it", async () => {
    await accepted(stage, campaignId);
    stage.clock.now = "2026-12-24T00:00:00.000Z";
    expect(await expired(stage)).toMatchObject({ counts: {} });
    expect(await stored()).toMatchObject({ status: "accepted" });
  });

  test("goes through more than a page, and one that fails stops no other and is named with its reason", async () => {
    const people = Array.from({ length: 130 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`);
    for (const creatorId of people)
      await stage.given("invitation", anInvitation({ campaignId, creatorId, expiresAt: SOON }));
    const broken = { ...anInvitation({ campaignId, creatorId: people[60] ?? "", expiresAt: SOON }), version: "?" };
    await stage.given("invitation", broken as never);
    stage.clock.now = SOON;
    expect(await expired(stage)).toMatchObject({
      outcome: "partial",
      counts: { expired: 130, failed: 1 },
      failures: [{ item: `${campaignId} ${people[60]}`, reason: "ZodError" }],
    });
    expect(await expired(stage)).toMatchObject({ counts: { failed: 1 } });
  });
});

describe("an invitation after one that came to nothing", () => {
  const ends = {
    declined: () => declined(stage, campaignId),
    withdrawn: () => withdrawn(stage, campaignId),
    expired: async () => {
      stage.clock.now = SOON;
      await expired(stage);
    },
    "expired by the clock": () => Promise.resolve(void (stage.clock.now = SOON)),
    removed: async () => {
      await accepted(stage, campaignId);
      await removed(stage, campaignId);
    },
  };

  test.each(Object.entries(ends))("that was %s is a new offer, and remembers it", async (how, end) => {
    const first = await invited(stage, campaignId, { expiresAt: SOON });
    await end();
    const again = await invited(stage, campaignId, { expiresAt: "2026-12-20T00:00:00.000Z" });
    const status = how === "removed" ? "withdrawn" : how.split(" ")[0];
    const { compensation, invitedAt, invitedBy, expiresAt } = first;
    expect(again).toMatchObject({ status: "pending", expiresAt: "2026-12-20T00:00:00.000Z" });
    expect(InvitationView.parse(again).earlier).toEqual([
      { compensation, invitedAt, invitedBy, expiresAt, status, endedAt: stage.clock.now },
    ]);
    expect(again).not.toHaveProperty("respondedAt");
  });

  test("begins a participation of its own when it is accepted; the one before is remembered with how it ended", async () => {
    await invited(stage, campaignId);
    const first = await accepted(stage, campaignId);
    await removed(stage, campaignId);
    await invited(stage, campaignId);
    const second = ParticipantView.parse(await accepted(stage, campaignId));
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ budgetAllocated: first.budgetAllocated, secured: true });
    expect(second.earlier).toEqual([
      {
        id: first.id,
        budgetAllocated: first.budgetAllocated,
        joinedAt: first.joinedAt,
        leftAt: stage.clock.now,
        units: { released: 2 },
      },
    ]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("remembers the latest of very many; the audit has them all", async () => {
    for (let at = 0; at < MAX_EARLIER + 2; at += 1) {
      await invited(stage, campaignId);
      await withdrawn(stage, campaignId);
    }
    expect((await stored())?.earlier).toHaveLength(MAX_EARLIER);
    expect(auditRows(stage, "invitation.withdrawn")).toHaveLength(MAX_EARLIER + 2);
  });
});

describe("an invitation of a suspended side", () => {
  test("is not sent for a brand, also not by an admin", async () => {
    await stage.given("account", anAccount({ id: BRAND_ID, status: "suspended" }));
    await expectRefused(stage, () => invited(stage, campaignId, {}, admin()), "account.suspended");
  });

  test("is not sent to a creator", async () => {
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
    await expectRefused(stage, () => invited(stage, campaignId), "invitation.no_such_creator");
  });
});
