/** Everything that somebody may come back with who is not who they were, too late, or twice: all of it is refused, and by whom. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { cameBack, consented, later, memberOf } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const other = creator(OTHER_CREATOR_ID);
type Back = Awaited<ReturnType<typeof consented>>;
type Come = (back: Back) => Promise<unknown>;
const to = (platform: SocialPlatform, body: Back, actor = creator(CREATOR_ID)) =>
  cameBack(stage, platform, body, actor);
const flipped = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
const others = SocialPlatform.options.filter((one) => one !== "instagram");

/** Refused without a call to the network. */
const unasked: readonly (readonly [string, string, Come])[] = [
  ["no state of ours", "state_invalid", ({ code }) => to("instagram", { code, state: "x" })],
  ["an empty looking state", "state_invalid", ({ code }) => to("instagram", { code, state: " " })],
  ["the state's digest", "state_invalid", ({ code }) => to("instagram", { code, state: "0".repeat(64) })],
  ["a very long state", "state_invalid", ({ code, state }) => to("instagram", { code, state: state.repeat(40) })],
  ["the state twice over", "state_invalid", ({ code, state }) => to("instagram", { code, state: state + state })],
  ["half the state", "state_invalid", ({ code, state }) => to("instagram", { code, state: state.slice(0, 21) })],
  ["the state and a character", "state_invalid", ({ code, state }) => to("instagram", { code, state: `${state}A` })],
  ["the state and a blank", "state_invalid", ({ code, state }) => to("instagram", { code, state: `${state} ` })],
  ["a blank and the state", "state_invalid", ({ code, state }) => to("instagram", { code, state: ` ${state}` })],
  ["the state and a line", "state_invalid", ({ code, state }) => to("instagram", { code, state: `${state}\n` })],
  ["the state and nothing", "state_invalid", ({ code, state }) => to("instagram", { code, state: `${state}\0` })],
  ["the state and a fragment", "state_invalid", ({ code, state }) => to("instagram", { code, state: `${state}#_` })],
  [
    "the state in capitals",
    "state_invalid",
    ({ code, state }) => to("instagram", { code, state: state.toUpperCase() }),
  ],
  [
    "the state backwards",
    "state_invalid",
    ({ code, state }) => to("instagram", { code, state: [...state].reverse().join("") }),
  ],
  [
    "the state encoded anew",
    "state_invalid",
    ({ code, state }) => to("instagram", { code, state: Buffer.from(state).toString("base64url") }),
  ],
  ["the code as the state", "state_invalid", ({ code }) => to("instagram", { code, state: code })],
  [
    "the state as the code, and the code as the state",
    "state_invalid",
    ({ code, state }) => to("instagram", { code: state, state: code }),
  ],
  [
    "a key of the table as the state",
    "state_invalid",
    ({ code }) => to("instagram", { code, state: `${CREATOR_ID}#instagram` }),
  ],
  ...[0, 1, 20, 41].map(
    (at) =>
      [
        `the state with character ${at} altered`,
        "state_invalid",
        ({ code, state }: Back) => to("instagram", { code, state: flipped(state, at) }),
      ] as const,
  ),
  ...others.map(
    (platform) => [`the state at ${platform}`, "state_invalid", (back: Back) => to(platform, back)] as const,
  ),
  ["somebody else's state", "state_invalid", (back) => to("instagram", back, other)],
  [
    "somebody else's state with a code of one's own",
    "state_invalid",
    async ({ state }) => {
      const { code } = await consented(stage, "instagram", { actor: other, member: memberOf("ben") });
      return to("instagram", { code, state }, other);
    },
  ],
  [
    "one's own state for another network",
    "state_invalid",
    async ({ code }) => {
      const { state } = await consented(stage, "youtube");
      return to("instagram", { code, state });
    },
  ],
  ["the state at its end", "state_expired", (back) => (later(stage, 1 / 6), to("instagram", back))],
  ["the state a day later", "state_expired", (back) => (later(stage, 24), to("instagram", back))],
  [
    "an older state, after a newer one was begun, too late",
    "state_expired",
    async (back) => {
      later(stage, 1 / 6);
      await consented(stage, "instagram");
      return to("instagram", back);
    },
  ],
  ["somebody else's state, too late", "state_invalid", (back) => (later(stage, 24), to("instagram", back, other))],
];

