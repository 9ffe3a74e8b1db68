/** X, by its API v2. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";
import { NetworkRefused, type SocialNetwork } from "#shared/ports/social-networks";
import type { App } from "./app.ts";
import { addressWith, type Answered } from "./asking.ts";
import {
  conversation,
  type Manners,
  oauthVerdict,
  renewalForm,
  secondsUntil,
  unlessGone,
  type Verdict,
} from "./judging.ts";
import { Address, Count, ExternalId, Name } from "./shapes.ts";
import { basic, bearer, nothingYet, proofKey, TokenAnswer, tokensOf } from "./tokens.ts";

const READ_SCOPES = ["users.read", "tweet.read"];
const SCOPES = [...READ_SCOPES, "offline.access"];

/**
 * A code or token that is not good is called a request that is not: "Value passed for the token was invalid"; a secret that is not
 * ours, a client that may not.
 */
const ownReasons = { invalid_request: "invalid_grant", unauthorized_client: "misconfigured" } as const;

/** What is read costs money, of which there is none left. */
const CREDITS_DEPLETED = 402;
/** Whoever's token it asks with, the app itself may not: it is not enrolled, or its tier does not have what is read. */
const AppForbidden = z.union([
  z.object({ type: z.string().endsWith("/problems/client-forbidden") }),
  z.object({ errors: z.tuple([z.object({ code: z.literal(453) })], z.unknown()) }),
]);

/** How it was asked is not to its liking, now and then, of a token that is good the next time. */
const WronglyAsked = z.object({ type: z.string().endsWith("/problems/unsupported-authentication") });

function verdictOf(answered: Answered): Verdict {
  if (answered.status === CREDITS_DEPLETED || AppForbidden.safeParse(answered.body).success) return "misconfigured";
  if (WronglyAsked.safeParse(answered.body).success) return "later";
  return oauthVerdict(answered, ownReasons);
}

const Capped = z.object({ title: z.literal("UsageCapExceeded") });
/** The cap is a month's. */
const CAPPED_WAIT_SECONDS = 86_400;

const manners: Manners = {
  platform: "twitter",
  verdictOf,
  // It sends no Retry-After, but when its window ends, in seconds since 1970.
  waitOf: (answered: Answered) => {
    if (Capped.safeParse(answered.body).success) return CAPPED_WAIT_SECONDS;
    const reset = answered.headers.get("x-rate-limit-reset");
    return reset === null ? undefined : secondsUntil(Number(reset) * 1_000, answered);
  },
  // Limits are by address and person, but for what the app may read in a month.
  limitOf: ({ body }) => (Capped.safeParse(body).success ? "everybody" : "account"),
  usualWaitSeconds: 900,
};

const User = z.object({
  id: ExternalId,
  username: Name,
  name: Name,
  profile_image_url: Address,
  public_metrics: z.object({ followers_count: Count, following_count: Count, tweet_count: Count }),
});
const UserAnswer = z.object({ data: User });
/** Somebody without posts has no `data`. */
const PostsAnswer = z.object({
  data: z.array(z.object({ public_metrics: z.object({ like_count: Count, reply_count: Count }) })).optional(),
  meta: z.object({ result_count: z.int() }),
});

export function twitter({ setting, redirectUri, secret }: App): SocialNetwork {
  const { clientId, consentBase, tokenBase, apiBase } = setting;
  const commanded = async (path: string, form: Readonly<Record<string, string>>) => ({
    method: "POST" as const,
    url: `${tokenBase}/2/oauth2/${path}`,
    form,
    headers: basic(clientId, await secret()),
  });
  return {
    authorizationUrl(consent) {
      const query = {
        response_type: "code",
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: SCOPES.join(" "),
        state: consent.state,
        ...proofKey(consent),
      };
      return Promise.resolve(addressWith(`${consentBase}/i/oauth2/authorize`, query));
    },
    async exchange(code, { codeVerifier: code_verifier }) {
      const form = { code, grant_type: "authorization_code", redirect_uri: redirectUri, code_verifier };
      const asked = await commanded("token", form);
      return {
        tokens: tokensOf(await conversation(manners, true)(asked, TokenAnswer), nothingYet(SCOPES)),
        identity: null,
      };
    },
    async refresh(tokens) {
      const asked = await commanded("token", renewalForm("twitter", tokens));
      return tokensOf(await conversation(manners, true)(asked, TokenAnswer), tokens);
    },
    async revoke(tokens) {
      // The one that lasts; an access token has two hours at most.
      const form =
        tokens.refreshToken === null
          ? { token: tokens.accessToken, token_type_hint: "access_token" }
          : { token: tokens.refreshToken, token_type_hint: "refresh_token" };
      const asked = await commanded("revoke", form);
      await unlessGone(conversation(manners, true)(asked, z.unknown()));
    },
    async read(tokens) {
      // Asked for what is not consented to, it says a 403 like any other, which may be about our app as well.
      if (!READ_SCOPES.every((one) => tokens.scopes.includes(one)))
        throw new NetworkRefused("twitter", "insufficient_scope");
      const converse = conversation(manners, false);
      const headers = bearer(tokens);
      const query = { "user.fields": "profile_image_url,public_metrics" };
      const { data: user } = await converse({ url: `${apiBase}/2/users/me`, query, headers }, UserAnswer);
      const posts = await converse(
        {
          url: `${apiBase}/2/users/${encodeURIComponent(user.id)}/tweets`,
          query: { max_results: String(RATED_POSTS), exclude: "retweets,replies", "tweet.fields": "public_metrics" },
          headers,
        },
        PostsAnswer,
      );
      return memberOf(user, posts.data ?? []);
    },
  };
}

const memberOf = (user: z.output<typeof User>, posts: NonNullable<z.output<typeof PostsAnswer>["data"]>) => ({
  identity: {
    externalId: user.id,
    username: user.username,
    displayName: user.name,
    profileUrl: `https://x.com/${encodeURIComponent(user.username)}`,
    avatarUrl: user.profile_image_url,
  },
  figures: {
    followerCount: user.public_metrics.followers_count,
    followingCount: user.public_metrics.following_count,
    postCount: user.public_metrics.tweet_count,
    ...engagementOf(
      user.public_metrics.followers_count,
      posts.map(({ public_metrics: { like_count: likes, reply_count: comments } }) => ({ likes, comments })),
    ),
  },
});
