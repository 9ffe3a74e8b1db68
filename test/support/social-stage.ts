/** Connectors, and stand-ins of the networks that they talk to over HTTP. */
import { connectedBy } from "#shared/adapters/social/social-networks";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import type { Consent, SocialNetwork } from "#shared/ports/social-networks";
import { LINKEDIN_FOLLOWERS_SCOPE, type NetworkSettings, type SocialSecrets } from "#shared/ports/social-settings";
import type { Fault } from "#infra/local/social/faults";
import type { Member } from "#infra/local/social/members";
import { consentAs } from "#infra/local/social/scripted-consent";
import { startSocial } from "#infra/local/social/server";
import type { StandIn } from "#infra/local/social/stand-in";

const APP_URL = "https://app.example.com";
const each = <T>(give: (platform: SocialPlatform) => T) =>
  Object.fromEntries(SocialPlatform.options.map((platform) => [platform, give(platform)])) as Record<SocialPlatform, T>;

export const consent: Consent = { state: "s".repeat(43), codeVerifier: "v".repeat(43) };

export async function socialStage() {
  const secretOf = (platform: SocialPlatform): string => `${platform}-client-secret`;
  const running = await startSocial({
    port: 0,
    clientOf: (platform) => ({ id: `${platform}-client`, secret: secretOf(platform) }),
    redirectUriOf: (platform) => `${APP_URL}/social/${platform}/callback`,
  });
  const settings = (base: string): NetworkSettings =>
    each((platform) => ({
      clientId: `${platform}-client`,
      consentBase: `${base}/${platform}`,
      tokenBase: `${base}/${platform}`,
      apiBase: `${base}/${platform}`,
      ...(platform === "linkedin" && { extraScopes: [LINKEDIN_FOLLOWERS_SCOPE] }),
    }));
  const secrets: SocialSecrets = each(secretOf);
  const networks = connectedBy(settings(running.url), APP_URL, () => Promise.resolve(secrets));
  const standIn = (platform: SocialPlatform): StandIn => running.stage.standIns.get(platform) as StandIn;
  const of = (platform: SocialPlatform): SocialNetwork => networks.of(platform);

  /** Where somebody is sent back to who decided on the network's page. */
  async function decide(platform: SocialPlatform, decision: "allow" | "deny", account = "mia.makes"): Promise<URL> {
    const asked = await of(platform).authorizationUrl(consent);
    const { headers } = await fetch(`${asked}&decision=${decision}&account=${account}`, { redirect: "manual" });
    return new URL(headers.get("location") ?? "");
  }
  async function codeOf(platform: SocialPlatform, account = "mia.makes"): Promise<string> {
    return (await consentAs(account, await of(platform).authorizationUrl(consent))).code;
  }
  return {
    ...running,
    of,
    decide,
    codeOf,
    /** The same with other settings or secrets. */
    connected: (base: string, own: SocialSecrets = secrets) =>
      connectedBy(settings(base), APP_URL, () => Promise.resolve(own)),
    secrets,
    standIn,
    member: (platform: SocialPlatform, username = "mia.makes"): Member => standIn(platform).members.named(username),
    async tokensOf(platform: SocialPlatform, account?: string): Promise<SocialTokens> {
      return (await of(platform).exchange(await codeOf(platform, account), consent)).tokens;
    },
    fault: (fault: Partial<Fault> & Pick<Fault, "kind">) =>
      running.stage.faults.add({ platform: "*", operation: "*", times: 1, ...fault }),
    /** The networks' clock, so far ahead. */
    pass: (seconds: number) => running.stage.clock.move(running.stage.clock.offsetSeconds + seconds),
    /** Everything that nobody but us and the network may see. */
    allSecrets: (): string[] =>
      SocialPlatform.options.flatMap((platform) => [secretOf(platform), ...standIn(platform).grants.secrets()]),
  };
}
export type SocialStage = Awaited<ReturnType<typeof socialStage>>;
