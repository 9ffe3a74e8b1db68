/** Who may come back from a network, with what: everybody else is refused before the network is asked. */
import { describe, expect, test } from "@jest/globals";
import { digestOf, openConsent, requestConsent, requireTaken } from "#shared/domain/social/consent";
import { Refusal } from "#shared/domain/kernel/refusal";
import { SocialPlatform } from "#shared/domain/social/platform";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { aSocialConsent } from "../../support/social-builders.ts";
import { creator, sequentialIds } from "../../support/stage.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const occasion = { actor: creator(CREATOR_ID), now: NOW, newId: sequentialIds() };
const codeRefused = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.refusal.code;
    throw error;
  }
};
const bytes = (fill: number) => new Uint8Array(32).fill(fill);

describe("a consent that is begun", () => {
  const { change, consent, expiresAt } = requestConsent("twitter", { state: bytes(1), verifier: bytes(2) }, occasion);

  test("is known by its state's digest alone, and is over after ten minutes", () => {
    const [stored] = change.entities;
    expect(stored?.next).toMatchObject({ digest: digestOf(consent.state), userId: CREATOR_ID, platform: "twitter" });
    expect(JSON.stringify(change)).not.toContain(consent.state);
    expect(expiresAt).toBe("2026-11-25T12:10:00.000Z");
  });

  test("has a verifier that PKCE takes, and says nothing of it or of the state to the audit", () => {
    expect(consent.codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(change.audit)).not.toContain(consent.codeVerifier);
  });
});

describe("who comes back", () => {
  const consent = aSocialConsent({ expiresAt: "2026-11-25T12:00:00.001Z" });
  const by = { userId: CREATOR_ID, platform: consent.platform, now: NOW };

  test("themselves, to this network, in time, once", () => {
    expect(openConsent(consent, by)).toBe(consent);
  });

  test.each([
    ["by no state of ours", () => openConsent(undefined, by), "social.state_invalid"],
    ["by somebody else's", () => openConsent(consent, { ...by, userId: OTHER_CREATOR_ID }), "social.state_invalid"],
    ["by a spent one", () => openConsent({ ...consent, spentAt: NOW }, by), "social.state_used"],
    ["at its end", () => openConsent({ ...consent, expiresAt: NOW }, by), "social.state_expired"],
    [
      "by somebody else's that is spent and over",
      () => openConsent({ ...consent, spentAt: NOW, expiresAt: NOW, userId: OTHER_CREATOR_ID }, by),
      "social.state_invalid",
    ],
    ["beside another with the same state", () => requireTaken("stateUsed"), "social.state_used"],
    ["beside another with the same code", () => requireTaken("codeUsed"), "social.code_used"],
  ])("%s is refused", (_how, come, code) => {
    expect(codeRefused(come)).toBe(code);
  });

  test.each(SocialPlatform.options.filter((one) => one !== "instagram"))("from Instagram to %s is refused", (other) => {
    expect(codeRefused(() => openConsent(consent, { ...by, platform: other }))).toBe("social.state_invalid");
  });
});
