/** A network that answers as a test says, whatever it is asked, and the connectors that ask it. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connectedBy } from "#shared/adapters/social/social-networks";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import type { SocialNetwork } from "#shared/ports/social-networks";
import type { NetworkSettings, SocialSecrets } from "#shared/ports/social-settings";

export type Answer = (reply: ServerResponse, path: string) => void;

export interface AnsweringNetwork {
  /** What is answered from now on. */
  answer: Answer;
  of(platform: SocialPlatform): SocialNetwork;
  stop(): void;
}

const each = <T>(give: (platform: SocialPlatform) => T) =>
  Object.fromEntries(SocialPlatform.options.map((platform) => [platform, give(platform)])) as Record<SocialPlatform, T>;

export async function answeringNetwork(): Promise<AnsweringNetwork> {
  const server = createServer((request, reply) => {
    request.resume();
    network.answer(reply, new URL(request.url ?? "/", "http://network.example").pathname);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings: NetworkSettings = each(() => ({
    clientId: "client",
    consentBase: base,
    tokenBase: base,
    apiBase: base,
  }));
  const secrets: SocialSecrets = each(() => "client-secret");
  const networks = connectedBy(settings, "https://app.example.com", () => Promise.resolve(secrets));
  const network: AnsweringNetwork = {
    answer: json("{}"),
    of: (platform) => networks.of(platform),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return network;
}

export const tokens: SocialTokens = {
  accessToken: "access",
  expiresAt: "2026-12-01T00:00:00.000Z",
  refreshToken: "refresh",
  refreshExpiresAt: null,
  scopes: ["users.read", "tweet.read"],
};

export const json =
  (body: string, headers: Readonly<Record<string, string>> = {}, status = 200): Answer =>
  (reply) =>
    void reply.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
