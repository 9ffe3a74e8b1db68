/** A whole story, with everything that it leaves behind: no token, code, state or verifier is in any of it. */
import { expect, test } from "@jest/globals";
import { handler as listSocialAccounts } from "#lambdas/social/list-social-accounts";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { parseEvent } from "#shared/domain/events/outbox";
import { OutcomeUnknown } from "#shared/ports/outside";
import type { SocialNetwork, SocialNetworks } from "#shared/ports/social-networks";
import { sink } from "#shared/runtime/log";
import { CREATOR_ID } from "../../support/builders.ts";
import { everyRoute, issuer, type Said, wholeApi } from "../../support/whole-api.ts";
import { peopled } from "../../support/launched.ts";
import { creator } from "../../support/stage.ts";
import { mailed, notified } from "../notifications/deliveries.ts";
import { drained, later, memberOf, ranSync } from "./connecting.ts";

/** Every secret that goes to a network or comes from one. */
function overheard(networks: SocialNetworks, secrets: Set<string>): SocialNetworks {
  const noted = (tokens: SocialTokens): SocialTokens => {
    for (const one of [tokens.accessToken, tokens.refreshToken]) if (one !== null) secrets.add(one);
    return tokens;
  };
  return {
    of(platform) {
      const network: SocialNetwork = networks.of(platform);
      return {
        ...network,
        async exchange(code, consent) {
          for (const one of [code, consent.codeVerifier]) secrets.add(one);
          const granted = await network.exchange(code, consent);
          return { ...granted, tokens: noted(granted.tokens) };
        },
        refresh: async (tokens) => noted(await network.refresh(tokens)),
      };
    },
  };
}

test("nobody is told a token: not by a reply, the table, an event, a log line, a notification or a mail", async () => {
  const stage = await peopled();
  const said: string[] = [];
  sink.write = (line) => void said.push(line);
  const secrets = new Set<string>();
  const { socialNetworks } = stage;
  Object.assign(socialNetworks, overheard({ of: socialNetworks.of }, secrets));
  Object.assign(stage.ports, { socialNetworks });
  const api = await wholeApi(stage);
  const authorization = `Bearer ${issuer.sign(CREATOR_ID, ["creator"])}`;
  const routes = await everyRoute;
  const states = new Set<string>();
  const ask = async (name: string, given: object): Promise<Said> => {
    const action = routes.find((one) => one.name === name);
    if (action === undefined) throw new Error(`no ${name}`);
    const reply = await api(action, { authorization, key: `key-${said.length}`, ...given });
    if (name !== "requestSocialConsent") said.push(JSON.stringify(reply));
    return reply;
  };

  for (const platform of SocialPlatform.options) {
    const { body } = await ask("requestSocialConsent", { path: { platform } });
    states.add(String(body["state"]));
    const code = socialNetworks.consent(platform, memberOf(platform));
    const back = { path: { platform }, body: { code, state: body["state"] } };
    expect((await ask("connectSocialAccount", back)).status).toBe(201);
    expect((await ask("connectSocialAccount", { ...back, key: "again" })).status).toBe(409);
  }
  for (let round = 0; round < 3; round += 1) {
    later(stage, 6);
    await ranSync(stage);
    socialNetworks.fail("youtube.read", new OutcomeUnknown("it"));
    await drained(stage);
  }
  socialNetworks.withdraw("tiktok", "tiktok");
  later(stage, 6);
  await ranSync(stage);
  await drained(stage);
  const table = JSON.stringify(stage.table.all());
  for (const event of stage.stored("outboxEvent").map(parseEvent)) {
    await notified(stage, event);
    await mailed(stage, event);
  }
  await ask("disconnectSocialAccount", { path: { platform: "twitter" } });
  await ask("listSocialAccounts", {});
  await ask("getCreatorAnalytics", { path: { creatorId: CREATOR_ID } });

  const everything = [table, JSON.stringify(stage.table.all()), JSON.stringify(stage.mailSender.sent), ...said].join(
    "\n",
  );
  const verifiers = stage.stored("socialConsent").map(({ codeVerifier }) => String(codeVerifier));
  const tokens = [...secrets, ...states].filter((one) => !verifiers.includes(one));
  expect(tokens.length).toBeGreaterThan(20);
  expect(stage.stored("socialToken")).toHaveLength(3);
  expect(stage.mailSender.sent).toHaveLength(1);
  expect(tokens.filter((one) => everything.includes(one))).toEqual([]);
  // A verifier is good for nothing without its code, and is kept for its consent alone.
  const elsewhere = stage.table.all(({ pk }) => !String(pk).startsWith("SOCIAL_CONSENT"));
  expect(verifiers.filter((one) => [JSON.stringify(elsewhere), ...said].join("\n").includes(one))).toEqual([]);
  expect((await stage.run(listSocialAccounts, { actor: creator(CREATOR_ID) })).items).toHaveLength(4);
});
