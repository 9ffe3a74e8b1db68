import { escapeHtml } from "#shared/domain/notifications/mail/escape";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { Page } from "./edge.ts";
import { pageOf } from "./html.ts";

/** Where networks send people back to: it is the web client's to hand on what they bring, and here a person's. */
const callbackPage =
  (platform: SocialPlatform, apiUrl: string): Page =>
  (_, { searchParams }) => {
    const [code, state, error] = ["code", "state", "error"].map((name) => searchParams.get(name));
    const body = JSON.stringify({ code, state });
    const command =
      `curl -X POST ${apiUrl}/v1/social-accounts/${platform} -H "Authorization: Bearer $CREATOR" \\\n` +
      `  -H "Content-Type: application/json" -H "Idempotency-Key: $(date +%s)" -d '${body.replaceAll("'", "")}'`;
    const markup =
      error == null
        ? `<p>This connects the account (CREATOR: the access token of whoever asked for it):</p><pre>${escapeHtml(command)}</pre>` +
          `<p>code <code>${escapeHtml(code ?? "")}</code></p><p>state <code>${escapeHtml(state ?? "")}</code></p>`
        : `<p>Nobody consented: <code>${escapeHtml(error)}</code></p>`;
    return Promise.resolve({ type: "text/html; charset=utf-8", body: pageOf(`Back from ${platform}`, markup) });
  };

/** Of every network, by path. */
export const callbackPages = (apiUrl: string): Readonly<Record<string, Page>> =>
  Object.fromEntries(
    SocialPlatform.options.map((platform) => [callbackPath(platform), callbackPage(platform, apiUrl)]),
  );

export const callbackPath = (platform: SocialPlatform): string => `/social/${platform}/callback`;
