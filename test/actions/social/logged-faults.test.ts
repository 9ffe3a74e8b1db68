/**
 * Real connectors, asked through the whole runtime, while their networks fail in every way that the stand-ins know: no line that is
 * logged, no reply, no run's record and nothing that is stored has a token, code, state, verifier or client secret in it.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { SQSEvent } from "aws-lambda";
import { handler as revokeSocialConsents } from "#lambdas/social/revoke-social-consents";
import { handler as workOnSocialAccounts } from "#lambdas/social/work-on-social-accounts";
import { memory } from "#shared/adapters/memory/index";
import { plusDays } from "#shared/domain/kernel/time";
import { SocialPlatform } from "#shared/domain/social/platform";
import { withinTime } from "#shared/ports/call-time";
import { implementQueue } from "#shared/runtime/implement-consumer";
import { sink } from "#shared/runtime/log";
import { kinds, type Kind } from "#infra/local/social/faults";
import type { Operation } from "#infra/local/social/network";
import { consentAs } from "#infra/local/social/scripted-consent";
import { CREATOR_ID } from "../../support/builders.ts";
import { lambdaContext } from "../../support/gateway.ts";
import { peopled } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { type SocialStage, socialStage } from "../../support/social-stage.ts";
import type { TestStage } from "../../support/stage.ts";
import { everyRoute, issuer, wholeApi } from "../../support/whole-api.ts";

let networks: SocialStage;
let stage: TestStage;
let api: Awaited<ReturnType<typeof wholeApi>>;
let lines: string[];
beforeAll(async () => {
  networks = await socialStage();
});
afterAll(() => networks.stop());
beforeEach(async () => {
  lines = [];
  sink.write = (line) => void lines.push(line);
  stage = await peopled();
  Object.assign(stage.ports, { socialNetworks: { of: networks.of } });
  api = await wholeApi(stage);
  Object.assign(process.env, environment);
});
afterEach(() => {
  for (const name of Object.keys(environment)) delete process.env[name];
});

const environment = {
  ...{ TABLE_NAME: "t", SOCIAL_QUEUE_URL: "q", SOCIAL_NETWORKS: "n", SOCIAL_SECRET_ARN: "s" },
  ...{ APP_URL: "a", TOKEN_KEY_ARN: "k", TOKEN_KEY_ORIGIN: "o" },
};
/** What is waited for where nothing comes. */
const PATIENCE_MS = 100;
const soon = <R>(kind: Kind, act: () => Promise<R>): Promise<R> =>
  kind.startsWith("timeout") ? withinTime(PATIENCE_MS, act) : act();

/** Everything that was said to anybody, and what must not be in it. */
const said: string[] = [];
const secrets = new Set<string>();
let keys = 0;
async function ask(name: string, platform: SocialPlatform, body?: object) {
  const action = (await everyRoute).find((one) => one.name === name);
  if (action === undefined) throw new Error(`no ${name}`);
  const authorization = `Bearer ${issuer.sign(CREATOR_ID, ["creator"])}`;
  const reply = await api(action, { authorization, path: { platform }, body, key: `key-${(keys += 1)}` });
  if (name !== "requestSocialConsent") said.push(JSON.stringify(reply));
  return reply;
}

async function connecting(platform: SocialPlatform) {
  const { body } = await ask("requestSocialConsent", platform);
  const { code } = await consentAs("mia.makes", String(body["authorizationUrl"]));
  for (const secret of [code, String(body["state"])]) secrets.add(secret);
  return () => ask("connectSocialAccount", platform, { code, state: body["state"] });
}
const disconnect = (platform: SocialPlatform) => ask("disconnectSocialAccount", platform);

/** A message of the queue, in the function's own handler. */
function worked(platform: SocialPlatform, task: "sync" | "renew") {
  const { contract, run } = workOnSocialAccounts;
  const ports = {
    ...memory(stage.table),
    socialNetworks: () => ({ of: networks.of }),
    tokenSeals: () => stage.tokenSeals,
    socialQueue: () => stage.socialQueue,
  };
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const handler = implementQueue(contract, ports as never, run, world as never);
  const body = JSON.stringify({ task, userId: CREATOR_ID, platform });
  return handler({ Records: [{ messageId: "m", body }] } as SQSEvent, lambdaContext());
}

/** What is asked of a network while it fails, from whatever state there is. */
const ways: Readonly<Record<Operation, (platform: SocialPlatform, kind: Kind) => Promise<void>>> = {
  exchange: (platform, kind) => failing(platform, "exchange", kind),
  profile: (platform, kind) => failing(platform, "profile", kind),
  posts: (platform, kind) => failing(platform, "posts", kind),
  async refresh(platform, kind) {
    await (
      await connecting(platform)
    )();
    const before = stage.clock.now;
    stage.clock.now = plusDays(before, 61);
    networks.pass(86_400);
    networks.fault({ platform, operation: "refresh", kind });
    await soon(kind, () => worked(platform, "renew"));
    networks.stage.faults.clear();
    stage.clock.now = before;
    await disconnect(platform);
  },
  async revoke(platform, kind) {
    await (
      await connecting(platform)
    )();
    networks.fault({ platform, operation: "revoke", kind, times: 2 });
    await soon(kind, () => disconnect(platform));
    stage.clock.now = plusDays(stage.clock.now, 1);
    const run = await soon(kind, () =>
      ranJob(stage, revokeSocialConsents, {
        adapters: { socialNetworks: () => ({ of: networks.of }), tokenSeals: () => stage.tokenSeals },
      }),
    ).catch((error: unknown) => String(error));
    said.push(JSON.stringify(run));
    networks.stage.faults.clear();
  },
};
async function failing(platform: SocialPlatform, operation: Operation, kind: Kind): Promise<void> {
  const connect = await connecting(platform);
  networks.fault({ platform, operation, kind });
  const { status } = await soon(kind, connect);
  networks.stage.faults.clear();
  if (status === 201) await disconnect(platform);
}

const operations = Object.keys(ways) as Operation[];

test.each(SocialPlatform.options)(
  "nothing secret is said when %s fails, however it does",
  async (platform) => {
    for (const operation of operations) for (const kind of kinds) await ways[operation](platform, kind);
    for (const one of networks.allSecrets()) secrets.add(one);
    for (const { codeVerifier } of stage.stored("socialConsent")) secrets.add(String(codeVerifier));
    const elsewhere = stage.table.all(({ pk }) => !String(pk).startsWith("SOCIAL_CONSENT"));
    const everything = [...lines, ...said, JSON.stringify(elsewhere), JSON.stringify(stage.socialQueue.sent)].join(
      "\n",
    );

    expect(secrets.size).toBeGreaterThan(operations.length * kinds.length);
    expect(lines.length).toBeGreaterThan(operations.length * kinds.length);
    expect([...secrets].filter((one) => everything.includes(one))).toEqual([]);
    // What went wrong was told all the same, by errors' own descriptions.
    expect(lines.filter((line) => line.includes('"stack"')).length).toBeGreaterThan(0);
  },
  60_000,
);
