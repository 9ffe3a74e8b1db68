import * as z from "zod";
import { callOf, noCause } from "./call.ts";
import { ControlProblem, control, nothing } from "./controls.ts";
import type { Control } from "./controls.ts";
import { EventFaults, eventFaultsShape } from "./event-faults.ts";
import { events, markDelivered } from "./events.ts";
import { faultShape, randomFaultsShape } from "./faults.ts";
import type { Reply } from "./idempotency.ts";
import type { ApiRequest, Stage } from "./pipeline.ts";
import { StripeRefusal } from "./refusal.ts";
import { resourceControls } from "./resources/index.ts";
import { Routes } from "./routes.ts";
import { settingsShape } from "./settings.ts";

const clockShape = z.strictObject({ offsetSeconds: z.int().min(0) });
const replayShape = z.strictObject({ eventId: z.string(), times: z.int().min(1).max(10_000).default(1) });

// A misspelt route would be a fault that never happens, and a test that passes for nothing.
function refuseMisspelt(stage: Stage, route: string): void {
  const [method = "", path = ""] = route.split(" ");
  if (route !== "*" && !stage.routes.find(method, path)) {
    throw new ControlProblem(400, `No route is called ${route}.`);
  }
}

const stageControls: readonly Control[] = [
  control("POST /_faults", faultShape, (fault, _call, stage) => {
    refuseMisspelt(stage, fault.route);
    stage.faults.add(fault);
    return { faults: stage.faults.list() };
  }),
  control("POST /_faults/random", randomFaultsShape, (faults, _call, stage) => {
    refuseMisspelt(stage, faults.route);
    stage.faults.randomize(faults);
    return faults;
  }),
  control("GET /_faults", nothing, (_input, _call, stage) => ({ faults: stage.faults.list() })),
  control("DELETE /_faults", nothing, (_input, _call, stage) => {
    stage.faults.clear();
    return { faults: [] };
  }),
  control("POST /_settings", settingsShape, (change, _call, stage) => Object.assign(stage.settings, change)),
  control("PUT /_clock", clockShape, ({ offsetSeconds }, _call, { clock }) => {
    if (!clock.move(offsetSeconds))
      throw new ControlProblem(409, `The clock is ${clock.offsetSeconds} seconds ahead and only moves forward.`);
    return { now: new Date(clock.now()).toISOString(), offsetSeconds };
  }),
  control("GET /_state", nothing, (_input, _call, stage) => stateOf(stage)),
  control("POST /_webhooks/faults", eventFaultsShape, (rates, _call, stage) => {
    stage.deliveries.faults = new EventFaults(rates);
    return rates;
  }),
  control("DELETE /_webhooks/faults", nothing, (_input, _call, stage) => {
    stage.deliveries.faults = undefined;
    return {};
  }),
  control("POST /_webhooks/replay", replayShape, ({ eventId, times }, _call, stage) => replay(stage, eventId, times)),
];

const controls = new Routes([...stageControls, ...resourceControls.flat()]);

/**
 * Throws one of the stage's own switches: those of this file, and those that resources declare.
 *
 * | switch | what happens |
 * |---|---|
 * | `POST /_faults`, `POST /_faults/random`, `GET /_faults`, `DELETE /_faults` | requests fail, as told or by chance |
 * | `POST /_webhooks/faults`, `DELETE /_webhooks/faults` | events come twice, late, shuffled or not at all |
 * | `POST /_webhooks/replay` `{ eventId, times }` | one event is delivered again and again |
 * | `POST /_settings` | delays change: see `settingsShape` |
 * | `PUT /_clock` `{ offsetSeconds }` | what the fake dates by is that far ahead of the machine's clock |
 * | `POST /_balance_transactions` `{ amount, currency }` | money moves, and nobody asked for it |
 * | `GET /_state` | counts of objects and deliveries |
 * | `POST /_accounts/{id}` `{ state, disabled_reason }` | Stripe restricts, rejects or enables somebody |
 * | `POST /_accounts/{id}/payouts` `{ failure_code }` | their bank returns every payout; null ends it |
 * | `POST /_payouts/{id}` `{ status, failure_code }` | a payout is sent, arrives, or comes back |
 * | `POST /_transfers/{id}/reversals` `{ amount }` | money is taken back even after its payout |
 * | `POST /_topups` `{ amount, ageSeconds }`, `POST /_topups/{id}/reversal` | the house tops its balance up, and it comes back |
 * | `POST /_fees` `{ amount, tax, type, ageSeconds }` | Stripe takes a fee of the account |
 * | `POST /_refunds/{id}` `{ status, failure_reason }` | a refund succeeds or fails |
 * | `POST /_charges/{id}/disputes` `{ reason, amount, isInquiry }` | a cardholder complains |
 * | `POST /_disputes/{id}` `{ outcome }` | their bank decides |
 */
export function answerControl(stage: Stage, request: ApiRequest): Reply {
  const match = controls.find(request.method, request.path);
  if (!match) return json(404, { message: `Nothing at ${request.method} ${request.path}.` });
  try {
    const run = match.route.prepare(request.body);
    const account = stage.state.holderOf(match.ids[0] ?? "") ?? stage.state.platform;
    return json(200, run(callOf(stage, account, match.ids, noCause), stage));
  } catch (error) {
    if (!(error instanceof ControlProblem || error instanceof StripeRefusal)) throw error;
    return json(error.status, { message: error.message });
  }
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

function replay(stage: Stage, eventId: string, times: number): object {
  const account = stage.state.holderOf(eventId);
  const event = account && events(account).get(eventId);
  if (!event) throw new ControlProblem(404, `No such event: '${eventId}'`);
  if (stage.deliveries.url === undefined) throw new ControlProblem(409, "There is no webhook address.");
  for (let count = 0; count < times; count += 1) {
    stage.deliveries.enqueue({ ...event, pending_webhooks: 1 }, () => {
      markDelivered(account, event);
    });
  }
  return { eventId, queued: times };
}

function json(status: number, body: object): Reply {
  return { status, body: JSON.stringify(body, null, 2), headers: { "content-type": "application/json" } };
}
