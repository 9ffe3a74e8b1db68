import * as z from "zod";
import { events, markDelivered } from "./events.ts";
import { faultShape } from "./faults.ts";
import type { Reply } from "./idempotency.ts";
import type { ApiRequest, Stage } from "./pipeline.ts";

const replayShape = z.strictObject({ eventId: z.string(), times: z.int().min(1).max(10_000).default(1) });

/**
 * The stage's own switches, which Stripe does not have and which need no key:
 * `POST /_faults` (see {@link faultShape}), `GET /_faults`, `DELETE /_faults`, `GET /_state`, and
 * `POST /_webhooks/replay` with `{ "eventId": "evt_…", "times": 20 }`, which delivers one event again and again.
 */
export function control(stage: Stage, request: ApiRequest): Reply {
  switch (`${request.method} ${request.path}`) {
    case "POST /_faults":
      return addFault(stage, request.body);
    case "GET /_faults":
      return json(200, { faults: stage.faults.list() });
    case "DELETE /_faults":
      stage.faults.clear();
      return json(200, { faults: [] });
    case "GET /_state":
      return json(200, stateOf(stage));
    case "POST /_webhooks/replay":
      return replay(stage, request.body);
    default:
      return json(404, { message: `Nothing at ${request.method} ${request.path}.` });
  }
}

function addFault(stage: Stage, body: string): Reply {
  const fault = faultShape.safeParse(parsed(body));
  if (!fault.success) return json(400, { message: z.prettifyError(fault.error) });
  const [method = "", path = ""] = fault.data.route.split(" ");
  // A misspelt route would be a fault that never happens, and a test that passes for nothing.
  if (fault.data.route !== "*" && !stage.routes.find(method, path)) {
    return json(400, { message: `No route is called ${fault.data.route}.` });
  }
  stage.faults.add(fault.data);
  return json(201, { faults: stage.faults.list() });
}

function stateOf(stage: Stage): object {
  const accounts = Object.fromEntries(stage.state.accounts().map((account) => [account.id, account.counts()]));
  return {
    objects: stage.state.platform.counts(),
    accounts,
    webhooks: { url: stage.deliveries.url ?? null, ...stage.deliveries.counts },
    faults: stage.faults.list(),
  };
}

function replay(stage: Stage, body: string): Reply {
  const wanted = replayShape.safeParse(parsed(body));
  if (!wanted.success) return json(400, { message: z.prettifyError(wanted.error) });
  const { eventId, times } = wanted.data;
  const account = stage.state.accounts().find((candidate) => events(candidate).get(eventId) !== undefined);
  const event = account && events(account).get(eventId);
  if (!account || !event) return json(404, { message: `No such event: '${eventId}'` });
  if (stage.deliveries.url === undefined) return json(409, { message: "There is no webhook address." });
  for (let count = 0; count < times; count += 1) {
    stage.deliveries.enqueue({ ...event, pending_webhooks: 1 }, () => {
      markDelivered(account, event);
    });
  }
  return json(202, { eventId, queued: times });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function json(status: number, body: object): Reply {
  return { status, body: JSON.stringify(body, null, 2), headers: { "content-type": "application/json" } };
}
