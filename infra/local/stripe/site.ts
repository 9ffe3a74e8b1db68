import { callOf, noCause } from "./call.ts";
import type { Reply } from "./idempotency.ts";
import type { ApiRequest, Stage } from "./pipeline.ts";
import { openAccountLink } from "./resources/account-links.ts";

/** What a browser sees: the addresses of account links. */
export function answerBrowser(stage: Stage, request: ApiRequest): Reply | undefined {
  if (request.method !== "GET") return undefined;
  const [, token] = /^\/setup\/e\/\w+\/(\w+)$/.exec(request.path) ?? [];
  if (token === undefined) return undefined;
  const target = openAccountLink(callOf(stage, stage.state.platform, [], noCause), token);
  return target === undefined ? undefined : { status: 303, body: "", headers: { location: target } };
}
