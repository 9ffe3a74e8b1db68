/** YouTube, by Google's OAuth and the Data API v3. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";
import { NetworkRefused, type SocialNetwork } from "#shared/ports/social-networks";
import type { App } from "./app.ts";
import { addressWith, type Answered } from "./asking.ts";
import {
  conversation,
  type Converse,
  type Manners,
  oauthVerdict,
  renewalForm,
  saidBy,
  unlessGone,
  type Verdict,
} from "./judging.ts";
import { Address, Count, ExternalId, Name } from "./shapes.ts";
import { bearer, nothingYet, proofKey, TokenAnswer, tokensOf } from "./tokens.ts";

const SCOPES = ["https://www.googleapis.com/auth/youtube.readonly"];

/** YouTube Data API, "Errors": the reason tells a spent quota from a right that is missing, both of which are 403. */
const Problem = z.object({
  error: z.object({ code: z.int(), errors: z.array(z.object({ reason: z.string() })).optional() }),
});
/** Undefined where it is no such answer. */
function reasonsOf(body: unknown): readonly string[] | undefined {
  const problem = Problem.safeParse(body).data?.error;
  return problem && (problem.errors ?? []).map(({ reason }) => reason);
}
const verdicts: Readonly<Record<string, Verdict>> = {
  backendError: "later",
  authError: "invalid_grant",
  insufficientPermissions: "insufficient_scope",
  youtubeSignupRequired: "insufficient_scope",
  authenticatedUserAccountClosed: "insufficient_scope",
  authenticatedUserAccountSuspended: "insufficient_scope",
  authenticatedUserNotChannel: "insufficient_scope",
  channelClosed: "insufficient_scope",
  channelSuspended: "insufficient_scope",
  accessNotConfigured: "misconfigured",
  // Said of a project that is suspended or deleted, and of whatever else "may not be properly authorized".
  forbidden: "unexplained",
};

/** A limit, of which there are many: `quotaExceeded`, `rateLimitExceeded`, `servingLimitExceeded` and so on. */
const LIMIT = /exceeded/i;

const verdictOn = (reason: string): Verdict => saidBy(verdicts, reason) ?? (LIMIT.test(reason) ? "busy" : undefined);

function verdictOf(answered: Answered, own: Readonly<Record<string, Verdict>> = {}): Verdict {
  const reasons = reasonsOf(answered.body);
  if (reasons === undefined) return oauthVerdict(answered, own);
  return reasons.map(verdictOn).find((verdict) => verdict !== undefined);
}

/** A quota is of a day, which begins at midnight in California. */
const manners: Manners = { platform: "youtube", verdictOf, usualWaitSeconds: 3_600 };
/** A code that is none, such as of blanks, may be a request that is malformed. */
const codeReasons = { invalid_request: "invalid_grant" } as const;
const takingCodes: Manners = { ...manners, verdictOf: (answered) => verdictOf(answered, codeReasons) };

const Channel = z.object({
  id: ExternalId,
  snippet: z.object({
    title: Name,
    customUrl: Name.optional(),
    thumbnails: z.object({ default: z.object({ url: Address }).optional() }).optional(),
  }),
  statistics: z.object({ subscriberCount: Count, hiddenSubscriberCount: z.boolean().optional(), videoCount: Count }),
  contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string().optional() }) }),
});
/** Without items where there is no channel; what is no such list says nothing of that. */
const Channels = z.object({ kind: z.literal("youtube#channelListResponse"), items: z.array(Channel).optional() });
const PlaylistItems = z.object({ items: z.array(z.object({ contentDetails: z.object({ videoId: ExternalId }) })) });
/** Likes are left out where their owner hides them, comments where they are turned off. */
const Videos = z.object({
  items: z.array(z.object({ statistics: z.object({ likeCount: Count, commentCount: Count }) })),
});

