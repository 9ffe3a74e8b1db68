/**
 * People as clients of the API: impatient, at it twice, and persistent. What they were told under a key they remember, and are
 * never told otherwise.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { HttpContract } from "#shared/contracts/contract";
import { refusalsOf, takesKeys } from "#shared/contracts/implied";
import type { Role } from "#shared/domain/kernel/actor";
import { type Chance, chanceOf } from "./chance.ts";
import type { Lambda } from "./lambdas.ts";
import type { World } from "./world.ts";

export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly role: Role;
  email: string;
  token: string;
}
export interface Sent {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** As it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
  readonly text: string;
}

/** Patience of a client with one request; the gateway's own is 30 s. */
const PATIENCE_MS = 30_000;
/** Tries before somebody gives up for today. */
const TRIES = 3;
const LOST = [502, 503, 504];

export const isDone = (answer: Answer | undefined): answer is Answer & { readonly status: 200 | 201 | 202 | 204 } =>
  answer !== undefined && answer.status < 300;
/** Neither yes nor no. */
const isOpen = (answer: Answer | undefined): boolean =>
  answer === undefined || LOST.includes(answer.status) || answer.body["code"] === "idempotency.in_progress";

const routeOf = ({ running }: World, action: string): Lambda & { readonly contract: HttpContract } => {
  const lambda = running.lambdas.find((one) => one.name === action);
  if (lambda?.contract.trigger !== "http") throw new Error(`there is no route of ${action}`);
  return lambda as Lambda & { readonly contract: HttpContract };
};
const takesKey = (world: World, action: string): boolean => takesKeys(routeOf(world, action).contract);

/** One request over HTTP, by anybody. Undefined when no answer came. */
export async function request(world: World, action: string, sent: Sent, name: string): Promise<Answer | undefined> {
  const { running } = world;
  const { faults, takes } = running;
  const lambda = routeOf(world, action);
  running.count("requests");
  if (faults.strikes("requestLost", name)) return void (await takes(PATIENCE_MS));
  const fromMs = running.nowMs();
  const event = eventOf(lambda.contract, sent, name);
  const ended = await running.invoke<APIGatewayProxyStructuredResultV2>(lambda, event, name);
  if (ended.died || ended.failed) return void (await takes(200));
  if (faults.strikes("replyLost", name) || running.nowMs() - fromMs > PATIENCE_MS)
    return void (await takes(PATIENCE_MS));
  const { statusCode: status = 0, body: text = "" } = ended.reply;
  const answer: Answer = { status, body: (text === "" ? {} : JSON.parse(text)) as Answer["body"], text };
  judge(world, lambda.contract, answer, name);
  return answer;
}

/** Nobody is ever told of a defect, or something that the contract does not say. */
function judge(world: World, contract: HttpContract, { status, body }: Answer, name: string): void {
  const code: unknown = body["code"];
  world.running.count(`answers ${status}`);
  if (status < 400) return;
  if (status === 500) world.find(`${name}: ${contract.route} answered 500`);
  else if (!refusalsOf(contract).some((refusal) => refusal.code === code))
    world.find(`${name}: ${contract.route} gives ${String(code)} and does not say so`);
}

function eventOf({ route }: HttpContract, { path = {}, query, body, raw, headers }: Sent, name: string) {
  const [method = "", template = ""] = route.split(" ");
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: "2.0",
    routeKey: route,
    rawPath: template.replace(/\{(\w+)\}/g, (_, part: string) => String(path[part])),
    rawQueryString: new URLSearchParams(query).toString(),
    ...(query && { queryStringParameters: query }),
    headers: { ...headers, ...(text !== undefined && { "content-type": "application/json" }) },
    pathParameters: { ...path },
    requestContext: { requestId: name, http: { method } },
    isBase64Encoded: false,
    ...(text !== undefined && { body: text }),
  } as unknown as APIGatewayProxyEventV2;
}

interface Unfinished {
  readonly action: string;
  readonly sent: Sent;
  readonly name: string;
}

export interface Client {
  readonly person: Person;
  /** Reads; undefined when it did not work. */
  get(action: string, sent?: Sent): Promise<Answer | undefined>;
  /** All items of the first page. */
  list(action: string, sent?: Sent): Promise<readonly any[]>; // eslint-disable-line @typescript-eslint/no-explicit-any
  /** Does something, perhaps twice, and asks again while there is no answer. */
  act(action: string, sent?: Sent): Promise<Answer | undefined>;
}

/** A person in one step of theirs. @param isCalm does each thing once, and keeps at it */
export function clientOf(world: World, person: Person, step: string, isCalm = false): Client {
  const chance = chanceOf(world.running.seed, "client", step);
  let count = 0;
  const nameOf = (action: string): string => `${step}.${(count += 1)} ${person.name} ${action}`;
  const withToken = (sent: Sent): Sent => ({
    ...sent,
    headers: { authorization: `Bearer ${person.token}`, ...sent.headers },
  });
  const get = async (action: string, sent: Sent = {}): Promise<Answer | undefined> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await request(world, action, withToken(sent), nameOf(action));
      if (answer !== undefined && !LOST.includes(answer.status)) return answer;
    }
    return undefined;
  };
  return {
    person,
    get,
    async list(action, sent) {
      const answer = await get(action, sent);
      return isDone(answer) ? (answer.body["data"] as unknown[]) : [];
    },
    async act(action, sent = {}) {
      const name = nameOf(action);
      const under = (key: string): Unfinished => {
        const headers = {
          ...sent.headers,
          ...(takesKey(world, action) && { "idempotency-key": key.replaceAll(" ", "-") }),
        };
        return { action, sent: withToken({ ...sent, headers }), name };
      };
      const first = under(`key ${name}`);
      if (isCalm) return persist(world, first, chance, 30);
      const manner = chance.next();
      // At it twice: under the same key, or as another wish.
      if (manner < 0.12) void persist(world, first, chance, 1, " at once");
      else if (manner < 0.18) void persist(world, { ...under(`other ${name}`), name: `${name} other` }, chance, 1);
      const answer = await persist(world, first, chance, TRIES);
      if (manner > 0.9) await persist(world, first, chance, 1, " again");
      return answer;
    },
  };
}

/** Asks until there is an answer, or patience is at its end; then it is left for later. */
async function persist(
  world: World,
  wish: Unfinished,
  chance: Chance,
  tries: number,
  manner = "",
): Promise<Answer | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await request(world, wish.action, wish.sent, `${wish.name}${manner} #${attempt}`);
    if (!isOpen(answer)) {
      if (answer && takesKey(world, wish.action)) world.told(String(wish.sent.headers?.["idempotency-key"]), answer);
      return answer;
    }
    if (attempt >= tries) return void world.leave(() => persist(world, wish, chance, 30, `${manner} finally`));
    await world.running.takes(chance.between(500, 45_000));
  }
}
