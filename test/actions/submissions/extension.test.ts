import { beforeEach, describe, expect, test } from "@jest/globals";
import { SubmissionView } from "#shared/contracts/shapes";
import { NewExtension } from "#shared/domain/submissions/input";
import { BRAND_ID } from "../../support/builders.ts";
import { auditRows, expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { clocked, disputed } from "../settlements/settling.ts";
import { extensionAgreed, extensionOffered, reviewed, submitted, unitsOf, type Work, working } from "./delivered.ts";

let stage: TestStage;
let work: Work;
let id: string;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
  ({ id } = await submitted(stage, work));
});
const offered = (body: object = { hours: 48 }, actor = brand()) => extensionOffered(stage, work, id, body, actor);
const agreed = (actor = creator()) => extensionAgreed(stage, work, id, actor);
const unit = async () => (await unitsOf(stage, work))[0];
const DUE = "2026-11-30T12:00:00.000Z";

describe("a later date for the review", () => {
  test("is offered by the brand and holds once the creator agrees; silence then waits for it", async () => {
    const offer = await offered();
    expect(SubmissionView.parse(offer)).toMatchObject({
      reviewDueAt: DUE,
      extension: { of: "review", dueAt: "2026-12-02T12:00:00.000Z", offeredBy: BRAND_ID },
    });
    expect(await unit()).toMatchObject({ dueAt: DUE });
    const moved = await agreed();
    expect(moved).toMatchObject({
      reviewDueAt: "2026-12-02T12:00:00.000Z",
      extension: { agreedAt: stage.clock.now },
      version: 3,
    });
    expect(await unit()).toMatchObject({ dueAt: moved.reviewDueAt });
    stage.clock.now = DUE;
    expect(await clocked(stage)).toMatchObject({ counts: {} });
    stage.clock.now = moved.reviewDueAt;
    expect(await clocked(stage)).toMatchObject({ counts: { approved: 1 } });
    expect(stage.outbox()).toEqual(
      expect.arrayContaining(["submission.extension_offered", "submission.extension_agreed"]),
    );
    expect(auditRows(stage, "submission.extension_offered")).toHaveLength(1);
    expect(auditRows(stage, "submission.extension_agreed")).toHaveLength(1);
  });

  test("hours are review time, from the date that holds; an instant is taken as it is", async () => {
    expect((await offered({ hours: 120 })).extension?.dueAt).toBe("2026-12-07T12:00:00.000Z");
    expect((await offered({ until: "2026-12-05T09:00:00+02:00" })).extension?.dueAt).toBe("2026-12-05T07:00:00.000Z");
  });

  test("without the creator's word nothing moves", async () => {
    await offered();
    stage.clock.now = DUE;
    expect(await clocked(stage)).toMatchObject({ counts: { approved: 1 } });
    await expectRefused(stage, () => agreed(), "submission.already_settled", "approved");
  });

  test("an admin may offer for the brand, and the audit says for whom", async () => {
    await offered({ hours: 1 }, admin());
    expect(auditRows(stage, "submission.extension_offered")).toMatchObject([{ onBehalfOf: BRAND_ID }]);
  });
});

test("a later date for the next round keeps the unit from being released", async () => {
  await reviewed(stage, work, id, "changes_requested");
  const was = (await unit())?.dueAt ?? "";
  const until = new Date(Date.parse(was) + 86_400_000).toISOString();
  await offered({ until });
  expect(await agreed()).toMatchObject({ resubmissionDueAt: until, reviewDueAt: DUE });
  stage.clock.now = was;
  expect(await clocked(stage)).toMatchObject({ counts: {} });
  stage.clock.now = until;
  expect(await clocked(stage)).toMatchObject({ counts: { released: 1 } });
});

describe("is refused", () => {
  test.each([
    ["to another brand", brand(OTHER_BRAND_ID)],
    ["to the creator", creator()],
  ])("%s: there is no such submission", async (_who, actor) => {
    await expectRefused(stage, () => offered({ hours: 1 }, actor), "submission.not_found");
  });

  test.each([
    ["an earlier date", { until: "2026-11-29T00:00:00.000Z" }],
    ["the same date", { until: DUE }],
    ["a date too far away", { until: "2027-03-01T00:00:00.000Z" }],
  ])("%s", async (_what, body) => {
    await expectRefused(stage, () => offered(body), "submission.extension_refused");
  });

  test.each([
    ["approved", "submission.already_settled"],
    ["rejected", "submission.already_settled"],
  ] as const)("when it is %s", async (decision, code) => {
    await offered();
    await reviewed(stage, work, id, decision);
    await expectRefused(stage, () => offered(), code, decision);
    await expectRefused(stage, () => agreed(), code, decision);
  });

  test("while it is disputed", async () => {
    await offered();
    await disputed(stage, work, id);
    await expectRefused(stage, () => offered(), "submission.disputed", "disputed");
    await expectRefused(stage, () => agreed(), "submission.disputed", "disputed");
  });

  test("when nothing is on offer, twice, or by whom it is none of the business", async () => {
    await expectRefused(stage, () => agreed(), "submission.no_extension", "pending_review");
    await offered();
    await expectRefused(stage, () => agreed(creator(OTHER_CREATOR_ID)), "submission.not_found");
    await expectRefused(stage, () => agreed(brand()), "submission.not_found");
    await agreed();
    await expectRefused(stage, () => agreed(), "submission.no_extension", "pending_review");
  });

  test("when the offer was for the review, and the creator has changes to make now", async () => {
    await offered();
    await reviewed(stage, work, id, "changes_requested");
    await expectRefused(stage, () => agreed(), "submission.no_extension", "changes_requested");
  });

  test("when the next round has come meanwhile", async () => {
    await reviewed(stage, work, id, "changes_requested");
    await submitted(stage, work, { unit: 1 });
    await expectRefused(stage, () => offered(), "submission.already_settled");
  });
});

test.each([{}, { hours: 0 }, { hours: 721 }, { hours: 1.5 }, { until: "tomorrow" }, { hours: 1, until: DUE }])(
  "%j is no offer",
  (body) => {
    expect(NewExtension.safeParse(body).success).toBe(false);
  },
);
