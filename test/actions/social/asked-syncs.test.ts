import { expect, test } from "@jest/globals";
import { handler as requestSocialSync } from "#lambdas/social/request-social-sync";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import { admin } from "../../support/stage.ts";
import { eventsOf, startedSync } from "./connecting.ts";

test("of everybody's accounts 32 go into the queue at once: one by one, a hundred thousand would outlast the call", async () => {
  const stage = await peopled();
  await stage.run(requestSocialSync, { actor: admin() });
  async function* connected() {
    for (let at = 0; at < 100; at += 1) yield await Promise.resolve({ userId: CREATOR_ID, platform: "tiktok" });
  }
  let [underWay, most, sent] = [0, 0, 0];
  const send = async () => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    sent += 1;
  };

  const asked = eventsOf(stage, "social.sync_requested").at(-1) as never;
  await startedSync(stage, asked, { socialAccounts: { connected }, socialQueue: { send } });

  expect([most, sent]).toEqual([32, 100]);
});
