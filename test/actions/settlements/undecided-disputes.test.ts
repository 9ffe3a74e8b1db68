import { beforeEach, describe, expect, test } from "@jest/globals";
import { CREATOR_ID } from "../../support/builders.ts";
import { expectRefused, peopled } from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { reviewed, submitted, unitsOf, type Work, working } from "../submissions/delivered.ts";
import { clocked, decided, disputed, expectWholeBooks, later, removed } from "./settling.ts";

let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});
const budget = () => stage.ports.campaigns.budget(work.campaignId);
const stored = (id: string) => stage.ports.submissions.get(work.campaignId, id);
const states = async () => (await unitsOf(stage, work)).map(({ state }) => state);

describe("a dispute in the other side's turn that nobody decides gains its opener nothing", () => {
  const dispute = (submissionId: string) => stage.ports.disputes.get(work.campaignId, submissionId);

  test("what its creator froze before the brand could look waits for the brand, for as long as was left", async () => {
    const { id } = await submitted(stage, work, { type: "text", text: "x" });
    stage.clock.now = "2026-11-27T12:00:00.000Z";
    const opened = await disputed(stage, work, id, creator());
    await expectRefused(stage, () => reviewed(stage, work, id, "rejected"), "submission.disputed", "disputed");
    stage.clock.now = opened.dueAt;
    expect(await clocked(stage)).toMatchObject({ counts: { resumed: 1 } });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 0 });
    expect(await dispute(id)).toMatchObject({ status: "expired", decisions: [] });
    // A working day of the three was left, from a Sunday on.
    const dueAt = "2026-12-29T00:00:00.000Z";
    expect(await stored(id)).toMatchObject({
      status: "pending_review",
      reviewDueAt: dueAt,
      resumedAt: opened.dueAt,
      reminders: [
        { percent: 50, at: "2026-12-28T12:00:00.000Z" },
        { percent: 80, at: "2026-12-28T19:12:00.000Z" },
      ],
    });
    expect(stage.outbox()).toContain("dispute.expired");
    expect(await clocked(stage)).toMatchObject({ counts: {} });
    await expectRefused(stage, () => decided(stage, opened, 1), "dispute.already_decided", "expired");
    await reviewed(stage, work, id, "rejected");
    expect(await budget()).toMatchObject({ unassigned: 90_000, secured: 10_000 });
    expectWholeBooks(stage);
  });

  test("what the brand froze while its creator was to make changes is taken, for as long as was left", async () => {
    const { id } = await submitted(stage, work);
    await reviewed(stage, work, id, "changes_requested");
    const opened = await disputed(stage, work, id);
    await expectRefused(stage, () => submitted(stage, work, { unit: 1 }), "submission.unit_taken", "disputed");
    stage.clock.now = opened.dueAt;
    expect(await clocked(stage)).toMatchObject({ counts: { resumed: 1 } });
    expect(await stored(id)).toMatchObject({
      status: "changes_requested",
      resubmissionDueAt: "2027-01-08T12:00:00.000Z",
    });
    await submitted(stage, work, { unit: 1 });
    expect(await states()).toEqual(["submitted", "open"]);
    expectWholeBooks(stage);
  });

  test("silence after it decides as ever, and there is no second dispute", async () => {
    const [first, second] = [await submitted(stage, work, { unit: 1 }), await submitted(stage, work, { unit: 2 })];
    await reviewed(stage, work, second.id, "changes_requested");
    await disputed(stage, work, first.id, creator());
    await disputed(stage, work, second.id);
    later(stage, 30);
    expect(await clocked(stage)).toMatchObject({ counts: { resumed: 2 } });
    for (const actor of [brand(), creator()])
      await expectRefused(
        stage,
        () => disputed(stage, work, first.id, actor),
        "submission.disputed_before",
        "pending_review",
      );
    later(stage, 14);
    expect(await clocked(stage)).toMatchObject({ counts: { approved: 1, released: 1 } });
    expect(await states()).toEqual(["approved", "released"]);
    expectWholeBooks(stage);
  });

  test("nothing goes on of which nothing was left, or for who was removed", async () => {
    const [first, second] = [await submitted(stage, work, { unit: 1 }), await submitted(stage, work, { unit: 2 })];
    await reviewed(stage, work, second.id, "changes_requested");
    await disputed(stage, work, second.id);
    stage.clock.now = first.reviewDueAt;
    await disputed(stage, work, first.id, creator());
    await removed(stage, work.campaignId);
    later(stage, 30);
    expect(await clocked(stage)).toMatchObject({ counts: { approved: 1, released: 1 } });
    expect(await states()).toEqual(["approved", "released"]);
    expectWholeBooks(stage);
  });

  test("in its last minute it gains no more: a day is left to whoever was stopped", async () => {
    const shifted = (at: string | undefined, minutes: number) =>
      new Date(Date.parse(at ?? "") + minutes * 60_000).toISOString();
    const [first, second] = [await submitted(stage, work, { unit: 1 }), await submitted(stage, work, { unit: 2 })];
    await reviewed(stage, work, second.id, "changes_requested");
    stage.clock.now = shifted(first.reviewDueAt, -1);
    const byCreator = await disputed(stage, work, first.id, creator());
    stage.clock.now = shifted((await stored(second.id))?.resubmissionDueAt, -1);
    const byBrand = await disputed(stage, work, second.id);
    stage.clock.now = byCreator.dueAt;
    await clocked(stage);
    // A Wednesday, and the next day is one of work as well.
    expect(await stored(first.id)).toMatchObject({ reviewDueAt: shifted(byCreator.dueAt, 24 * 60) });
    stage.clock.now = byBrand.dueAt;
    await clocked(stage);
    expect(await stored(second.id)).toMatchObject({ resubmissionDueAt: shifted(byBrand.dueAt, 24 * 60) });
    expectWholeBooks(stage);
  });

  test("of who was removed meanwhile the content is approved or rejected: no further round could come", async () => {
    const { id } = await submitted(stage, work);
    const opened = await disputed(stage, work, id, creator());
    await removed(stage, work.campaignId);
    stage.clock.now = opened.dueAt;
    expect(await clocked(stage)).toMatchObject({ counts: { resumed: 1 } });
    await expectRefused(
      stage,
      () => reviewed(stage, work, id, "changes_requested"),
      "participant.not_active",
      "inactive",
    );
    await reviewed(stage, work, id, "rejected");
    expect(await budget()).toMatchObject({ secured: 0 });
    expectWholeBooks(stage);
  });
});
