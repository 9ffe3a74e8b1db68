/** LinkedIn, by OpenID Connect. Its rules, with their sources, are in docs/social.md. */
import * as z from "zod";
import { engagementOf } from "#shared/domain/social/engagement";
import type { SocialNetwork } from "#shared/ports/social-networks";
import { LINKEDIN_FOLLOWERS_SCOPE } from "#shared/ports/social-settings";
import type { App } from "./app.ts";
import { addressWith, parsed } from "./asking.ts";
import { conversation, type Manners, oauthVerdict, renewalForm } from "./judging.ts";
import { Address, Count, ExternalId, Name } from "./shapes.ts";
import { bearer, nothingYet, TokenAnswer, tokensOf } from "./tokens.ts";

const SCOPES = ["openid", "profile"];
/** A version is served for a year; which ones are is in LinkedIn's table of migrations. */
const VERSION = "202610";

/** A code that is not good, or used twice, is called a request that is not. */
const ownReasons = { invalid_request: "invalid_grant" } as const;

/** "Resource level throttle APPLICATION_AND_MEMBER DAY limit": what our app may ask for one member; "APPLICATION DAY" is the app's. */
const MemberLimit = z.object({ message: z.string().regex(/\b(APPLICATION_AND_)?MEMBER\b/) });

/** Limits are of a day, which begins at midnight UTC; an hour is how long it is worth to wait before it is asked again. */
const manners: Manners = {
  platform: "linkedin",
  verdictOf: (answered) => oauthVerdict(answered, ownReasons),
  limitOf: ({ body }) => (MemberLimit.safeParse(body).success ? "account" : "everybody"),
  usualWaitSeconds: 3_600,
};

const UserInfo = z.object({ sub: ExternalId, name: Name, picture: Address });
const Followers = z.object({ elements: z.tuple([z.object({ memberFollowersCount: Count })], z.unknown()) });

/** OpenID Connect Core, 2: who consented, by whom it is said, and to whom. */
const IdToken = UserInfo.extend({ iss: z.string().startsWith("https://www.linkedin.com"), aud: z.string() });
const IdentifiedAnswer = TokenAnswer.extend({ id_token: z.string().nullish() });

/**
 * Whom an ID token tells of. It came from LinkedIn itself, over TLS, which stands for its signature (OpenID Connect Core, 3.1.3.7, 6).
 * Null where there is none that is for us: then whoever it is is asked for.
 */
function memberIn(idToken: string | null | undefined, clientId: string): z.output<typeof UserInfo> | null {
  const claims = Buffer.from(idToken?.split(".")[1] ?? "", "base64url").toString("utf8");
  const { success, data: told } = IdToken.safeParse(parsed(claims));
  return success && told.aud === clientId ? told : null;
}

/** It says neither a person's address nor the name in it. */
const identityOf = ({ sub, name, picture }: z.output<typeof UserInfo>) => ({
  externalId: sub,
  username: name,
  displayName: name,
  profileUrl: null,
  avatarUrl: picture,
});

export function linkedin({ setting, redirectUri, secret }: App): SocialNetwork {
  const { clientId: client_id, consentBase, tokenBase, apiBase, extraScopes = [] } = setting;
  const scopes = [...SCOPES, ...extraScopes];
  const commanded = async (form: Readonly<Record<string, string>>) => ({
    method: "POST" as const,
    url: `${tokenBase}/oauth/v2/accessToken`,
    form: { client_id, client_secret: await secret(), ...form },
  });
  return {
    authorizationUrl({ state }) {
      const query = { response_type: "code", client_id, redirect_uri: redirectUri, state, scope: scopes.join(" ") };
      return Promise.resolve(addressWith(`${consentBase}/oauth/v2/authorization`, query));
    },
    async exchange(code) {
      const asked = await commanded({ grant_type: "authorization_code", code, redirect_uri: redirectUri });
      const answer = await conversation(manners, true)(asked, IdentifiedAnswer);
      const member = memberIn(answer.id_token, client_id);
      return { tokens: tokensOf(answer, nothingYet(scopes)), identity: member && identityOf(member) };
    },
    async refresh(tokens) {
      const asked = await commanded(renewalForm("linkedin", tokens));
      return tokensOf(await conversation(manners, true)(asked, TokenAnswer), tokens);
    },
    // There is no documented way to: people take their consent back in LinkedIn's own settings.
    revoke: () => Promise.resolve(),
    async read(tokens) {
      const converse = conversation(manners, false);
      const headers = bearer(tokens);
      const user = await converse({ url: `${apiBase}/v2/userinfo`, headers }, UserInfo);
      let followerCount: number | null = null;
      if (tokens.scopes.includes(LINKEDIN_FOLLOWERS_SCOPE)) {
        const asked = {
          url: `${apiBase}/rest/memberFollowersCount`,
          query: { q: "me" },
          headers: { ...headers, "linkedin-version": VERSION, "x-restli-protocol-version": "2.0.0" },
        };
        followerCount = (await converse(asked, Followers)).elements[0].memberFollowersCount;
      }
      return {
        identity: identityOf(user),
        figures: { followerCount, followingCount: null, postCount: null, ...engagementOf(followerCount, []) },
      };
    },
  };
}
