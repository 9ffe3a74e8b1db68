/** TikTok, by Login Kit for Web and API v2. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import type { SocialNetwork } from "#shared/ports/social-networks";
import type { App } from "./app.ts";
import { addressWith, type Answered } from "./asking.ts";
import {
  conversation,
  type Converse,
  isGone,
  type Manners,
  oauthVerdict,
  renewalForm,
  saidBy,
  unlessGone,
  type Verdict,
} from "./judging.ts";
import { Address, Count, ExternalId, Name } from "./shapes.ts";
import { bearer, nothingYet, TokenAnswer, tokensOf } from "./tokens.ts";

const SCOPES = ["user.info.basic", "user.info.profile", "user.info.stats", "video.list"];

/** Of API v2, "Error Handling": every answer has an `error`, whose code is `ok` where all is well. */
const Problem = z.object({ error: z.object({ code: z.string() }) });
const verdicts: Readonly<Record<string, Verdict>> = {
  access_token_invalid: "invalid_grant",
  scope_not_authorized: "insufficient_scope",
  scope_permission_missed: "insufficient_scope",
  rate_limit_exceeded: "busy",
  internal_error: "later",
};

function verdictOf(answered: Answered): Verdict {
  const code = Problem.safeParse(answered.body).data?.error.code;
  if (code === undefined) return oauthVerdict(answered);
  return code === "ok" ? undefined : (saidBy(verdicts, code) ?? "misconfigured");
}

/** Limits are of one minute. */
const manners: Manners = { platform: "tiktok", verdictOf, usualWaitSeconds: 60 };

const User = z.object({
  open_id: ExternalId,
  display_name: Name,
  username: Name.optional(),
  avatar_url: Address,
  profile_deep_link: Address,
  follower_count: Count,
  following_count: Count,
  video_count: Count,
});
const UserAnswer = z.object({ data: z.object({ user: User }) });
const Video = z.object({ like_count: Count, comment_count: Count });
const VideosAnswer = z.object({ data: z.object({ videos: z.array(Video).nullish() }) });

export function tiktok({ setting, redirectUri, secret }: App): SocialNetwork {
  const { clientId: client_key, consentBase, tokenBase, apiBase } = setting;
  const commanded = async (path: string, form: Readonly<Record<string, string>>) => ({
    method: "POST" as const,
    url: `${tokenBase}/v2/oauth/${path}/`,
    form: { client_key, client_secret: await secret(), ...form },
  });
  const refreshed = async (converse: Converse, tokens: SocialTokens): Promise<SocialTokens> => {
    const asked = await commanded("token", renewalForm("tiktok", tokens));
    return tokensOf(await converse(asked, TokenAnswer), tokens);
  };
  return {
    authorizationUrl({ state }) {
      const query = { client_key, scope: SCOPES.join(), response_type: "code", redirect_uri: redirectUri, state };
      return Promise.resolve(addressWith(`${consentBase}/v2/auth/authorize/`, query));
    },
    async exchange(code) {
      const form = { code, grant_type: "authorization_code", redirect_uri: redirectUri };
      const asked = await commanded("token", form);
      return tokensOf(await conversation(manners, true)(asked, TokenAnswer), nothingYet(SCOPES));
    },
    refresh: async (tokens) => refreshed(conversation(manners, true), tokens),
    async revoke(tokens) {
      const converse = conversation(manners, true);
      const revoked = async ({ accessToken: token }: SocialTokens) =>
        void (await converse(await commanded("revoke", { token }), z.unknown()));
      const taken = revoked(tokens).catch(async (error: unknown) => {
        // It takes access tokens alone, and those that ended are none: the consent behind one is reached by a new one.
        if (!isGone(error)) throw error;
        await revoked(await refreshed(converse, tokens));
      });
      await unlessGone(taken);
    },
    async read(tokens) {
      const converse = conversation(manners, false);
      const headers = bearer(tokens);
      const fields = Object.keys(User.shape).join();
      const { data } = await converse({ url: `${apiBase}/v2/user/info/`, query: { fields }, headers }, UserAnswer);
      const { data: latest } = await converse(
        {
          method: "POST",
          url: `${apiBase}/v2/video/list/`,
          query: { fields: Object.keys(Video.shape).join() },
          json: { max_count: RATED_POSTS },
          headers,
        },
        VideosAnswer,
      );
      return memberOf(data.user, latest.videos ?? []);
    },
  };
}

const memberOf = (user: z.output<typeof User>, videos: readonly z.output<typeof Video>[]) => ({
  identity: {
    externalId: user.open_id,
    username: user.username ?? user.display_name,
    displayName: user.display_name,
    profileUrl: user.profile_deep_link,
    avatarUrl: user.avatar_url,
  },
  figures: {
    followerCount: user.follower_count,
    followingCount: user.following_count,
    postCount: user.video_count,
    ...engagementOf(
      user.follower_count,
      videos.map(({ like_count: likes, comment_count: comments }) => ({ likes, comments })),
    ),
  },
});
