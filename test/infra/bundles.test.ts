/** Every bundle as it is deployed: it starts, and makes every adapter that its contract asks for. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { build, type Metafile } from "esbuild";
import { bundleFolder } from "#infra/build/bundle-folder";
import { onlyNeeded } from "#infra/build/only-needed";
import { root } from "#infra/build/root";
import { networkSettingsOf } from "#infra/social-networks";
import { stageFrom } from "#infra/stages";
import { actionsWith } from "#shared/contracts/index";
import { isForCreators, isGuarded, takesApiKey, takesDryRun } from "#shared/contracts/implied";
import { getMe } from "#shared/contracts/users";
import { catalogue } from "#shared/ports/catalogue";
import { metafileOf } from "./bundle-once.ts";
import { contexts } from "./synth.ts";

const NO_ONE_LISTENS = "http://127.0.0.1:9";
const environment = {
  ...Object.fromEntries(
    Object.values(catalogue).flatMap((row) => row.environment.map((name) => [name, "us-east-1_x"])),
  ),
  PATH: process.env["PATH"],
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL: NO_ONE_LISTENS,
  OVERFLOW_QUEUE_URL: NO_ONE_LISTENS,
  STRIPE_EVENTS_QUEUE_URL: NO_ONE_LISTENS,
  AWS_ACCESS_KEY_ID: "a",
  AWS_SECRET_ACCESS_KEY: "s",
  AWS_MAX_ATTEMPTS: "1",
  // These are read at the start, as JSON.
  PAYOUT_MINIMUMS: "{}",
  PLATFORM_FEE_SCHEDULE: "[]",
  PROCESSOR_FEE_BOUNDS: "{}",
  STAGE_FEATURES: "[]",
  SOCIAL_NETWORKS: JSON.stringify(networkSettingsOf(stageFrom((name) => ({ ...contexts.prod, stage: "prod" })[name]))),
  TOKEN_KEY_ORIGIN: NO_ONE_LISTENS,
};

/** What comes of starting and calling each file, in a fresh process, and what they log meanwhile. */
function started(files: readonly string[]) {
  const script = join(root, "test", "support", "started-bundle.mjs");
  const printed = execFileSync(process.execPath, [script, ...files], { encoding: "utf8", env: environment });
  const lines = printed.split("\n");
  return { outcomes: JSON.parse(lines.pop() ?? "") as Record<string, unknown>, logged: lines.join("\n") };
}

/** Bundles of production. */
const features = { testClock: false };
const actions = actionsWith(features);

/** What would be said of an adapter that is not there, or cannot be made. */
const lacking = /left out|missing environment|is not a function|undefined/;

test("every bundle starts, and has what its contract asks for", () => {
  const fileOf = (kebabName: string) => join(bundleFolder(kebabName, features), "index.mjs");
  const { outcomes, logged } = started(actions.map(({ kebabName }) => fileOf(kebabName)));
  for (const { kebabName, contract } of actions) {
    // Whoever calls is asked when everything is made.
    const outcome = isGuarded(contract) ? 401 : expect.not.stringMatching(lacking);
    expect({ kebabName, outcome: outcomes[fileOf(kebabName)] }).toEqual({ kebabName, outcome });
  }
  // The filter of its alarm leaves this name out, which is not to be minified.
  expect(outcomes[fileOf("validate-sign-up")]).toMatch(/^FlowRefused: /);
  // A consumer's failure is in its log.
  expect(logged).not.toMatch(lacking);
}, 120_000);

test("a bundle that lacks a noun says which when it is called", async () => {
  const entry = join(root, "lambdas/wallets/get-wallet.ts");
  const outfile = join(root, ".cache", "bundles", "lacking.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    plugins: [onlyNeeded(new Map([[entry, getMe]]))],
  });
  expect(started([outfile]).outcomes[outfile]).toMatch(/^\w+: wallets is left out/);
}, 60_000);

/** Which of our own files are in each bundle, by its action. */
const filesIn = ({ outputs }: Metafile): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(outputs).map(([path, { inputs }]) => [path.split("/").at(-2) ?? path, Object.keys(inputs)]));
test("what people are told is in the bundles of what can be rehearsed, and of no other action of the API", () => {
  const files = filesIn(metafileOf(features));
  const holds = ({ kebabName }: (typeof actions)[number]) =>
    files.get(kebabName)?.some((file) => file.startsWith("shared/domain/notifications/tellings/"));
  // The contracts of what tells people name its events; what answers unknown routes knows every contract.
  const others = actions.filter(
    ({ area, contract }) => contract.trigger === "http" && area !== "notifications" && !contract.catchAll,
  );
  expect(others.filter(holds).map(({ name }) => name)).toEqual(
    others.filter(({ contract }) => takesDryRun(contract)).map(({ name }) => name),
  );
});

test("of the runtime, the catalogue and its optional parts are where a contract has a use for them", () => {
  const files = filesIn(metafileOf(features));
  const holding = (file: string) =>
    actions.filter(({ kebabName }) => files.get(kebabName)?.includes(`shared/${file}.ts`)).map(({ name }) => name);
  const using = (uses: (contract: (typeof actions)[number]["contract"]) => boolean) =>
    actions.filter(({ contract }) => uses(contract)).map(({ name }) => name);
  // All capabilities there are would be 12 kB of each.
  expect(holding("ports/catalogue")).toEqual([]);
  expect(holding("runtime/api-key")).toEqual(using(takesApiKey));
  expect(holding("runtime/middleware/sighting")).toEqual(using(isForCreators));
  expect(holding("runtime/rehearsal")).toEqual(using(takesDryRun));
  const seals = using((contract) => contract.trigger === "http" && contract.sealsReply === true);
  expect(seals.length).toBeGreaterThan(0);
  expect(holding("runtime/sealed-reply")).toEqual(seals);
});

const ofTestClock = (files: readonly string[]) => files.filter((file) => file.startsWith("shared/test-clock/"));

test("bundles have a test clock where the stage has one, and otherwise not a byte of it", () => {
  expect([...filesIn(metafileOf(features)).values()].flatMap(ofTestClock)).toEqual([]);
  const served = (of: typeof features) => {
    const bundled = readFileSync(join(bundleFolder("get-open-api", of), "index.mjs"), "utf8");
    const [, packed = ""] = /"(H4sI[A-Za-z0-9+/=]+)"/.exec(bundled) ?? [];
    return gunzipSync(Buffer.from(packed, "base64")).toString("utf8");
  };
  const words = ['"/v1/admin/clock":{', '"ClockMove":{', '"clock.not_backwards":{'];
  const told = (of: typeof features) => words.filter((word) => served(of).includes(word));
  expect([told(features), told({ testClock: true })]).toEqual([[], words]);
  const movable = filesIn(metafileOf({ testClock: true }));
  expect([...movable.keys()].sort()).toEqual(
    actionsWith({ testClock: true })
      .map(({ kebabName }) => kebabName)
      .sort(),
  );
  for (const [name, files] of movable) {
    const both = ["shared/test-clock/clock.ts", "shared/test-clock/handler.ts"];
    expect([name, ofTestClock(files).sort()]).toEqual([name, both]);
    expect([name, files]).toEqual([name, expect.not.arrayContaining(["shared/runtime/clock.ts"])]);
  }
  // One entry that is wrapped starts, and asks for the clock before it does anything.
  const file = join(bundleFolder("get-health", { testClock: true }), "index.mjs");
  expect(started([file]).outcomes[file]).toMatch(/ECONNREFUSED/);
}, 60_000);
