/** Shapes and lives: docs/social.md, Instagram. */
import { type Call, type Network, ok, type Reply, withGrant } from "../network.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const LONG = 60 * DAY;
const REFRESHABLE_AFTER = DAY;

const graphProblem = (status: number, code: number, message: string): Reply => ({
  status,
  body: { error: { message, type: "OAuthException", code, fbtrace_id: "A0" } },
});
const tokenProblem = (error_message: string): Reply => ({
  status: 400,
  body: { error_type: "OAuthException", code: 400, error_message },
});

const refused: Network["refused"] = (operation) =>
  operation === "exchange"
    ? tokenProblem("This authorization code has been used")
    : graphProblem(400, 190, "Error validating access token: Session has expired.");

const isUs = ({ form, query, client }: Call): boolean =>
  (form.get("client_secret") ?? query.get("client_secret")) === client.secret;

function exchange(call: Call): Reply {
  const { form, grants, client } = call;
  if (form.get("client_id") !== client.id || !isUs(call)) return tokenProblem("Invalid platform app");
  const given = grants.redeem(form.get("code") ?? "", { redirectUri: form.get("redirect_uri") ?? "", verifier: null });
  if (!given) return refused("exchange");
  const { member, request } = given.grant;
  const permissions = request.scopes.join();
  return ok({ data: [{ access_token: given.accessToken, user_id: member.id, permissions }] });
}

const long = withGrant(refused, "refresh", (grant, call) => {
  const { accessToken, expiresIn } = call.grants.give(grant, LONG);
  return ok({ access_token: accessToken, token_type: "bearer", expires_in: expiresIn });
});

const refresh = withGrant(refused, "refresh", (grant, call) => {
  const endsAt = grant.access.get(call.query.get("access_token") ?? "") ?? 0;
  const age = call.nowSeconds - (endsAt - LONG);
  return age < REFRESHABLE_AFTER
    ? graphProblem(400, 100, "The access token is too young to be refreshed.")
    : long(call);
});

export const instagram: Network = {
  platform: "instagram",
  lives: { code: HOUR, access: HOUR, refresh: null, rotates: false, prefix: "IGAA" },
  consent: { path: "/oauth/authorize", client: "client_id", scopeSeparator: ",", isPkceRequired: false, suffix: "#_" },
  routes: [
    { method: "POST", path: /^\/oauth\/access_token$/, operation: () => "exchange", answer: exchange },
    {
      method: "GET",
      path: /^\/access_token$/,
      operation: () => "exchange",
      answer: (call) => (isUs(call) ? long(call) : graphProblem(400, 101, "Error validating client secret.")),
    },
    { method: "GET", path: /^\/refresh_access_token$/, operation: () => "refresh", answer: refresh },
    {
      method: "GET",
      path: /^\/v\d+\.0\/me$/,
      operation: () => "profile",
      answer: withGrant(refused, "profile", ({ member }) =>
        ok({
          id: `9${member.id}`,
          user_id: member.id,
          username: member.username,
          name: member.name,
          profile_picture_url: `https://scontent.example/${member.username}.jpg`,
          followers_count: member.followers,
          follows_count: member.following,
          media_count: member.posts.length,
        }),
      ),
    },
    {
      method: "GET",
      path: /^\/v\d+\.0\/me\/media$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member }, { query }) =>
        ok({
          data: member.posts.slice(0, Number(query.get("limit"))).map(({ id, likes, comments }) => ({
            id,
            ...(likes !== null && { like_count: likes }),
            comments_count: comments,
          })),
          paging: {},
        }),
      ),
    },
  ],
  limit: { units: 4_800, windowSeconds: DAY, of: "token" },
  busy: (resetSeconds) => ({
    ...graphProblem(400, 4, "Application request limit reached"),
    headers: {
      "x-business-use-case-usage": JSON.stringify({
        "1": [{ type: "instagram", estimated_time_to_regain_access: Math.ceil(resetSeconds / 60) }],
      }),
    },
  }),
  refused,
  failed: graphProblem(500, 2, "An unexpected error has occurred. Please retry your request later."),
};
