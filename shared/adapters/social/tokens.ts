/** What OAuth answers about tokens, and what it is asked with. */
import { createHash } from "node:crypto";
import * as z from "zod";
import type { SocialTokens } from "#shared/domain/social/social-tokens";

/** Longest that networks say they may be; together they are within the 4,096 bytes that KMS seals. Sources: docs/social.md. */
const MOST_ACCESS = 2_048;
const MOST_REFRESH = 1_024;
const MOST_SCOPES = 512;
const Seconds = z.int().min(1).max(1e9);
/** As RFC 6749 spells tokens, A.12 and A.17; nothing else can be sent in a header. */
const Spelled = z.string().regex(/^[ -~]+$/);
/** RFC 6749, 5.1, with what networks add to it. */
export const TokenAnswer = z.object({
  access_token: Spelled.max(MOST_ACCESS),
  expires_in: Seconds,
  refresh_token: Spelled.max(MOST_REFRESH).optional(),
  /** LinkedIn's and Google's name for it, and TikTok's. */
  refresh_token_expires_in: Seconds.optional(),
  refresh_expires_in: Seconds.optional(),
  scope: z.string().max(MOST_SCOPES).optional(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

// eslint-disable-next-line no-restricted-syntax -- tokens end by the networks' clock, which no test moves with the product's
const machineNow = (): number => Date.now();
const after = (seconds: number): string => new Date(machineNow() + seconds * 1_000).toISOString();

/**
 * Tokens as they were answered. What an answer leaves out stands as it did before: the scopes that were asked for, and on
 * renewal the refresh token. Source: RFC 6749, 5.1 and 6.
 */
export function tokensOf(
  answer: TokenAnswer,
  before: Pick<SocialTokens, "refreshToken" | "refreshExpiresAt" | "scopes">,
) {
  const refreshSeconds = answer.refresh_token_expires_in ?? answer.refresh_expires_in;
  return {
    accessToken: answer.access_token,
    expiresAt: after(answer.expires_in),
    refreshToken: answer.refresh_token ?? before.refreshToken,
    refreshExpiresAt: refreshSeconds === undefined ? before.refreshExpiresAt : after(refreshSeconds),
    scopes: answer.scope === undefined ? before.scopes : answer.scope.split(/[ ,]+/).filter((one) => one !== ""),
  } satisfies SocialTokens;
}

/** What is true before a first answer. */
export const nothingYet = (scopes: readonly string[]) => ({ refreshToken: null, refreshExpiresAt: null, scopes });

/** RFC 7636, 4.2. */
const challengeOf = (codeVerifier: string): string => createHash("sha256").update(codeVerifier).digest("base64url");

export const proofKey = ({ codeVerifier }: { readonly codeVerifier: string }) => ({
  code_challenge: challengeOf(codeVerifier),
  code_challenge_method: "S256",
});

export const bearer = ({ accessToken }: Pick<SocialTokens, "accessToken">) => ({
  authorization: `Bearer ${accessToken}`,
});

/** RFC 6749, 2.3.1: both parts are form-encoded before they are put together. */
export const basic = (clientId: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString("base64")}`,
});
