/** The stand-in of networks behaves where those who keep tokens lean on it. */
import { expect, test } from "@jest/globals";
import { memorySocialNetworks } from "#shared/adapters/memory/social-networks";
import { memoryTokenSeals } from "#shared/adapters/memory/token-seals";
import { OutcomeUnknown } from "#shared/ports/outside";
import { someFigures } from "../../support/social-builders.ts";

const identity = { externalId: "1", username: "mia", displayName: null, profileUrl: null, avatarUrl: null };
const mia = { identity, figures: someFigures() };
const verifier = { codeVerifier: "v".repeat(43) };

function world() {
  const clock = { nowMs: Date.parse("2026-11-25T12:00:00Z") };
  return { clock, networks: memorySocialNetworks(() => clock.nowMs) };
}
const refused = { reason: "invalid_grant" };

test("a code is good once, and for its own network", async () => {
  const { networks } = world();
  const code = networks.consent("twitter", mia);
  await expect(networks.of("tiktok").exchange(code, verifier)).rejects.toMatchObject(refused);
  const { tokens } = await networks.of("twitter").exchange(code, verifier);
  await expect(networks.of("twitter").read(tokens)).resolves.toEqual(mia);
  await expect(networks.of("twitter").exchange(code, verifier)).rejects.toMatchObject(refused);
});

test("where refresh tokens rotate, the old one is dead also when no answer came", async () => {
  const { networks, clock } = world();
  const twitter = networks.of("twitter");
  const { tokens } = await twitter.exchange(networks.consent("twitter", mia), verifier);
  clock.nowMs += 3 * 3_600_000;
  await expect(twitter.read(tokens)).rejects.toMatchObject(refused);
  networks.fail("twitter.refresh", new OutcomeUnknown("twitter"), "after");
  await expect(twitter.refresh(tokens)).rejects.toThrow(OutcomeUnknown);
  await expect(twitter.refresh(tokens)).rejects.toMatchObject(refused);
  expect(networks.asked).toEqual(["twitter.exchange", "twitter.read", "twitter.refresh", "twitter.refresh"]);
});

test("a consent that was taken back opens nothing", async () => {
  const { networks } = world();
  for (const platform of ["instagram", "youtube"] as const) {
    const { tokens } = await networks.of(platform).exchange(networks.consent(platform, mia), verifier);
    const renewed = await networks.of(platform).refresh(tokens);
    expect(renewed.refreshToken).toEqual(tokens.refreshToken);
    networks.withdraw(platform, "1");
    await expect(networks.of(platform).read(renewed)).rejects.toMatchObject(refused);
  }
});

test("a seal opens for its owner alone", async () => {
  const seals = memoryTokenSeals();
  const [owner, other] = [
    { userId: "a", platform: "tiktok" },
    { userId: "b", platform: "tiktok" },
  ];
  const { networks } = world();
  const { tokens } = await networks.of("tiktok").exchange(networks.consent("tiktok", mia), verifier);
  const sealed = await seals.seal(owner, tokens);
  expect(sealed).not.toContain(tokens.accessToken);
  await expect(seals.open(owner, sealed)).resolves.toEqual(tokens);
  await expect(seals.open(other, sealed)).rejects.toMatchObject({ name: "SealBroken" });
});
