/** Shapes and lives: docs/social.md, YouTube. */
import type { Member } from "../members.ts";
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
/** Of what nobody uses. */
const REFRESH = 182 * DAY;

const problem = (code: number, reason: string, message: string): Reply => ({
  status: code,
  body: { error: { code, message, errors: [{ message, domain: "global", reason }] } },
});

const refused: Network["refused"] = (operation) => {
  if (operation === "revoke") return oauthProblem(400, "invalid_token", "Token expired or revoked");
  return operation === "profile" || operation === "posts"
    ? problem(401, "authError", "Request had invalid authentication credentials.")
    : oauthProblem(400, "invalid_grant", "Token has been expired or revoked.");
};

function token(call: Call): Reply {
  const { form, client } = call;
  if (form.get("client_id") !== client.id || form.get("client_secret") !== client.secret)
    return oauthProblem(401, "invalid_client", "The OAuth client was not found.");
  const given = givenFor(call);
  return given
    ? ok({ ...tokenAnswer(given), scope: given.grant.request.scopes.join(" ") })
    : refused(byGrantType(call));
}

function revoke({ form, grants }: Call): Reply {
  const named = form.get("token");
  const grant = grants.byRefresh(named) ?? grants.byAccess(named ?? undefined);
  if (!grant) return refused("revoke");
  grant.isRevoked = true;
  return ok({});
}

/** To three digits, downwards, as everybody's is told. */
const rounded = (count: number): number => {
  const unit = 10 ** Math.max(0, String(count).length - 3);
  return Math.floor(count / unit) * unit;
};

const channelOf = (member: Member) => ({
  kind: "youtube#channel",
  id: `UC${member.id}`,
  snippet: {
    title: member.name,
    customUrl: `@${member.username}`,
    thumbnails: { default: { url: `https://yt3.example/${member.username}` } },
  },
  statistics: {
    viewCount: "0",
    ...(!member.hidesFollowers && { subscriberCount: String(rounded(member.followers)) }),
    hiddenSubscriberCount: member.hidesFollowers,
    videoCount: String(member.posts.length),
  },
  contentDetails: { relatedPlaylists: { uploads: `UU${member.id}` } },
});

function videos({ posts }: Member, ids: readonly string[]) {
  return posts
    .filter(({ id }) => ids.includes(id))
    .map(({ id, likes, comments }) => ({
      id,
      statistics: { ...(likes !== null && { likeCount: String(likes) }), commentCount: String(comments) },
    }));
}

export const youtube: Network = {
  platform: "youtube",
  lives: { code: 600, access: 3_600, refresh: REFRESH, rotates: false, prefix: "ya29." },
  consent: { path: "/o/oauth2/v2/auth", client: "client_id", scopeSeparator: " ", isPkceRequired: false, suffix: "" },
  routes: [
    { method: "POST", path: /^\/token$/, operation: byGrantType, answer: token },
    { method: "POST", path: /^\/revoke$/, operation: () => "revoke", answer: revoke },
    {
      method: "GET",
      path: /^\/youtube\/v3\/channels$/,
      operation: () => "profile",
      answer: withGrant(refused, "profile", ({ member }) =>
        ok({ kind: "youtube#channelListResponse", ...(member.hasChannel && { items: [channelOf(member)] }) }),
      ),
    },
    {
      method: "GET",
      path: /^\/youtube\/v3\/playlistItems$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member }, { query }) =>
        member.posts.length === 0
          ? problem(
              404,
              "playlistNotFound",
              "The playlist identified with the request's playlistId parameter cannot be found.",
            )
          : ok({
              items: member.posts
                .slice(0, Number(query.get("maxResults")))
                .map(({ id }) => ({ contentDetails: { videoId: id } })),
            }),
      ),
    },
    {
      method: "GET",
      path: /^\/youtube\/v3\/videos$/,
      operation: () => "posts",
      answer: withGrant(refused, "posts", ({ member }, { query }) =>
        ok({ items: videos(member, (query.get("id") ?? "").split(",")) }),
      ),
    },
  ],
  limit: { units: 10_000, windowSeconds: DAY, of: "app" },
  busy: () => problem(403, "quotaExceeded", "The request cannot be completed because you have exceeded your quota."),
  refused,
  failed: problem(503, "backendError", "Backend Error"),
};
