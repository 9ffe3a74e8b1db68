/** The networks on one port, each below its name: the connectors talk to them as to the networks themselves. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { Clock } from "#infra/local/stripe/clock";
import { answerConsent } from "./consent.ts";
import { answerControl, type Controlled } from "./control.ts";
import { Faults } from "./faults.ts";
import type { Call, Reply } from "./network.ts";
import { answer, type Outcome } from "./pipeline.ts";
import { type Client, type StandIn, standIns } from "./stand-in.ts";

export interface SocialOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The stage's app with each network. */
  readonly clientOf: (platform: SocialPlatform) => Client;
  /** Where people are sent back to, to the letter. */
  readonly redirectUriOf: (platform: SocialPlatform) => string;
  /** The machine's time in milliseconds. */
  readonly now?: () => number;
}

export interface RunningSocial {
  readonly url: string;
  readonly stage: Controlled;
  /** Closes every connection. */
  stop(): Promise<void>;
}

export async function startSocial({
  port,
  clientOf,
  redirectUriOf,
  now = Date.now,
}: SocialOptions): Promise<RunningSocial> {
  const clock = new Clock(now);
  const nowSeconds = (): number => Math.floor(clock.now() / 1_000);
  const stage: Controlled = { clock, faults: new Faults(), standIns: standIns(clientOf, redirectUriOf, nowSeconds) };
  const server = createServer((incoming, outgoing) => {
    serve(stage, incoming, outgoing).catch((error: unknown) => outgoing.destroy(error as Error));
  });
  const listening = await listen(server, port);
  return {
    url: `http://127.0.0.1:${listening}`,
    stage,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });

async function serve(stage: Controlled, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await text(incoming);
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://local");
  const { method = "GET" } = incoming;
  if (pathname.startsWith("/_")) return send(answerControl(stage, method, pathname, json(body)), stage, outgoing);
  const [, platform = "", path = "/"] = /^\/([a-z]+)(\/.*)$/.exec(pathname) ?? [];
  const standIn = stage.standIns.get(platform);
  if (!standIn) return send({ status: 404, body: { networks: [...stage.standIns.keys()] } }, stage, outgoing);
  const call: Call = {
    method,
    path,
    query: searchParams,
    form: new URLSearchParams(body),
    headers: incoming.headers,
    grants: standIn.grants,
    members: standIn.members,
    client: standIn.client,
    nowSeconds: Math.floor(stage.clock.now() / 1_000),
  };
  send(outcomeOf(standIn, call, stage), stage, outgoing);
}

const outcomeOf = (standIn: StandIn, call: Call, { faults }: Controlled): Outcome =>
  call.path === standIn.network.consent.path ? answerConsent(standIn, call) : answer(standIn, call, faults);

function json(body: string): unknown {
  try {
    return body === "" ? {} : (JSON.parse(body) as unknown);
  } catch {
    // Said to be of no shape by whoever reads it.
    return undefined;
  }
}

function send(outcome: Outcome, { clock }: Controlled, outgoing: ServerResponse): void {
  if (outcome === "silence") return;
  if (outcome === "reset") return void outgoing.destroy();
  const reply = "half" in outcome ? outcome.half : outcome;
  const bytes = bytesOf(reply);
  // An answer is dated by the network's own clock.
  const headers = { "content-type": "application/json", date: new Date(clock.now()).toUTCString(), ...reply.headers };
  outgoing.writeHead(reply.status, { ...headers, "content-length": bytes.length });
  if (!("half" in outcome)) return void outgoing.end(bytes);
  outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
}

const bytesOf = ({ body }: Reply): Buffer => Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
