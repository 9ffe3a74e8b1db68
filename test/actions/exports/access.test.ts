/** Who may export what, and that it is decided again when it is read. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { MOST_OPEN } from "#shared/domain/exports/request-export";
import { plusDays } from "#shared/domain/kernel/time";
import type { ExportFiles } from "#shared/ports/exports";
import { anAccount, BRAND_ID } from "../../support/builders.ts";
import { expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, paidIn, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { removed } from "../settlements/settling.ts";
import { working } from "../submissions/delivered.ts";
import { exporting, type Exporting } from "./exporting.ts";

let stage: TestStage;
let { ask, read, stored, written, audited }: Exporting = {} as Exporting;
beforeEach(async () => {
  stage = await peopled();
  ({ ask, read, stored, written, audited } = exporting(stage));
});

describe("who may ask", () => {
  test("for nothing that their lists refuse", async () => {
    for (const [kind, actor] of [
      ["users", brand()],
      ["audit-logs", creator()],
      ["earnings", brand()],
    ] as const)
      await expectRefused(stage, () => ask({ kind }, actor), "access.role_not_allowed");
    const { campaignId } = await working(stage);
    for (const kind of ["campaign-analytics", "participants", "submissions"])
      for (const actor of [brand(OTHER_BRAND_ID), creator(OTHER_CREATOR_ID)])
        await expectRefused(stage, () => ask({ kind, campaignId }, actor), "campaign.not_found");
    expect(stage.stored("export")).toEqual([]);
    const tooLong = ask({ kind: "campaign-analytics", campaignId, from: "2020-01-01" });
    await expect(tooLong).rejects.toMatchObject({ context: { errors: [{ pointer: "/from", code: "too_long" }] } });
  });

  test("for so many at a time, whatever comes at once; each that ends makes room", async () => {
    const all = await Promise.allSettled(Array.from({ length: MOST_OPEN + 3 }, () => ask()));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(MOST_OPEN);
    await expectRefused(stage, () => ask(), "export.too_many_open");
    await ask({}, brand(OTHER_BRAND_ID));
    await written();
    expect(await ask()).toMatchObject({ status: "queued" });
  });

  test("again, once what never ended has had its day; by then it has failed", async () => {
    const { id } = await ask();
    for (let more = 1; more < MOST_OPEN; more += 1) await ask();
    stage.clock.now = plusDays(stage.clock.now, 1);
    expect(await read(id)).toMatchObject({ status: "failed", failure: { code: "export.took_too_long" } });
    await ask();
    await written();
    expect(await stored(id)).toMatchObject({ status: "failed", failure: { code: "export.took_too_long" } });
    expect(stage.exportFiles.content(await stored(id))).toBeUndefined();
  });
});

describe("what is theirs is decided when it is read", () => {
  test("a ban ends it, also one between reading and writing", async () => {
    await paidIn(stage, 5_000);
    const { id } = await ask();
    const ban = () => stage.run(banUser, { actor: admin(), path: { userId: BRAND_ID }, body: { reason: "fraud" } });
    const put: ExportFiles["put"] = async (...part) => {
      await ban();
      return stage.exportFiles.put(...part);
    };
    await written({ exportFiles: { ...stage.exportFiles, put } });
    expect(await stored(id)).toMatchObject({ status: "failed", failure: { code: "account.suspended" }, rows: 0 });
    expect(audited("export.failed")).toHaveLength(1);
    expect(stage.stored("openExports")).toMatchObject([{ open: [] }]);
  });

  test("a role that was taken away ends it, and keeps its file from them", async () => {
    const own = brand();
    const { id: made } = await ask({}, own);
    await written();
    const { id } = await ask({}, own);
    await stage.given("account", anAccount({ roles: ["creator"], version: 2 }));
    await written();
    expect(await stored(id)).toMatchObject({ failure: { code: "access.role_not_allowed" } });
    await expectRefused(stage, () => read(made, creator(BRAND_ID)), "access.role_not_allowed");
    expect(await read(made, admin())).toHaveProperty("url");
    for (const other of [brand(OTHER_BRAND_ID), creator()])
      await expectRefused(stage, () => read(made, other), "export.not_found");
  });

  test("a campaign that is nobody's to see any more ends it", async () => {
    const { campaignId } = await working(stage);
    const { id } = await ask({ kind: "submissions", campaignId }, creator());
    await removed(stage, campaignId);
    await written();
    expect(await stored(id)).toMatchObject({ status: "failed", failure: { code: "campaign.not_found" } });
  });
});
