import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listParticipants } from "#lambdas/invitations/list-participants";
import { handler as listSubmissions } from "#lambdas/submissions/list-submissions";
import { handler as listUsers } from "#lambdas/users/list-users";
import { handler as listWalletTransactions } from "#lambdas/wallets/list-wallet-transactions";
import { exportedViews } from "#shared/contracts/exported-rows";
import { getExport, requestExport } from "#shared/contracts/exports";
import { ulidOf } from "#shared/domain/kernel/ulid";
import { plusHours } from "#shared/domain/kernel/time";
import type { ExportFiles } from "#shared/ports/exports";
import { Unavailable } from "#shared/ports/outside";
import { anEarning } from "../../support/money-builders.ts";
import { anAccount, aParticipant, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_BRAND_ID, OTHER_CREATOR_ID, paidIn, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { submitted, working } from "../submissions/delivered.ts";
import { exporting, type Exporting } from "./exporting.ts";

let stage: TestStage;
let { ask, read, stored, file, turn, turnsDue, written, audited }: Exporting = {} as Exporting;
beforeEach(async () => {
  stage = await peopled();
  ({ ask, read, stored, file, turn, turnsDue, written, audited } = exporting(stage));
});

const idsIn = (lines: readonly string[]): (string | undefined)[] => lines.slice(1).map((line) => line.split(",")[0]);

describe("an export", () => {
  test("is asked for, written, and then read with a link; each with its row of the audit", async () => {
    await paidIn(stage, 5_000);
    const queued = await ask();
    expect(requestExport.reply.parse(queued)).toMatchObject({ kind: "transactions", format: "csv", status: "queued" });
    expect(await read(queued.id)).not.toHaveProperty("url");
    await written();
    const whole = await read(queued.id);
    expect(getExport.reply.parse(whole)).toMatchObject({
      status: "completed",
      rows: 1,
      url: expect.stringContaining(queued.id),
      urlExpiresAt: "2026-11-25T12:15:00.000Z",
      expiresAt: "2026-12-02T12:00:00.000Z",
    });
    const content = stage.exportFiles.content(await stored(queued.id));
    expect(Buffer.byteLength(content ?? "")).toBe(whole.sizeBytes);
    expect(audited("export.requested")).toMatchObject([
      { actorId: BRAND_ID, resource: { type: "export", id: queued.id } },
    ]);
    const [receipt] = audited("export.completed");
    expect(receipt?.["changes"]).toEqual(
      Object.entries({
        userId: BRAND_ID,
        kind: "transactions",
        format: "csv",
        rows: 1,
        sizeBytes: whole.sizeBytes,
      }).map(([field, after]) => ({ field, before: null, after })),
    );
  });

  test("of nothing is a file with a head, or an empty one", async () => {
    expect(await file({})).toEqual([
      expect.stringMatching(/^id,createdAt,userId,type,status,currency,amountMinor,amount,/),
    ]);
    expect(await file({ format: "json" })).toEqual([]);
  });

  test("of JSON has on each line what the list of the same things shows", async () => {
    for (const amount of [5_000, 6_000]) await paidIn(stage, amount);
    const { items } = await stage.run(listWalletTransactions, { actor: brand() });
    const lines = await file({ format: "json" });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      items.map((one) => exportedViews.transactions.parse(one)),
    );
    expect(lines).toHaveLength(2);
  });

  test("is somebody's own: their transactions, and everybody's for an admin alone", async () => {
    await paidIn(stage, 5_000);
    await paidIn(stage, 6_000, OTHER_BRAND_ID);
    const own = await file({}, brand());
    const others = await file({}, brand(OTHER_BRAND_ID));
    expect([own.length, others.length]).toEqual([2, 2]);
    expect(idsIn(own)).not.toEqual(idsIn(others));
    expect(idsIn(await file({}, admin())).sort()).toEqual([...idsIn(own), ...idsIn(others)].sort());
  });

  test("of a campaign is all of it for its brand, and of a creator their own slice", async () => {
    const work = await working(stage);
    const other = { campaignId: work.campaignId, creatorId: OTHER_CREATOR_ID, id: `prt_${"9".repeat(26)}` };
    await stage.given("participant", aParticipant(other));
    const { id } = await submitted(stage, work);
    for (const kind of ["participants", "submissions"] as const) {
      const list = kind === "participants" ? listParticipants : listSubmissions;
      for (const actor of [brand(), creator(), creator(OTHER_CREATOR_ID), admin()]) {
        const { items } = await stage.run(list as typeof listParticipants, {
          actor,
          path: { campaignId: work.campaignId },
        });
        const lines = await file({ kind, format: "json", campaignId: work.campaignId }, actor);
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
          items.map((one) => exportedViews[kind].parse(one as never)),
        );
        expect(await file({ kind, campaignId: work.campaignId }, actor)).toHaveLength(items.length + 1);
      }
    }
    expect(idsIn(await file({ kind: "submissions", campaignId: work.campaignId }))).toEqual([id]);
  });

  test("of figures has the total, each day and each creator", async () => {
    const { campaignId } = await working(stage);
    const asked = { kind: "campaign-analytics", campaignId };
    const [head = "", ...rows] = await file(asked);
    const of = head.split(",").indexOf("of");
    expect(rows.map((row) => row.split(",")[of])).toEqual(["total", "creator"]);
    expect(await file(asked, creator())).toHaveLength(3);
    const [total = "{}"] = await file({ ...asked, format: "json" });
    expect(JSON.parse(total)).toMatchObject({ of: "total", timeZone: "UTC", byClass: { valid: 0 } });
  });

  test("of people and of the audit trail is an admin's", async () => {
    await stage.given("account", anAccount({ id: CREATOR_ID, fullName: "=1+1", phone: "+1 555", roles: ["creator"] }));
    const { items } = await stage.run(listUsers, { actor: admin() });
    const people = await file({ kind: "users" }, admin());
    expect(people).toHaveLength(items.length + 1);
    expect(people.join("\n")).toContain(`${CREATOR_ID},brand@example.com,'=1+1,'+1 555,creator,active,`);
    expect((await file({ kind: "audit-logs" }, admin())).length).toBeGreaterThan(1);
  });

  test("of what has its time in its id reads what was made within its bounds, also what was written late", async () => {
    const earned = (at: string, byId = at) => {
      const id = `ern_${ulidOf(Date.parse(byId), new Uint8Array(16))}`;
      return stage.given("earning", anEarning({ id, createdAt: at })).then(() => id);
    };
    await earned("2026-11-20T09:59:59.999Z");
    const first = await earned("2026-11-20T10:00:00.000Z", "2026-11-20T09:45:00.000Z");
    const last = await earned("2026-11-20T11:00:00.000Z");
    await earned("2026-11-20T11:00:00.001Z", "2026-11-20T10:50:00.000Z");
    await earned("2026-11-20T13:00:00.000Z");
    const bounds = { from: "2026-11-20T10:00:00Z", to: "2026-11-20T11:00:00Z" };
    for (const actor of [creator(), admin()]) {
      const between = async (asked: Partial<typeof bounds>) => idsIn(await file({ kind: "earnings", ...asked }, actor));
      expect(await between(bounds)).toEqual([last, first]);
      expect(await between({ from: bounds.from })).toHaveLength(4);
      expect(await between({ to: bounds.to })).toHaveLength(3);
    }
    expect(await file({ kind: "earnings", campaignId: `cmp_${"9".repeat(26)}` }, creator())).toHaveLength(1);
  });

  test("may be bounded by days or instants", async () => {
    await stage.given(
      "account",
      anAccount({ id: CREATOR_ID, createdAt: "2026-11-20T23:59:59.999Z", roles: ["creator"] }),
    );
    const since = (from: string, to: string) => file({ kind: "users", from, to }, admin());
    expect(idsIn(await since("2026-11-20", "2026-11-20"))).toEqual([CREATOR_ID]);
    expect(idsIn(await since("2026-11-21", "2026-11-21"))).toEqual([]);
    expect(idsIn(await since("2026-11-20T23:00:00Z", "2026-11-21T01:00:00+01:00"))).toEqual([CREATOR_ID]);
  });
});

