import { expect, test } from "@jest/globals";
import { created } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { anAccount, BRAND_ID } from "../support/builders.ts";
import { brand, testStage, unaudited } from "../support/stage.ts";
import { things } from "../support/things.ts";

test("a person's change without a row of the audit is refused by the stage that actions are tested on", async () => {
  const stage = testStage();
  await stage.given("account", anAccount({ id: BRAND_ID }));
  const commit = (actor = brand()) =>
    stage.granted(["links:write", "notifications:write"], {
      actor,
      now: stage.clock.now,
      requestId: "r",
      newId: stage.newId,
    }).commit;
  const [link] = things.link;
  const [notification] = things.notification;
  const change = { entities: [created("link", link)] };
  await expect(commit()(change)).rejects.toThrow("a person changes link without an audit note");
  const both = { entities: [created("notification", notification), ...change.entities] };
  await expect(commit()(both)).rejects.toThrow("without an audit note");
  expect(stage.stored("link")).toEqual([]);
  await commit()({ ...change, audit: { action: "link.created", resource: { type: "link", id: link.code } } });
  await commit()({ entities: [created("notification", { ...notification, readAt: stage.clock.now })] });
  await commit(systemActor("job"))({ entities: [created("link", { ...link, code: "other23456" })] });
  expect(stage.stored("auditEntry")).toHaveLength(1);
  expect(Object.keys(unaudited)).toEqual(["notification", "testClock"]);
});
