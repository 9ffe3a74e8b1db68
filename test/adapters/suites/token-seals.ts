/** What must hold of seals of tokens, wherever they are made. */
import { expect, test } from "@jest/globals";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import type { TokenSeals } from "#shared/ports/social-networks";

const owner = { userId: "0a", platform: "tiktok" };
const tokens: SocialTokens = {
  accessToken: `act.${"ü".repeat(40)}`,
  expiresAt: "2026-11-27T14:00:00.000Z",
  refreshToken: `rft.${"y".repeat(1_000)}`,
  refreshExpiresAt: null,
  scopes: ["user.info.basic"],
};

export function tokenSealsSuite(seals: () => TokenSeals): void {
  test("a seal gives its owner what was sealed, and shows nobody", async () => {
    const sealed = await seals().seal(owner, tokens);
    expect(sealed).not.toContain("act.");
    expect(Buffer.from(sealed, "base64").toString("latin1")).not.toContain("act.");
    await expect(seals().open(owner, sealed)).resolves.toEqual(tokens);
  });

  test.each([
    ["another person", { ...owner, userId: "0b" }],
    ["another network", { ...owner, platform: "twitter" }],
  ])("opens for nobody as %s", async (_who, other) => {
    const sealed = await seals().seal(owner, tokens);
    await expect(seals().open(other, sealed)).rejects.toMatchObject({ name: "SealBroken" });
  });

  test("opens for nobody once it was altered", async () => {
    const sealed = Buffer.from(await seals().seal(owner, tokens), "base64");
    sealed.writeUInt8((sealed.at(-1) ?? 0) ^ 1, sealed.length - 1);
    await expect(seals().open(owner, sealed.toString("base64"))).rejects.toMatchObject({ name: "SealBroken" });
  });

  test("takes the longest tokens that networks say they give", async () => {
    const long = { ...tokens, accessToken: "a".repeat(2_048), refreshToken: "r".repeat(1_024) };
    await expect(seals().open(owner, await seals().seal(owner, long))).resolves.toEqual(long);
  });
}
