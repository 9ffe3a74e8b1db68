/** Shapes and lives: docs/social.md, TikTok. */
import { byGrantType, type Call, givenFor, type Network, oauthProblem, ok, type Reply, withGrant } from "../network.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const LOG_ID = "20261127000000";

const problem = (status: number, code: string, message: string): Reply => ({
  status,
  body: { data: {}, error: { code, message, log_id: LOG_ID } },
});
const fine = (data: object): Reply => ok({ data, error: { code: "ok", message: "", log_id: LOG_ID } });

/** What gives tokens says no with a status of 200. */
const oauthNo = (error: string, description: string): Reply => {
  const { body } = oauthProblem(200, error, description);
  return ok({ ...(body as object), log_id: LOG_ID });
};

const refused: Network["refused"] = (operation) =>
  operation === "profile" || operation === "posts"
    ? problem(401, "access_token_invalid", "The access token is invalid or not found in the request.")
    : oauthNo("invalid_grant", "The token or code is invalid or expired.");

const isUs = ({ form, client }: Call): boolean =>
  form.get("client_key") === client.id && form.get("client_secret") === client.secret;
const stranger = oauthNo("invalid_client", "Client key or secret is incorrect.");

function token(call: Call): Reply {
  if (!isUs(call)) return stranger;
  const given = givenFor(call);
  if (!given) return refused(byGrantType(call));
  return ok({
    open_id: given.grant.member.id,
    scope: given.grant.request.scopes.join(),
    access_token: given.accessToken,
    expires_in: given.expiresIn,
    refresh_token: given.refreshToken,
    refresh_expires_in: given.refreshExpiresIn,
    token_type: "Bearer",
  });
}

function revoke(call: Call): Reply {
  if (!isUs(call)) return stranger;
  const grant = call.grants.byAccess(call.form.get("token") ?? undefined);
  if (!grant) return refused("revoke");
  grant.isRevoked = true;
  return ok({});
}

export const tiktok: Network = {
  platform: "tiktok",
  lives: { code: 600, access: 2 * HOUR, refresh: 180 * DAY, rotates: true, prefix: "act." },
  consent: {
    path: "/v2/auth/authorize/",
    client: "client_key",
    scopeSeparator: ",",
    isPkceRequired: false,
    suffix: "",
  },
  routes: [
    { method: "POST", path: /^\/v2\/oauth\/token\/$/, operation: byGrantType, answer: token },
    { method: "POST", path: /^\/v2\/oauth\/revoke\/$/, operation: () => "revoke", answer: revoke },
    {
      method: "GET",
      path: /^\/v2\/user\/info\/$/,
      operation: () => "profile",
      answer: withGrant(refused, "profile", ({ member, request }) =>
        request.scopes.includes("user.info.stats")
          ? fine({
              user: {
                open_id: member.id,
                display_name: member.name,
                username: member.username,
                avatar_url: `https://p16.example/${member.username}.jpeg`,
                profile_deep_link: `https://vm.tiktok.example/${member.username}`,
                follower_count: member.followers,
                following_count: member.following,
                video_count: member.posts.length,
              },
            })
          : problem(401, "scope_not_authorized", "The user did not authorize the scope."),
      ),
    },
    {
      method: "POST",
      path: /^\/v2\/video\/list\/$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member }) =>
        fine({
          videos: member.posts
            .slice(0, 20)
            .map(({ likes, comments }) => ({ like_count: likes, comment_count: comments })),
          cursor: 0,
          has_more: false,
        }),
      ),
    },
  ],
  limit: { units: 600, windowSeconds: 60, of: "app" },
  busy: () => problem(429, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later."),
  refused,
  failed: problem(500, "internal_error", "Something is wrong. Please try again later."),
};
