/** A network's page of consent: who are you, and may this app read your account? */
import { escapeHtml } from "#shared/domain/notifications/mail/escape";
import { pageOf } from "../html.ts";
import type { Request } from "./grants.ts";
import type { Call, Reply } from "./network.ts";
import type { StandIn } from "./stand-in.ts";

const page = (status: number, title: string, markup: string): Reply => ({
  status,
  body: pageOf(title, markup),
  headers: {
    "content-type": "text/html; charset=utf-8",
    // Nothing that somebody called themselves may run. Where the form leads to is said by the redirect.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  },
});

/**
 * What was asked for, or what is wrong with it. People are sent nowhere but to where the app is registered: a fault is shown.
 * Source: RFC 6749, 4.1.2.1.
 */
function requestOf({ network: { consent }, client, redirectUri }: StandIn, query: URLSearchParams): Request | string {
  const scopes = query.get("scope")?.split(consent.scopeSeparator) ?? [];
  const challenge = query.get("code_challenge_method") === "S256" ? query.get("code_challenge") : null;
  const demands: readonly (readonly [isMet: boolean, fault: string])[] = [
    [query.get(consent.client) === client.id, `${consent.client} is not an app's`],
    [query.get("redirect_uri") === redirectUri, "redirect_uri is not the one that is registered"],
    [query.get("response_type") === "code", "response_type is not code"],
    [!consent.isPkceRequired || challenge !== null, "code_challenge is missing"],
    [scopes.length > 0, "scope is missing"],
  ];
  const [, fault] = demands.find(([isMet]) => !isMet) ?? [];
  return fault ?? { clientId: client.id, redirectUri, scopes, challenge };
}

function sentBack(
  { network, redirectUri }: StandIn,
  state: string | null,
  parts: Readonly<Record<string, string>>,
): Reply {
  const address = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...parts, ...(state !== null && { state }) }))
    address.searchParams.set(name, value);
  return { status: 302, body: "", headers: { location: `${address.href}${network.consent.suffix}` } };
}

/** By the form, or by `?decision=allow&account=mia.makes`, so that a script can follow it. */
export function answerConsent(standIn: StandIn, { query, form }: Call): Reply {
  const request = requestOf(standIn, query);
  if (typeof request === "string") return page(400, "This app asks in a wrong way", `<p>${escapeHtml(request)}</p>`);
  const state = query.get("state");
  const decision = form.get("decision") ?? query.get("decision");
  if (decision === "deny") return sentBack(standIn, state, { error: "access_denied" });
  if (decision !== "allow") return question(standIn, request);
  const typed = form.get("other") || form.get("account") || query.get("account") || "mia.makes";
  const code = standIn.grants.consent(standIn.members.named(typed.trim().slice(0, 60)), request);
  return sentBack(standIn, state, { code });
}

function question({ network, members }: StandIn, { scopes }: Request): Reply {
  const options = members
    .all()
    .map(
      ({ username, followers }, at) =>
        `<p><label><input type="radio" name="account" value="${escapeHtml(username)}"${at === 0 ? " checked" : ""}> ` +
        `${escapeHtml(username)} <span class="quiet">${followers} followers</span></label></p>`,
    );
  const markup =
    `<p>Atomic Influence asks for: <code>${scopes.map(escapeHtml).join(" ")}</code></p>` +
    `<form method="post">${options.join("")}<p><label>Somebody else: <input name="other" maxlength="60"></label></p>` +
    `<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p></form>`;
  return page(200, `${network.platform}, as the local stage plays it: who are you?`, markup);
}
