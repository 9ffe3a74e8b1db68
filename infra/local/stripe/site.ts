import { callOf, noCause } from "./call.ts";
import type { Reply } from "./idempotency.ts";
import type { ApiRequest, Stage } from "./pipeline.ts";
import { page } from "./page.ts";
import { openAccountLink } from "./resources/account-links.ts";

const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  // Nothing that somebody called a thing may run or load anything.
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
};

/** What a browser sees: the page of all objects, and the addresses of account links. */
export function answerBrowser(stage: Stage, request: ApiRequest): Reply | undefined {
  if (request.method !== "GET") return undefined;
  if (request.path === "/") return { status: 200, body: page(stage), headers: pageHeaders };
  const [, token] = /^\/setup\/e\/\w+\/(\w+)$/.exec(request.path) ?? [];
  if (token === undefined) return undefined;
  const target = openAccountLink(callOf(stage, stage.state.platform, [], noCause), token);
  return target === undefined ? undefined : { status: 303, body: "", headers: { location: target } };
}