describe("a file", () => {
  test("can be fetched for some days, by links that never outlive it", async () => {
    const { id } = await ask();
    await written();
    stage.clock.now = "2026-12-02T11:59:00.000Z";
    expect(await read(id)).toMatchObject({ status: "completed", urlExpiresAt: "2026-12-02T12:00:00.000Z" });
    stage.clock.now = plusHours(stage.clock.now, 1);
    const gone = await read(id);
    expect(gone).toMatchObject({ status: "expired" });
    expect(gone).not.toHaveProperty("url");
  });

  test("that the store is not there for is written with the event's next delivery", async () => {
    await paidIn(stage, 5_000);
    const { id } = await ask();
    const away = () => Promise.reject(new Unavailable("the store of files"));
    for (const [step, left] of [
      ["put", "queued"],
      ["complete", "running"],
    ] as const) {
      const [event] = turnsDue();
      if (event === undefined) throw new Error("no turn is due");
      await expect(turn(event, { exportFiles: { ...stage.exportFiles, [step]: away } })).rejects.toMatchObject({
        refusal: { code: "request.unavailable" },
      });
      expect(await read(id)).toMatchObject({ status: left });
      for (let delivery = 0; delivery < 2; delivery += 1) await turn(event);
    }
    expect(await read(id)).toMatchObject({ status: "completed", rows: 1 });
    expect(audited("export.completed")).toHaveLength(1);
  });

  test("that is there already, when somebody else changed what its turn changes, is not begun again", async () => {
    const { id } = await ask();
    const complete: ExportFiles["complete"] = async (...those) => {
      const isWhole = await stage.exportFiles.complete(...those);
      if (stage.stored("export").length === 1) await ask();
      return isWhole;
    };
    await written({ exportFiles: { ...stage.exportFiles, complete } });
    expect(await stored(id)).toMatchObject({ status: "completed", attempt: 1, turn: 2 });
    expect(stage.stored("openExports")).toMatchObject([{ open: [] }]);
  });
});
