/** Shapes and lives: docs/social.md, X. */
import {
  byGrantType,
  type Call,
  givenFor,
  type Network,
  oauthProblem,
  ok,
  type Reply,
  tokenAnswer,
  withGrant,
} from "../network.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** X names no end of its refresh tokens. */
const NO_END = 100 * 365 * DAY;

const problem = (status: number, title: string): Reply => ({
  status,
  body: { title, detail: title, type: "about:blank", status },
});

const refused: Network["refused"] = (operation) =>
  operation === "profile" || operation === "posts"
    ? problem(401, "Unauthorized")
    : oauthProblem(400, "invalid_request", "Value passed for the token was invalid.");

const isUs = ({ headers, client }: Call): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;
const stranger = oauthProblem(401, "unauthorized_client", "Missing valid authorization header");

function token(call: Call): Reply {
  if (!isUs(call)) return stranger;
  const given = givenFor(call);
  return given
    ? ok({ ...tokenAnswer(given), scope: given.grant.request.scopes.join(" ") })
    : refused(byGrantType(call));
}

function revoke(call: Call): Reply {
  if (!isUs(call)) return stranger;
  const named = call.form.get("token");
  const grant = call.grants.byRefresh(named) ?? call.grants.byAccess(named ?? undefined);
  if (!grant) return refused("revoke");
  grant.isRevoked = true;
  return ok({ revoked: true });
}

export const twitter: Network = {
  platform: "twitter",
  lives: { code: 30, access: 2 * HOUR, refresh: NO_END, rotates: true, prefix: "eHR3" },
  consent: {
    path: "/i/oauth2/authorize",
    client: "client_id",
    scopeSeparator: " ",
    isPkceRequired: true,
    suffix: "",
  },
  routes: [
    { method: "POST", path: /^\/2\/oauth2\/token$/, operation: byGrantType, answer: token },
    { method: "POST", path: /^\/2\/oauth2\/revoke$/, operation: () => "revoke", answer: revoke },
    {
      method: "GET",
      path: /^\/2\/users\/me$/,
      operation: () => "profile",
      answer: withGrant(refused, "profile", ({ member }) =>
        ok({
          data: {
            id: member.id,
            username: member.username.replaceAll(".", "_"),
            name: member.name,
            profile_image_url: `https://pbs.example/${member.username}_normal.jpg`,
            public_metrics: {
              followers_count: member.followers,
              following_count: member.following,
              tweet_count: member.posts.length,
              listed_count: 0,
            },
          },
        }),
      ),
    },
    {
      method: "GET",
      path: /^\/2\/users\/\d+\/tweets$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member }, { query }) => {
        const data = member.posts.slice(0, Number(query.get("max_results"))).map(({ id, likes, comments }) => ({
          id,
          text: "",
          public_metrics: { like_count: likes ?? 0, reply_count: comments, retweet_count: 0, quote_count: 0 },
        }));
        return ok(data.length > 0 ? { data, meta: { result_count: data.length } } : { meta: { result_count: 0 } });
      }),
    },
  ],
  limit: { units: 75, windowSeconds: 900, of: "token" },
  busy: (resetSeconds, nowSeconds) => ({
    ...problem(429, "Too Many Requests"),
    headers: { "x-rate-limit-remaining": "0", "x-rate-limit-reset": String(nowSeconds + resetSeconds) },
  }),
  refused,
  failed: problem(503, "Service Unavailable"),
};
