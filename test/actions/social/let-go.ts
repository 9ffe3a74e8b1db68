import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { provenBy } from "#shared/application/social/prove";
import { connectSocialAccount as contract } from "#shared/contracts/social";
import { plusDays } from "#shared/domain/kernel/time";
import { SocialPlatform } from "#shared/domain/social/platform";
import { Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { endedBy } from "../../support/ended-actions.ts";
import { sink } from "#shared/runtime/log";
import { peopled } from "../../support/launched.ts";
import { aSocialRevocation } from "../../support/social-builders.ts";
import { connected, later, ranRevocations, worked } from "./connecting.ts";

const answers = {
  away: () => new Unavailable("the network"),
  busy: () => new NetworkBusy("twitter", 60),
  unexplained: () => new NetworkRefused("twitter", "unexplained"),
};

/** A consent that was let go of so many days ago, at a network that is away, or says something else. */
async function letGo(days: number, answer: "away" | "unexplained" = "away"): Promise<void> {
  const stage = await peopled();
  const of = aSocialRevocation();
  const tokens = { accessToken: "a", refreshToken: "r", expiresAt: of.expiresAt, refreshExpiresAt: null, scopes: [] };
  await stage.given("socialRevocation", { ...of, sealed: await stage.tokenSeals.seal(of, tokens) });
  stage.clock.now = plusDays(of.requestedAt, days);
  stage.socialNetworks.fail("twitter.revoke", answers[answer]());
  await ranRevocations(stage);
}

/** An account with each network that is to be read, and which says this then. */
async function workedOn(answer: keyof typeof answers): Promise<void> {
  const stage = await peopled();
  for (const platform of SocialPlatform.options) await connected(stage, platform);
  later(stage, 6);
  for (const platform of SocialPlatform.options) {
    stage.socialNetworks.fail(`${platform}.read`, answers[answer]());
    await worked(stage, { task: "sync", userId: CREATOR_ID, platform });
  }
}

/** Somebody who comes back with a consent, to a network that says this then. */
async function cameBackTo(answer: keyof typeof answers): Promise<void> {
  const [stage, { write }] = [await peopled(), sink];
  const consent = { userId: CREATOR_ID, platform: "twitter", codeVerifier: "v" } as const;
  stage.socialNetworks.fail("twitter.exchange", answers[answer]());
  const { lines } = await endedBy(contract, () => provenBy("code", consent, stage));
  for (const line of lines) write(line);
}

/** Incidents of networks, brought about; and what the same code does when all is well. */
export const socialCauses = {
  "social.consent_left": () => letGo(7),
  "social.consent_refused": () => letGo(1, "unexplained"),
  "social.account_unread": () => workedOn("unexplained"),
  "social.network_unavailable": () => cameBackTo("unexplained"),
};
export const socialQuiet = {
  "social.consent_left": () => letGo(6),
  "social.consent_refused": () => letGo(1),
  "social.account_unread": () => workedOn("away"),
  "social.network_unavailable": () => cameBackTo("busy"),
};

/** An admin's disconnect, with other ports in the place of some. */
export const letGoWith = (instead: (ports: Ports) => object): typeof disconnectSocialAccountFor =>
  Object.assign(Object.create(disconnectSocialAccountFor) as typeof disconnectSocialAccountFor, {
    contract: disconnectSocialAccountFor.contract,
    run: (call: Parameters<typeof disconnectSocialAccountFor.run>[0], ports: Ports) =>
      disconnectSocialAccountFor.run(call, { ...ports, ...instead(ports) }),
  });
type Ports = Parameters<typeof disconnectSocialAccountFor.run>[1];
