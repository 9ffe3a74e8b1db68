import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listSubmissions } from "#lambdas/submissions/list-submissions";
import type { Actor } from "#shared/domain/kernel/actor";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import {
  accepted,
  brokenInvariants,
  chargedBack,
  END,
  expectRefused,
  invited,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
} from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import { decided, disputed, everybody, expectWholeBooks, journalOf, removed, toldOfRemoval } from "./settling.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const participant = () => stage.ports.participants.get(work.campaignId, CREATOR_ID);
const invitation = () => stage.ports.invitations.get(work.campaignId, CREATOR_ID);

describe("a removal", () => {
  test("gives back all that is not settled in one settlement, and leaves what was earned", async () => {
    const { id } = await submitted(stage, work);
    await reviewed(stage, work, id, "approved");
    const before = journalOf(stage).length;
    await expect(removed(stage, work.campaignId)).resolves.toBeUndefined();
    expect(await participant()).toMatchObject({
      status: "inactive",
      units: [{ state: "approved" }, { state: "released" }],
    });
    expect(await budget()).toMatchObject({ unassigned: 90_000, secured: 0, spent: 10_000 });
    expect(journalOf(stage)).toHaveLength(before + 1);
    expect(await invitation()).toMatchObject({ status: "withdrawn" });
    expect(stage.outbox()).toContain("participant.removed");
    expectWholeBooks(stage);
  });

  test("of several units is one entry, home to the brand when the campaign has ended", async () => {
    await submitted(stage, work);
    stage.clock.now = END;
    await removed(stage, work.campaignId);
    expect(await budget()).toMatchObject({ unassigned: 80_000, secured: 0 });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ spendable: 20_000 });
    expect(journalOf(stage).filter(({ settles }) => settles?.length === 2)).toHaveLength(1);
    expectWholeBooks(stage);
  });

  test("after the end pays what the brand owes first", async () => {
    await chargedBack(stage, 7_000);
    stage.clock.now = END;
    await removed(stage, work.campaignId);
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 13_000, disputesReceivable: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("again changes nothing", async () => {
    await removed(stage, work.campaignId);
    const before = stage.table.all();
    await removed(stage, work.campaignId);
    expect(stage.table.all()).toEqual(before);
  });

  test("settles what waits for review: a verdict hears that it was released, before its submission says so and after", async () => {
    const { id } = await submitted(stage, work);
    await removed(stage, work.campaignId);
    const review = () => reviewed(stage, work, id, "approved");
    await expectRefused(stage, review, "submission.already_settled", "released");
    for (let delivery = 0; delivery < 2; delivery += 1) await toldOfRemoval(stage);
    expect(await stage.ports.submissions.get(work.campaignId, id)).toMatchObject({ status: "released" });
    await expectRefused(stage, review, "submission.already_settled", "released");
  });

  test("takes nothing of what is disputed: that an admin decides, and until then nobody comes back", async () => {
    const { id } = await submitted(stage, work);
    const dispute = await disputed(stage, work, id, creator());
    await removed(stage, work.campaignId);
    expect((await unitsOf(stage, work)).map(({ state }) => state)).toEqual(["disputed", "released"]);
    await expectRefused(stage, () => invited(stage, work.campaignId), "participant.unsettled");
    await decided(stage, dispute, 10_000);
    expect(await participant()).toMatchObject({
      status: "inactive",
      units: [{ state: "approved" }, { state: "released" }],
    });
    await invited(stage, work.campaignId);
    expectWholeBooks(stage);
  });

  test("of somebody unknown, or by others, finds nothing; another version is refused", async () => {
    await expectRefused(
      stage,
      () => removed(stage, work.campaignId, { creatorId: OTHER_CREATOR_ID }),
      "participant.not_found",
    );
    await expectRefused(
      stage,
      () => removed(stage, work.campaignId, { actor: brand(OTHER_BRAND_ID) }),
      "campaign.not_found",
    );
    await expectRefused(stage, () => removed(stage, work.campaignId, { ifMatch: 7 }), "version.changed");
  });
});

describe("somebody who was removed", () => {
  test("hands in nothing more, and still finds what they handed in, as nobody else does", async () => {
    const { id } = await submitted(stage, work);
    await removed(stage, work.campaignId);
    await expectRefused(stage, () => submitted(stage, work), "participant.not_active", "inactive");
    const path = { campaignId: work.campaignId };
    const listed = (actor: Actor) => stage.run(listSubmissions, { actor, path, query: {} });
    expect((await listed(creator())).items.map((one) => one.id)).toEqual([id]);
    await expectRefused(stage, () => listed(creator(OTHER_CREATOR_ID)), "campaign.not_found");
  });

  test("joins again under a participation of its own, at the full price, and is settled anew", async () => {
    const first = await submitted(stage, work);
    await reviewed(stage, work, first.id, "approved");
    await removed(stage, work.campaignId);
    await invited(stage, work.campaignId);
    const { id } = await accepted(stage, work.campaignId);
    expect(everybody(stage).map((one) => one.id)).toEqual([id]);
    expect(await budget()).toMatchObject({ unassigned: 70_000, secured: 20_000, spent: 10_000 });
    const again = await submitted(stage, work);
    await reviewed(stage, work, again.id, "approved");
    expect(await budget()).toMatchObject({ secured: 10_000, spent: 20_000 });
    expect(stage.stored("earning")).toHaveLength(2);
    expectWholeBooks(stage);
  });

  test("has nothing of the earlier part decided in the later one", async () => {
    const old = await submitted(stage, work);
    await removed(stage, work.campaignId);
    await invited(stage, work.campaignId);
    await accepted(stage, work.campaignId);
    await submitted(stage, work);
    await expectRefused(
      stage,
      () => reviewed(stage, work, old.id, "approved"),
      "submission.already_settled",
      "released",
    );
    await expectRefused(stage, () => disputed(stage, work, old.id), "submission.already_settled", "released");
    expectWholeBooks(stage);
  });

  test("cannot be invited while they still take part", async () => {
    await expectRefused(stage, () => invited(stage, work.campaignId), "invitation.exists");
  });
});
