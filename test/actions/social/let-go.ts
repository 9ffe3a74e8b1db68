import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { plusDays } from "#shared/domain/kernel/time";
import { Unavailable } from "#shared/ports/outside";
import { peopled } from "../../support/launched.ts";
import { aSocialRevocation } from "../../support/social-builders.ts";
import { ranRevocations } from "./connecting.ts";

/** A consent that was let go of so many days ago, at a network that is away. */
export async function letGo(days: number): Promise<void> {
  const stage = await peopled();
  const of = aSocialRevocation();
  const tokens = { accessToken: "a", refreshToken: "r", expiresAt: of.expiresAt, refreshExpiresAt: null, scopes: [] };
  await stage.given("socialRevocation", { ...of, sealed: await stage.tokenSeals.seal(of, tokens) });
  stage.clock.now = plusDays(of.requestedAt, days);
  stage.socialNetworks.fail("twitter.revoke", new Unavailable("the network"));
  await ranRevocations(stage);
}

/** An admin's disconnect, with other ports in the place of some. */
export const letGoWith = (instead: (ports: Ports) => object): typeof disconnectSocialAccountFor =>
  Object.assign(Object.create(disconnectSocialAccountFor) as typeof disconnectSocialAccountFor, {
    contract: disconnectSocialAccountFor.contract,
    run: (call: Parameters<typeof disconnectSocialAccountFor.run>[0], ports: Ports) =>
      disconnectSocialAccountFor.run(call, { ...ports, ...instead(ports) }),
  });
type Ports = Parameters<typeof disconnectSocialAccountFor.run>[1];
