import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { plusDays } from "#shared/domain/kernel/time";
import { Unavailable } from "#shared/ports/outside";
import { NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import { aSocialRevocation } from "../../support/social-builders.ts";
import { connected, later, ranRevocations, worked } from "./connecting.ts";

const answers = {
  away: () => new Unavailable("the network"),
  unexplained: () => new NetworkRefused("twitter", "unexplained"),
};

/** A consent that was let go of so many days ago, at a network that is away, or says something else. */
export async function letGo(days: number, answer: "away" | "unexplained" = "away"): Promise<void> {
  const stage = await peopled();
  const of = aSocialRevocation();
  const tokens = { accessToken: "a", refreshToken: "r", expiresAt: of.expiresAt, refreshExpiresAt: null, scopes: [] };
  await stage.given("socialRevocation", { ...of, sealed: await stage.tokenSeals.seal(of, tokens) });
  stage.clock.now = plusDays(of.requestedAt, days);
  stage.socialNetworks.fail("twitter.revoke", answers[answer]());
  await ranRevocations(stage);
}

/** An account that is to be read, at a network that says this. */
export async function workedOn(answer: keyof typeof answers): Promise<void> {
  const stage = await peopled();
  await connected(stage, "twitter");
  later(stage, 6);
  stage.socialNetworks.fail("twitter.read", answers[answer]());
  await worked(stage, { task: "sync", userId: CREATOR_ID, platform: "twitter" });
}

/** An admin's disconnect, with other ports in the place of some. */
export const letGoWith = (instead: (ports: Ports) => object): typeof disconnectSocialAccountFor =>
  Object.assign(Object.create(disconnectSocialAccountFor) as typeof disconnectSocialAccountFor, {
    contract: disconnectSocialAccountFor.contract,
    run: (call: Parameters<typeof disconnectSocialAccountFor.run>[0], ports: Ports) =>
      disconnectSocialAccountFor.run(call, { ...ports, ...instead(ports) }),
  });
type Ports = Parameters<typeof disconnectSocialAccountFor.run>[1];