export function youtube({ setting, redirectUri, secret }: App): SocialNetwork {
  const { clientId: client_id, consentBase, tokenBase } = setting;
  const commanded = async (form: Readonly<Record<string, string>>) => ({
    method: "POST" as const,
    url: `${tokenBase}/token`,
    form: { client_id, client_secret: await secret(), ...form },
  });
  return {
    authorizationUrl(consent) {
      const query = {
        client_id,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: SCOPES.join(" "),
        state: consent.state,
        // Without both there is a refresh token with somebody's first consent alone.
        access_type: "offline",
        prompt: "consent",
        ...proofKey(consent),
      };
      return Promise.resolve(addressWith(`${consentBase}/o/oauth2/v2/auth`, query));
    },
    async exchange(code, { codeVerifier: code_verifier }) {
      const form = { code, grant_type: "authorization_code", redirect_uri: redirectUri, code_verifier };
      const asked = await commanded(form);
      return {
        tokens: tokensOf(await conversation(takingCodes, true)(asked, TokenAnswer), nothingYet(SCOPES)),
        identity: null,
      };
    },
    async refresh(tokens) {
      const asked = await commanded(renewalForm("youtube", tokens));
      return tokensOf(await conversation(manners, true)(asked, TokenAnswer), tokens);
    },
    async revoke({ refreshToken, accessToken }) {
      const asked = {
        method: "POST" as const,
        url: `${tokenBase}/revoke`,
        form: { token: refreshToken ?? accessToken },
      };
      await unlessGone(conversation(manners, true)(asked, z.unknown()));
    },
    read: async (tokens) => memberOf(conversation(manners, false), `${setting.apiBase}/youtube/v3`, bearer(tokens)),
  };
}

/** Three units of the day's quota: the channel, its latest uploads, and what they got. */
async function memberOf(converse: Converse, base: string, headers: Readonly<Record<string, string>>) {
  const part = "snippet,statistics,contentDetails";
  const { items } = await converse({ url: `${base}/channels`, query: { part, mine: "true" }, headers }, Channels);
  const channel = items?.[0];
  // Most Google accounts have no channel.
  if (channel === undefined) throw new NetworkRefused("youtube", "insufficient_scope");
  const { snippet, statistics, contentDetails } = channel;
  const followerCount = statistics.hiddenSubscriberCount === true ? null : statistics.subscriberCount;
  const posts = await latestOf(converse, base, headers, contentDetails.relatedPlaylists.uploads);
  return {
    identity: {
      externalId: channel.id,
      username: snippet.customUrl ?? snippet.title,
      displayName: snippet.title,
      profileUrl: `https://www.youtube.com/channel/${encodeURIComponent(channel.id)}`,
      avatarUrl: snippet.thumbnails?.default?.url ?? null,
    },
    figures: {
      followerCount,
      followingCount: null,
      postCount: statistics.videoCount,
      ...engagementOf(followerCount, posts),
    },
  };
}

/** A channel that never had a video, or has none any more, names a list that is not there. */
const withoutUploads = ({ body }: Answered) =>
  reasonsOf(body)?.includes("playlistNotFound") ? { items: [] } : undefined;

async function latestOf(
  converse: Converse,
  base: string,
  headers: Readonly<Record<string, string>>,
  playlistId: string | undefined,
) {
  if (playlistId === undefined) return [];
  const query = { part: "contentDetails", playlistId, maxResults: String(RATED_POSTS) };
  const uploads = await converse({ url: `${base}/playlistItems`, query, headers }, PlaylistItems, withoutUploads);
  if (uploads.items.length === 0) return [];
  const id = uploads.items.map(({ contentDetails: { videoId } }) => videoId).join();
  const { items } = await converse({ url: `${base}/videos`, query: { part: "statistics", id }, headers }, Videos);
  return items.map(({ statistics: { likeCount: likes, commentCount } }) => ({ likes, comments: commentCount ?? 0 }));
}
