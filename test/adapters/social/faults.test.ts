/** Networks that fail, in every way that the stand-ins know: what is told of it, and that nothing else is. */
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { OwnError } from "#shared/domain/kernel/own-error";
import { withinTime } from "#shared/ports/call-time";
import { describeError } from "#shared/runtime/describe-error";
import { kinds, type Kind } from "#infra/local/social/faults";
import { type Operation, operations } from "#infra/local/social/network";
import { consent, type SocialStage, socialStage } from "../../support/social-stage.ts";

let stage: SocialStage;
beforeAll(async () => {
  stage = await socialStage();
});
afterAll(() => stage.stop());

const DAY = 86_400;
/** What is waited for where nothing comes. */
const PATIENCE_MS = 50;

const reads: readonly Operation[] = ["profile", "posts"];
/** Where a network has no such request, nothing can go wrong with it. */
const has = (platform: SocialPlatform, operation: Operation): boolean =>
  !(operation === "revoke" && ["instagram", "linkedin"].includes(platform)) &&
  !(operation === "refresh" && platform === "linkedin");

/** What a fault is told as: of a change, no answer says neither that it happened nor that it did not. */
function toldAs(kind: Kind, platform: SocialPlatform, operation: Operation): string {
  if (kind === "busy") return "NetworkBusy";
  if (kind === "refused_200" && operation === "revoke") return "nothing";
  // Of these two what is read has a no in its status alone: the rest is an answer of another shape.
  const isInStatus = reads.includes(operation) && ["twitter", "linkedin"].includes(platform);
  if (kind === "refused_200") return isInStatus ? "Unavailable" : "NetworkRefused";
  // Of a revocation only the status is believed: its body is documented as empty.
  if (operation === "revoke" && ["html", "huge_body", "wrong_types"].includes(kind)) return "nothing";
  return reads.includes(operation) ? "Unavailable" : "OutcomeUnknown";
}

async function ask(platform: SocialPlatform, operation: Operation): Promise<() => Promise<unknown>> {
  const network = stage.of(platform);
  if (operation === "exchange") {
    const code = await stage.codeOf(platform);
    return () => network.exchange(code, consent);
  }
  const tokens = await stage.tokensOf(platform);
  if (operation === "refresh") stage.pass(platform === "instagram" ? DAY : 1);
  const calls = { refresh: network.refresh, revoke: network.revoke, profile: network.read, posts: network.read };
  return () => calls[operation](tokens);
}

/** The error that it ended with, or undefined. */
const endOf = async (call: () => Promise<unknown>, patienceMs: number): Promise<unknown> =>
  withinTime(patienceMs, call).then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(SocialPlatform.options)("%s", (platform) => {
  const cases = operations
    .filter((operation) => has(platform, operation))
    .flatMap((operation) => kinds.filter((kind) => kind !== "stranger").map((kind) => [operation, kind] as const));

  test.each(cases)("%s: %s", async (operation, kind) => {
    const call = await ask(platform, operation);
    stage.fault({ platform, operation, kind });
    const error = await endOf(call, kind.startsWith("timeout") ? PATIENCE_MS : 5_000);
    stage.stage.faults.clear();
    expect(error === undefined ? "nothing" : (error as Error).name).toBe(toldAs(kind, platform, operation));
    expectSilence(error);
  });

  test("asks nothing once the call's time is up", async () => {
    const tokens = await stage.tokensOf(platform);
    await expect(withinTime(0, () => stage.of(platform).read(tokens))).rejects.toThrow("time is up");
  });

  test("is not there at all: nothing was changed by it", async () => {
    const nowhere = stage.connected(await nobodyThere()).of(platform);
    const tokens = { ...(await stage.tokensOf(platform)), refreshToken: "r" };
    await expect(nowhere.exchange("code", consent)).rejects.toMatchObject({ name: "Unavailable" });
    await expect(nowhere.refresh(tokens)).rejects.toMatchObject({ name: "Unavailable" });
    await expect(nowhere.read(tokens)).rejects.toMatchObject({ name: "Unavailable" });
  });

  test("answers about somebody else: it is handed on as it is, and whoever stores it compares", async () => {
    const tokens = await stage.tokensOf(platform);
    const { identity } = await stage.of(platform).read(tokens);
    stage.fault({ platform, operation: "profile", kind: "stranger" });
    const other = await stage.of(platform).read(tokens);
    expect(other.identity.externalId).not.toBe(identity.externalId);
  });
});

/** Where somebody has just stopped to listen. */
async function nobodyThere(): Promise<string> {
  const gone = await socialStage();
  await gone.stop();
  return gone.url;
}

/** No secret in what is logged of an error, nor anywhere else in it. */
function expectSilence(error: unknown): void {
  if (error === undefined) return;
  expect(error).toBeInstanceOf(OwnError);
  const told = JSON.stringify(describeError(error)) + inspect(error, { depth: 12, showHidden: true });
  expect(stage.allSecrets().filter((secret) => told.includes(secret))).toEqual([]);
  expect(told).not.toContain(consent.codeVerifier);
  // Nor what the network said.
  expect(told).not.toMatch(/expired or revoked|authorization code|rate limit was exceeded|Please wait/i);
}

describe("when a network is to be asked again", () => {
  test.each(SocialPlatform.options)("%s: as Retry-After says, by seconds", async (platform) => {
    const tokens = await stage.tokensOf(platform);
    stage.fault({ platform, operation: "profile", kind: "busy", retryAfterSeconds: 17 });
    await expect(stage.of(platform).read(tokens)).rejects.toMatchObject({ retryAfterSeconds: 17 });
  });

  test.each([
    ["instagram", 3_600],
    ["tiktok", 60],
    ["twitter", 900],
    ["linkedin", 3_600],
    ["youtube", 3_600],
  ] as const)("%s: as it says in its own way, or as long as is usual", async (platform, seconds) => {
    const tokens = await stage.tokensOf(platform);
    stage.standIn(platform).spent.units = 0;
    const error = await endOf(() => stage.of(platform).read(tokens), 5_000);
    stage.standIn(platform).spent.units = 10_000;
    const { retryAfterSeconds } = error as { readonly retryAfterSeconds: number };
    // Instagram's window is a day here, which it tells in minutes.
    expect(Math.abs(retryAfterSeconds - (platform === "instagram" ? DAY : seconds))).toBeLessThanOrEqual(60);
  });
});

test("by chance, with one seed the same again", async () => {
  const run = async () => {
    stage.stage.faults.randomize({ seed: 7, probabilities: { error_500: 0.2, refused_200: 0.2, reset: 0.2 } });
    const told: unknown[] = [];
    for (let nth = 0; nth < 20; nth += 1) {
      const error = await endOf(async () => stage.tokensOf("twitter"), 5_000);
      told.push(error === undefined ? "nothing" : (error as Error).name);
    }
    stage.stage.faults.clear();
    return told;
  };
  const first = await run();
  expect(await run()).toEqual(first);
  expect(new Set(first)).toEqual(new Set(["nothing", "OutcomeUnknown", "NetworkRefused"]));
});
