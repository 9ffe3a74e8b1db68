import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Item, Key } from "#shared/table/engine";
import type { Unit } from "#shared/domain/invitations/participant";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aBudget, aCampaign, aFunding, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { type TestStage } from "../../support/stage.ts";
import {
  accepted,
  advanced,
  auditRows,
  brokenInvariants,
  chargedBack,
  END,
  invited,
  launched,
  OTHER_CREATOR_ID,
  peopled,
  toldOfStatus,
} from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const BEFORE_END = "2026-12-30T23:59:59.999Z";
const statusOf = async (campaignId: string) => (await stage.ports.campaigns.get(campaignId))?.status;
const without = (stored: readonly Readonly<Record<string, unknown>>[]) =>
  stored.filter((item) => !isOf(items.jobLease, item) && !isOf(items.jobRun, item));

describe("the hourly job", () => {
  test("starts at the start, completes at the end, and not a millisecond before", async () => {
    const id = await launched(stage, { timeline: { start: "2026-12-01T00:00:00Z", end: END } });
    for (const [at, status, counts] of [
      ["2026-11-30T23:59:59.999Z", "scheduled", {}],
      ["2026-12-01T00:00:00.000Z", "active", { active: 1 }],
      [BEFORE_END, "active", {}],
      [END, "completed", { completed: 1 }],
      [END, "completed", {}],
    ] as const) {
      stage.clock.now = at;
      expect((await advanced(stage)).counts).toEqual(counts);
      expect(await statusOf(id)).toBe(status);
    }
    expect(auditRows(stage, "campaign.status_changed")).toHaveLength(2);
    expect(stage.outbox().filter((type) => type === "campaign.status_changed")).toHaveLength(2);
  });

  test("gives what is promised to nobody back at the end, once, and keeps what is secured", async () => {
    const id = await launched(stage);
    await invited(stage, id);
    await accepted(stage, id);
    stage.clock.now = END;
    expect(await advanced(stage)).toMatchObject({ outcome: "succeeded", counts: { completed: 1 } });
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 80_000, reserved: 20_000 });
    expect(await stage.ports.campaigns.budget(id)).toMatchObject({ unassigned: 0, secured: 20_000, spent: 0 });
    const settled = without(stage.table.all());
    expect((await advanced(stage)).counts).toEqual({});
    expect(without(stage.table.all())).toEqual(settled);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("pays what the brand owes with what comes back, and only leaves it the rest", async () => {
    const id = await launched(stage);
    await invited(stage, id);
    await accepted(stage, id);
    await chargedBack(stage, 70_000);
    stage.clock.now = END;
    await advanced(stage);
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 10_000, disputesReceivable: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("takes a campaign that slept through both through both", async () => {
    const id = await launched(stage, { timeline: { start: "2026-12-01T00:00:00Z", end: END } });
    stage.clock.now = END;
    await advanced(stage);
    expect(await statusOf(id)).toBe("completed");
    const changes = auditRows(stage, "campaign.status_changed").map((row) => JSON.stringify(row["changes"]));
    expect(changes.sort()).toEqual([
      '[{"field":"status","before":"active","after":"completed"}]',
      '[{"field":"status","before":"scheduled","after":"active"}]',
    ]);
  });

  test("completes a paused campaign at its end", async () => {
    await stage.given("campaign", aCampaign({ status: "paused" }));
    await stage.given("budget", aBudget({ status: "paused" }));
    await stage.given("funding", aFunding());
    stage.clock.now = END;
    await advanced(stage);
    expect(await statusOf(CAMPAIGN_ID)).toBe("completed");
  });

  test.each([
    ["spent", { spent: 10 }, "paused"],
    ["all secured", { secured: 10 }, "active"],
    ["partly unassigned", { spent: 9, unassigned: 1 }, "active"],
    ["all taken back", {}, "active"],
  ])("leaves a running campaign whose budget is %s as it should be", async (_what, figures, status) => {
    await stage.given("campaign", aCampaign({ status: "active" }));
    await stage.given("budget", aBudget(figures));
    await advanced(stage);
    await advanced(stage);
    expect(await statusOf(CAMPAIGN_ID)).toBe(status);
    expect(auditRows(stage, "campaign.status_changed")).toHaveLength(status === "paused" ? 1 : 0);
  });

  test("goes on when one campaign fails, and says so", async () => {
    const broken = "cmp_00000000000000000000000900";
    await stage.given("campaign", aCampaign({ id: broken, status: "active" }));
    const id = await launched(stage);
    stage.clock.now = END;
    expect(await advanced(stage)).toMatchObject({ outcome: "partial", counts: { failed: 1, completed: 1 } });
    expect([await statusOf(broken), await statusOf(id)]).toEqual(["active", "completed"]);
  });

  test("run twice at once does the work once", async () => {
    const id = await launched(stage);
    stage.clock.now = END;
    const runs = await Promise.all([advanced(stage), advanced(stage)]);
    expect(runs.map(({ outcome }) => outcome).sort()).toEqual(["skipped", "succeeded"]);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
    expect(await statusOf(id)).toBe("completed");
  });

  test("beside an acceptance at the same moment, returns what the acceptance left", async () => {
    const id = await launched(stage);
    await invited(stage, id);
    const acceptance = accepted(stage, id);
    stage.clock.now = END;
    const [answer] = await Promise.allSettled([acceptance, advanced(stage)]);
    const secured = answer.status === "fulfilled" ? 20_000 : 0;
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000 - secured, reserved: secured });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});

describe("units nobody began", () => {
  async function ended(): Promise<string> {
    const id = await launched(stage, { timeline: { start: "2026-11-25T00:00:00Z", end: END } });
    for (const creatorId of [CREATOR_ID, OTHER_CREATOR_ID]) {
      await invited(stage, id, { creatorId, expiresAt: END });
      await accepted(stage, id, creatorId);
    }
    return id;
  }
  const withUnits = async (campaignId: string, parts: readonly Partial<Unit>[]) => {
    const participant = await stage.ports.participants.get(campaignId, CREATOR_ID);
    if (participant === undefined) throw new Error("there is no participant");
    const units = participant.units.map((unit, at) => ({ ...unit, ...parts[at] }));
    await stage.given("participant", { ...participant, units });
  };

  test("are released for every participant when the campaign ends: the whole price is the brand's again", async () => {
    const id = await ended();
    stage.clock.now = END;
    await advanced(stage);
    await toldOfStatus(stage, id, "completed");
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
    expect(await stage.ports.participants.get(id, CREATOR_ID)).toMatchObject({
      status: "completed",
      units: [{ state: "released" }, { state: "released" }],
    });
    const settled = stage.table.all();
    await toldOfStatus(stage, id, "completed");
    expect(stage.table.all()).toEqual(settled);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("pay also a debt that comes while they are released: that is decided again", async () => {
    const id = await ended();
    stage.clock.now = END;
    await advanced(stage);
    await toldOfStatus(stage, id, "completed", () => chargedBack(stage, 90_000));
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ available: 10_000, disputesReceivable: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("are released alone: units with a submission, also with changes asked for, stay secured", async () => {
    const id = await ended();
    await withUnits(id, [
      { state: "open", rounds: 1 },
      { state: "submitted", rounds: 1 },
    ]);
    stage.clock.now = END;
    await advanced(stage);
    await toldOfStatus(stage, id, "completed");
    expect(await stage.ports.campaigns.budget(id)).toMatchObject({ secured: 20_000, unassigned: 0, spent: 0 });
    expect(await stage.ports.participants.get(id, CREATOR_ID)).toMatchObject({
      status: "active",
      units: [{ state: "open" }, { state: "submitted" }],
    });
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("are released of everybody whose participation can be read, whoever's cannot", async () => {
    const id = await ended();
    const [first, second] = [CREATOR_ID, OTHER_CREATOR_ID].sort() as [string, string];
    stage.clock.now = END;
    await advanced(stage);
    const row = stage.stored("participant").find(({ creatorId }) => creatorId === first);
    const unreadable = { ...(row as Item & Key), units: "?" };
    await stage.table.write({ kind: "put", item: unreadable, when: { any: true } });
    await expect(toldOfStatus(stage, id, "completed")).rejects.toThrow();
    const released = await stage.ports.participants.get(id, second);
    expect(released?.units.map(({ state }) => state)).toEqual(["released", "released"]);
  });

  test("stay theirs while the campaign runs", async () => {
    const id = await ended();
    const before = stage.table.all();
    await toldOfStatus(stage, id, "active");
    expect(stage.table.all()).toEqual(before);
  });

  test("are released whatever the order of two deliveries at once", async () => {
    const id = await ended();
    stage.clock.now = END;
    await advanced(stage);
    await Promise.all([toldOfStatus(stage, id, "completed"), toldOfStatus(stage, id, "completed")]);
    expect(await stage.walletOf(BRAND_ID)).toMatchObject({ available: 100_000, reserved: 0 });
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
