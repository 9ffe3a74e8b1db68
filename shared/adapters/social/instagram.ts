/** Instagram, by the Instagram API with Instagram Login. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { bareCode } from "#shared/domain/social/consent";
import { engagementOf, RATED_POSTS } from "#shared/domain/social/engagement";
import type { SocialNetwork } from "#shared/ports/social-networks";
import type { App } from "./app.ts";
import { addressWith, type Answered, parsed } from "./asking.ts";
import { conversation, type Manners, type Verdict } from "./judging.ts";
import { Address, Count, ExternalId, Name, OptionalName } from "./shapes.ts";
import { nothingYet, TokenAnswer, tokensOf } from "./tokens.ts";

const VERSION = "v25.0";
const SCOPES = ["instagram_business_basic"];

/** Graph API, "Error Handling"; of what gives tokens, Business Login, step 2, whose one code is for everything. */
const Problem = z.object({
  error: z.object({ code: z.int(), is_transient: z.boolean().optional(), message: z.string().default("") }),
});
const TokenProblem = z.object({ error_type: z.string(), error_message: z.string() });
const verdicts: readonly (readonly [from: number, to: number, verdict: Verdict])[] = [
  [1, 2, "later"],
  [4, 4, "busy"],
  [10, 10, "insufficient_scope"],
  [17, 17, "busy"],
  [32, 32, "busy"],
  [102, 102, "invalid_grant"],
  [190, 190, "invalid_grant"],
  [200, 299, "insufficient_scope"],
  [341, 341, "busy"],
  [368, 368, "busy"],
  [463, 467, "invalid_grant"],
  [613, 613, "busy"],
  [80_002, 80_002, "busy"],
];

/** Of its words only these are looked at: they tell our own mistakes from a code that is not good, */
const OUR_MISTAKE = /platform app|client[_ ](secret|id)|redirect_uri/i;
/** and an app that is shut out (`code` 200, too; deleted: 190) from what somebody did not give, or took back. */
const APP_SHUT_OUT = /API access (blocked|deactivated)|Error validating application/i;

function verdictOf({ body }: Answered): Verdict {
  const token = TokenProblem.safeParse(body).data;
  if (token) return OUR_MISTAKE.test(token.error_message) ? "misconfigured" : "invalid_grant";
  const problem = Problem.safeParse(body).data?.error;
  return problem && verdictOn(problem);
}

function verdictOn({ code, is_transient, message }: z.output<typeof Problem>["error"]): Verdict {
  if (APP_SHUT_OUT.test(message) || OUR_MISTAKE.test(message)) return "misconfigured";
  const [, , verdict] = verdicts.find(([from, to]) => code >= from && code <= to) ?? [];
  return verdict ?? (is_transient ? "later" : "unexplained");
}

/** Graph API, "Rate Limits", X-Business-Use-Case-Usage: minutes, by whose use it is. */
const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number() })));
function waitOf({ headers }: Answered): number | undefined {
  const usage = Usage.safeParse(parsed(headers.get("x-business-use-case-usage") ?? "")).data ?? {};
  const minutes = Object.values(usage)
    .flatMap((all) => all.map((one) => one.estimated_time_to_regain_access))
    // None, where it is another limit that was met.
    .filter((one) => one > 0);
  return minutes.length > 0 ? Math.max(...minutes) * 60 : undefined;
}

/** Of the person's and the account's own calls, and what they are held back from; 4, 341 and 613 are the app's. */
const ownLimits: ReadonlySet<number | undefined> = new Set([17, 32, 368, 80_002]);
const limitOf = ({ body }: Answered) =>
  ownLimits.has(Problem.safeParse(body).data?.error.code) ? "account" : "everybody";

const manners: Manners = { platform: "instagram", verdictOf, waitOf, limitOf, usualWaitSeconds: 3_600 };

/** Wrapped in `data` by what Business Login documents, and not by what its example shows. */
const Short = z.object({ access_token: z.string().min(1) });
const ShortAnswer = z.union([z.object({ data: z.tuple([Short], Short) }).transform(({ data }) => data[0]), Short]);
const Me = z.object({
  user_id: z.union([ExternalId, z.int().transform(String)]),
  username: Name,
  name: OptionalName,
  profile_picture_url: Address,
  followers_count: Count,
  follows_count: Count,
  media_count: Count,
});
/** Likes are left out where their owner hides them. */
const Media = z.object({ data: z.array(z.object({ like_count: Count, comments_count: Count })) });

export function instagram({ setting, redirectUri, secret }: App): SocialNetwork {
  const { clientId, consentBase, tokenBase, apiBase } = setting;
  return {
    authorizationUrl({ state }) {
      const query = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: SCOPES.join(),
        state,
      };
      return Promise.resolve(addressWith(`${consentBase}/oauth/authorize`, query));
    },
    async exchange(code) {
      const client_secret = await secret();
      const converse = conversation(manners, true);
      const form = {
        client_id: clientId,
        client_secret,
        grant_type: "authorization_code",
        redirect_uri: redirectUri,
        code: bareCode(code),
      };
      const { access_token } = await converse(
        { method: "POST", url: `${tokenBase}/oauth/access_token`, form },
        ShortAnswer,
      );
      const query = { grant_type: "ig_exchange_token", client_secret, access_token };
      return {
        tokens: tokensOf(await converse({ url: `${apiBase}/access_token`, query }, TokenAnswer), nothingYet(SCOPES)),
        identity: null,
      };
    },
    async refresh(tokens) {
      const query = { grant_type: "ig_refresh_token", access_token: tokens.accessToken };
      const converse = conversation(manners, true);
      return tokensOf(await converse({ url: `${apiBase}/refresh_access_token`, query }, TokenAnswer), tokens);
    },
    // There is no way to: people take their consent back in Instagram's own settings.
    revoke: () => Promise.resolve(),
    async read({ accessToken: access_token }) {
      const converse = conversation(manners, false);
      const fields = Object.keys(Me.shape).join();
      const me = await converse({ url: `${apiBase}/${VERSION}/me`, query: { fields, access_token } }, Me);
      const query = { fields: "like_count,comments_count", limit: String(RATED_POSTS), access_token };
      const { data } = await converse({ url: `${apiBase}/${VERSION}/me/media`, query }, Media);
      return memberOf(me, data);
    },
  };
}

const memberOf = (me: z.output<typeof Me>, media: z.output<typeof Media>["data"]) => ({
  identity: {
    externalId: me.user_id,
    username: me.username,
    displayName: me.name,
    profileUrl: `https://www.instagram.com/${encodeURIComponent(me.username)}`,
    avatarUrl: me.profile_picture_url,
  },
  figures: {
    followerCount: me.followers_count,
    followingCount: me.follows_count,
    postCount: me.media_count,
    ...engagementOf(
      me.followers_count,
      media.map(({ like_count: likes, comments_count: comments }) => ({ likes, comments })),
    ),
  },
});
