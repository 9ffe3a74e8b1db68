import type { EnvironmentFor } from "#shared/ports/catalogue";
import type { ClickIds } from "#shared/ports/conversions";
import type { Clicks, TrackedLinks, Visitors } from "#shared/ports/tracking";
import { awsJson } from "./aws-json.ts";
import { signedClickIds } from "./click-ids.ts";
import { clickStream } from "./click-stream.ts";
import { durableClicks } from "./durable-clicks.ts";
import { cachedLinks } from "./link-cache.ts";
import { linkStore } from "./link-store.ts";
import { overflowQueue } from "./overflow-queue.ts";
import { keyedVisitors } from "./visitor-key.ts";

export interface ClickEnvironment extends EnvironmentFor<
  "trackedLinks:find" | "visitors:identify" | "clickIds:sign" | "clicks:record"
> {
  readonly AWS_REGION: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_SESSION_TOKEN?: string | undefined;
  readonly AWS_ENDPOINT_URL?: string | undefined;
}

/** What the click path says when something fails, and why; `click.parked` carries the hit, which is then nowhere else. */
export type ClickLog = (
  code: "click.parked" | "link.unavailable" | "visitor_key.unavailable" | "click_key.unavailable",
  errors: readonly unknown[],
  fields?: Readonly<Record<string, unknown>>,
) => void;

/** The click path's ports on AWS, without the SDK. Credentials are the Lambda's own, which never change while it runs. */
export function signedClickPorts(
  env: ClickEnvironment,
  { now, log }: { readonly now: () => number; readonly log: ClickLog },
): {
  readonly trackedLinks: TrackedLinks;
  readonly visitors: Visitors;
  readonly clickIds: ClickIds;
  readonly clicks: Clicks;
} {
  const call = awsJson({
    region: env.AWS_REGION,
    endpointUrl: env.AWS_ENDPOINT_URL,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    now,
  });
  return {
    trackedLinks: cachedLinks(linkStore(call, env.TABLE_NAME), now, (error) => log("link.unavailable", [error])),
    visitors: keyedVisitors(call, env.TABLE_NAME, now, (error) => log("visitor_key.unavailable", [error])),
    clickIds: signedClickIds(call, env.TABLE_NAME, now, (error) => log("click_key.unavailable", [error])),
    clicks: durableClicks({
      stream: clickStream(call, env.CLICK_STREAM_NAME),
      overflow: overflowQueue(call, env.OVERFLOW_QUEUE_URL),
      park: (hit, errors) => log("click.parked", errors, { hit }),
    }),
  };
}
