import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { StripeState } from "./account.ts";
import { Clock } from "./clock.ts";
import { answerControl } from "./control.ts";
import { Deliveries, defaultRetries } from "./deliveries.ts";
import type { WebhookRetries } from "./deliveries.ts";
import { Faults } from "./faults.ts";
import { answer } from "./pipeline.ts";
import type { Answer, ApiRequest, Stage } from "./pipeline.ts";
import { resourceRoutes } from "./resources/index.ts";
import { Routes } from "./routes.ts";
import type { Settings } from "./settings.ts";
import { answerBrowser } from "./site.ts";
import { Timers } from "./timers.ts";

/** How a Stripe is started. */
export interface StripeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** `127.0.0.1` unless given. */
  readonly host?: string;
  /** Where events go, over plain HTTP. Events that happen while there is none are kept and never delivered. */
  readonly webhookUrl?: string;
  /** Signs every delivery, as the `whsec_…` of an endpoint does. */
  readonly webhookSecret: string;
  /** The machine's time in milliseconds. */
  readonly now?: () => number;
  /** One line per request and per failed delivery. */
  readonly log?: (line: string) => void;
  readonly webhookRetries?: WebhookRetries;
  /** By which everything that is put off comes; the machine's unless given. */
  readonly timers?: Timers;
  /**
   * Fees and delays. Unless given: no fee, no delay of funds, refunds, disputes or balance transactions, so that a
   * payment can be paid out at once; a payout takes a few seconds.
   */
  readonly settings?: Partial<Omit<Settings, "now" | "origin">>;
}

/** A Stripe that runs. */
export interface RunningStripe {
  readonly url: string;
  readonly port: number;
  readonly state: StripeState;
  /** Sends events elsewhere from now on, waiting retries included; `undefined` sends them nowhere. */
  setWebhookUrl(url: string | undefined): void;
  /** Closes every connection, delivery and timer. */
  stop(): Promise<void>;
}

/** Starts a stateful Stripe that the `stripe` package talks to over plain HTTP. */
export async function startStripe(options: StripeOptions): Promise<RunningStripe> {
  const host = options.host ?? "127.0.0.1";
  const timers = options.timers ?? new Timers();
  const stage = stageOf(options, timers);
  const server = createServer((incoming, outgoing) => {
    serve(stage, incoming, outgoing).catch((error: unknown) => {
      stage.log(`failure ${String(error)}`);
      outgoing.destroy();
    });
  });
  const port = await listening(server, options.port, host);
  const url = `http://${host}:${port}`;
  stage.settings.origin = url;
  return {
    url,
    port,
    state: stage.state,
    setWebhookUrl: (url) => {
      stage.deliveries.url = url;
    },
    stop: async () => {
      stage.deliveries.stop();
      timers.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      stage.faults.clear();
      await closed;
    },
  };
}

const defaultSettings: Omit<Settings, "now"> = {
  origin: "",
  chargeFee: () => 0,
  fundsDelaySeconds: 0,
  asyncCaptureDelayMs: null,
  refundDelayMs: 0,
  disputeDelayMs: 0,
  payoutDelayMs: 1000,
};

function stageOf(options: StripeOptions, timers: Timers): Stage {
  const clock = new Clock(options.now ?? Date.now);
  const now = clock.machineNow;
  const log = options.log ?? (() => undefined);
  const retries = options.webhookRetries ?? defaultRetries;
  return {
    state: new StripeState(),
    routes: new Routes(resourceRoutes.flat()),
    clock,
    settings: { ...defaultSettings, ...options.settings, now: clock.now },
    faults: new Faults(),
    deliveries: new Deliveries({ secret: options.webhookSecret, now, retries, timers, log }, options.webhookUrl),
    timers,
    log,
  };
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

async function serve(stage: Stage, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = await read(incoming);
  const isControl = request.path.startsWith("/_");
  const reply = isControl
    ? answerControl(stage, request)
    : (answerBrowser(stage, request) ?? (await answer(stage, request)));
  stage.log(`${request.method} ${request.path} ${typeof reply === "string" ? reply : reply.status}`);
  send(reply, outgoing);
}

async function read(incoming: IncomingMessage): Promise<ApiRequest> {
  const body = await text(incoming);
  const address = new URL(incoming.url ?? "/", "http://local");
  return {
    method: incoming.method ?? "GET",
    path: address.pathname,
    query: address.search.slice(1),
    headers: incoming.headers,
    body,
  };
}

function send(reply: Answer, outgoing: ServerResponse): void {
  if (reply === "silence") return;
  if (reply === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  outgoing.writeHead(reply.status, { ...reply.headers, "content-length": Buffer.byteLength(reply.body) });
  outgoing.end(reply.body);
}
