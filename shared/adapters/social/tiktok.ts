/** TikTok, by Login Kit for Web and API v2. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";
import type { SocialNetwork } from "#shared/ports/social-networks";
import type { App } from "./app.ts";
import { addressWith, type Answered } from "./asking.ts";
import { conversation, type Manners, oauthVerdict, renewalForm, saidBy, unlessGone, type Verdict } from "./judging.ts";
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

function verdictOf(answered: Answered, own: Readonly<Record<string, Verdict>> = {}): Verdict {
  const code = Problem.safeParse(answered.body).data?.error.code;
  if (code === undefined) return oauthVerdict(answered, own);
  return code === "ok" ? undefined : (saidBy(verdicts, code) ?? "unexplained");
}

/** Limits are of one minute. */
const manners: Manners = { platform: "tiktok", verdictOf, usualWaitSeconds: 60 };
/** It calls a code that is none a malformed request. Whatever else makes one malformed is our doing, and would be refused to everybody. */
const codeReasons = { invalid_request: "invalid_grant" } as const;
const takingCodes: Manners = { ...manners, verdictOf: (answered) => verdictOf(answered, codeReasons) };

const User = z.object({
  open_id: ExternalId,
  display_name: Name,
  username: Name.nullish(),
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
  return {
    authorizationUrl({ state }) {
      const query = { client_key, scope: SCOPES.join(), response_type: "code", redirect_uri: redirectUri, state };
      return Promise.resolve(addressWith(`${consentBase}/v2/auth/authorize/`, query));
    },
    async exchange(code) {
      const form = { code, grant_type: "authorization_code", redirect_uri: redirectUri };
      const asked = await commanded("token", form);
      return {
        tokens: tokensOf(await conversation(takingCodes, true)(asked, TokenAnswer), nothingYet(SCOPES)),
        identity: null,
      };
    },
    async refresh(tokens) {
      const asked = await commanded("token", renewalForm("tiktok", tokens));
      return tokensOf(await conversation(manners, true)(asked, TokenAnswer), tokens);
    },
    async revoke(tokens) {
      const asked = await commanded("revoke", { token: tokens.accessToken });
      await unlessGone(conversation(manners, true)(asked, z.unknown()));
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
