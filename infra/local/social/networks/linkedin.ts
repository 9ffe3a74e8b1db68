/** Shapes and lives: docs/social.md, LinkedIn. */
import type { Grant } from "../grants.ts";
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

const DAY = 86_400;

const problem = (status: number, serviceErrorCode: number, code: string, message: string): Reply => ({
  status,
  body: { status, serviceErrorCode, code, message },
});

const refused: Network["refused"] = (operation) =>
  operation === "profile" || operation === "posts"
    ? problem(401, 65_601, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user")
    : oauthProblem(400, "invalid_request", "Unable to retrieve access token: authorization code expired");

function token(call: Call): Reply {
  const { form, client } = call;
  if (form.get("client_id") !== client.id || form.get("client_secret") !== client.secret)
    return oauthProblem(401, "invalid_client", "Client authentication failed");
  const given = givenFor(call);
  if (!given) return refused(byGrantType(call));
  return ok({ ...tokenAnswer(given), scope: given.grant.request.scopes.join(), id_token: idTokenOf(given.grant) });
}

const userInfo = ({ member }: Grant) => ({
  sub: member.id,
  name: member.name,
  picture: `https://media.example/${member.username}`,
  locale: "en_US",
});

/** Its signature is nobody's: whoever takes it from here has it from LinkedIn itself. */
const idTokenOf = (grant: Grant): string =>
  [
    { alg: "RS256", typ: "JWT" },
    { iss: "https://www.linkedin.com/oauth", aud: grant.request.clientId, ...userInfo(grant) },
    "signature",
  ]
    .map((part) => Buffer.from(typeof part === "string" ? part : JSON.stringify(part)).toString("base64url"))
    .join(".");

export const linkedin: Network = {
  platform: "linkedin",
  // Refresh tokens are for partners alone.
  lives: { code: 1_800, access: 60 * DAY, refresh: null, rotates: false, prefix: "AQX" },
  consent: {
    path: "/oauth/v2/authorization",
    client: "client_id",
    scopeSeparator: " ",
    isPkceRequired: false,
    suffix: "",
  },
  routes: [
    { method: "POST", path: /^\/oauth\/v2\/accessToken$/, operation: byGrantType, answer: token },
    {
      method: "GET",
      path: /^\/v2\/userinfo$/,
      operation: () => "profile",
      answer: withGrant(refused, "profile", (grant) => ok(userInfo(grant))),
    },
    {
      method: "GET",
      path: /^\/rest\/memberFollowersCount$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member, request }, { headers }) => {
        if (!/^20\d{4}$/.test(String(headers["linkedin-version"])))
          return problem(400, 0, "VERSION_MISSING", "A version must be present.");
        return request.scopes.includes("r_member_profileAnalytics")
          ? ok({ elements: [{ memberFollowersCount: member.followers }], paging: { start: 0, count: 10, links: [] } })
          : problem(403, 100, "ACCESS_DENIED", "Not enough permissions to access: memberFollowersCount");
      }),
    },
  ],
  limit: { units: 500, windowSeconds: DAY, of: "token" },
  busy: () => problem(429, 101, "TOO_MANY_REQUESTS", "Resource level throttle DAY limit for calls is reached."),
  refused,
  failed: problem(500, 0, "INTERNAL_SERVER_ERROR", "Internal Server Error"),
};