/** After somebody has connected by that state and code: refused without another call. */
const spent: readonly (readonly [string, string, Come])[] = [
  ["the same again", "state_used", (back) => to("instagram", back)],
  ["the same a day later", "state_used", (back) => (later(stage, 24), to("instagram", back))],
  ["the state with another code", "state_used", ({ state }) => to("instagram", { state, code: "instagram-new" })],
  ["the state with an altered code", "state_used", ({ state, code }) => to("instagram", { state, code: `${code}x` })],
  ["the same by somebody else", "state_invalid", (back) => to("instagram", back, other)],
  ["the same at another network", "state_invalid", (back) => to("youtube", back)],
  [
    "the code with a new state",
    "code_used",
    async ({ code }) => {
      const { state } = await consented(stage, "instagram");
      return to("instagram", { code, state });
    },
  ],
  [
    "the code as Instagram appends to it, with a new state",
    "code_used",
    async ({ code }) => {
      const { state } = await consented(stage, "instagram");
      return to("instagram", { code: `${code}#_`, state });
    },
  ],
  [
    "the code with a new state of somebody else's",
    "code_used",
    async ({ code }) => {
      const { state } = await consented(stage, "instagram", { actor: other, member: memberOf("ben") });
      return to("instagram", { code, state }, other);
    },
  ],
];

/** What only the network can tell: it is asked once, and nothing is stored. */
const asked: readonly (readonly [string, string, Come])[] = [
  ["a code of nobody's", "code_refused", ({ state }) => to("instagram", { state, code: "instagram-none" })],
  ["an altered code", "code_refused", ({ state, code }) => to("instagram", { state, code: flipped(code, 20) })],
  [
    "a code of another network",
    "code_refused",
    async ({ state }) => {
      const code = stage.socialNetworks.consent("youtube", memberOf());
      return to("instagram", { state, code });
    },
  ],
  ["a code with a fragment", "code_refused", ({ state, code }) => to("instagram", { state, code: `${code}/../x` })],
  ...(
    [
      ["of too narrow a consent", "scope_missing", new NetworkRefused("instagram", "insufficient_scope")],
      ["at a network that is busy", "network_busy", new NetworkBusy("instagram", 60)],
      ["at a network that is away", "network_unavailable", new Unavailable("it")],
      ["at a network that does not say", "network_unavailable", new OutcomeUnknown("it")],
      ["at a network that says no, and not why", "network_unavailable", new NetworkRefused("instagram", "unexplained")],
    ] as const
  ).map(
    ([what, code, error]) =>
      [
        `a code ${what}`,
        code,
        (back: Back) => (stage.socialNetworks.fail("instagram.exchange", error), to("instagram", back)),
      ] as const,
  ),
  [
    "tokens that the network takes back at once",
    "code_refused",
    (back) => {
      stage.socialNetworks.fail("instagram.read", new NetworkRefused("instagram", "invalid_grant"));
      return to("instagram", back);
    },
  ],
  [
    "tokens that cannot be read by",
    "network_unavailable",
    (back) => {
      stage.socialNetworks.fail("instagram.read", new Unavailable("it"));
      return to("instagram", back);
    },
  ],
];

const kept = () =>
  (["socialAccount", "socialToken", "socialClaim", "socialDay"] as const).flatMap((kind) => stage.stored(kind));
const refusedAs = (come: Promise<unknown>, code: string) =>
  expect(come).rejects.toMatchObject({ refusal: { code: `social.${code}` } });

test("there are forty and more", () => {
  expect(unasked.length + spent.length + asked.length).toBeGreaterThanOrEqual(40);
});

describe("coming back with", () => {
  test.each(unasked)("%s is refused (%s), and the network is not asked", async (_what, code, come) => {
    const back = await consented(stage, "instagram");
    await refusedAs(come(back), code);
    expect([stage.socialNetworks.asked, kept()]).toEqual([[], []]);
  });

  test.each(spent)(
    "%s is refused (%s) after it was used, and the network is not asked again",
    async (_what, code, come) => {
      const back = await consented(stage, "instagram");
      await to("instagram", back);
      const before = { asked: [...stage.socialNetworks.asked], kept: kept() };
      await refusedAs(come(back), code);
      expect({ asked: stage.socialNetworks.asked, kept: kept() }).toEqual(before);
    },
  );

  test.each(asked)("%s is refused (%s), nothing is stored, and the state is spent", async (_what, code, come) => {
    const back = await consented(stage, "instagram");
    await refusedAs(come(back), code);
    expect(kept()).toEqual([]);
    expect(stage.socialNetworks.asked.filter((one) => one === "instagram.exchange")).toHaveLength(1);
    await refusedAs(to("instagram", back), "state_used");
  });
});

test("a network that calls us misconfigured is our defect, and no refusal of the client's", async () => {
  const back = await consented(stage, "instagram");
  stage.socialNetworks.fail("instagram.exchange", new NetworkRefused("instagram", "misconfigured"));
  await expect(to("instagram", back)).rejects.toBeInstanceOf(NetworkRefused);
});

test("states are not to be guessed: a thousand differ, of 256 bits each", async () => {
  const states = await Promise.all(Array.from({ length: 1_000 }, () => consented(stage, "instagram")));
  expect(new Set(states.map(({ state }) => state)).size).toBe(1_000);
  expect(states.every(({ state }) => /^[\w-]{43}$/.test(state))).toBe(true);
});
