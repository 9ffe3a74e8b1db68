/** What becomes of a request to a network: its answer, or what a fault makes of it. */
import type { Faults, Kind } from "./faults.ts";
import { bearerOf, type Call, type Operation, type Reply } from "./network.ts";
import type { StandIn } from "./stand-in.ts";

/** A reply, no reply, a connection that breaks, or half a reply. */
export type Outcome = Reply | "silence" | "reset" | { readonly half: Reply };

/** Somebody whom nobody was asked about. */
const STRANGER = "stranger";
const HUGE = 1_000_000;

const spoilt = (status: number, type: string, body: string): Reply => ({
  status,
  body,
  headers: { "content-type": type },
});

/** Every number and text of an answer in a type that it is not. */
function mistyped(value: unknown): unknown {
  if (Array.isArray(value)) return { 0: value.map(mistyped) };
  if (typeof value !== "object" || value === null) return typeof value === "string" ? [value] : { value };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, mistyped(one)]));
}

interface Asked {
  readonly standIn: StandIn;
  readonly call: Call;
  readonly operation: Operation;
  readonly answer: (call: Call) => Reply;
  readonly retryAfterSeconds: number | undefined;
}

const busy = ({ standIn: { network }, call, retryAfterSeconds }: Asked, resetSeconds: number): Reply => {
  const reply = network.busy(resetSeconds, call.nowSeconds);
  const headers = {
    ...reply.headers,
    ...(retryAfterSeconds !== undefined && { "retry-after": `${retryAfterSeconds}` }),
  };
  return { ...reply, headers };
};

/** The same question with the token of somebody else, who consented to the same. */
function aboutStranger({ standIn: { grants, members }, call, answer }: Asked): Reply {
  const grant = grants.byAccess(bearerOf(call));
  if (!grant) return answer(call);
  const { accessToken } = grants.give(grants.copied(grant, members.named(STRANGER)));
  return answer({ ...call, headers: { authorization: `Bearer ${accessToken}` } });
}

const effects: Readonly<Record<Kind, (asked: Asked) => Outcome>> = {
  timeout: () => "silence",
  timeout_after: ({ call, answer }) => (answer(call), "silence"),
  reset: () => "reset",
  reset_after: ({ call, answer }) => (answer(call), "reset"),
  error_500: ({ standIn }) => standIn.network.failed,
  error_500_after: ({ standIn, call, answer }) => (answer(call), standIn.network.failed),
  busy: (asked) => busy(asked, asked.retryAfterSeconds ?? asked.standIn.network.limit.windowSeconds),
  refused_200: ({ standIn, operation }) => ({ ...standIn.network.refused(operation), status: 200 }),
  html: () => spoilt(200, "text/html", "<!doctype html><title>Please wait</title>"),
  half_body: ({ call, answer }) => ({ half: answer(call) }),
  huge_body: () => spoilt(200, "application/json", `{"padding":"${"x".repeat(HUGE)}"}`),
  redirect: () => ({ status: 302, body: "", headers: { location: "http://127.0.0.1:9/elsewhere" } }),
  wrong_types: ({ call, answer }) => {
    const reply = answer(call);
    return { ...reply, body: mistyped(reply.body) };
  },
  stranger: aboutStranger,
};

/** Answers a request below a network's name. */
export function answer(standIn: StandIn, call: Call, faults: Faults): Outcome {
  const { network, spent } = standIn;
  const route = network.routes.find(({ method, path }) => method === call.method && path.test(call.path));
  if (!route) return { status: 404, body: { message: `Nothing at ${call.method} ${call.path}.` } };
  const operation = route.operation(call);
  const fault = faults.take(network.platform, operation);
  const asked: Asked = {
    standIn,
    call,
    operation,
    answer: (one) => route.answer(one),
    retryAfterSeconds: fault?.retryAfterSeconds,
  };
  if (fault) return effects[fault.kind](asked);
  const isRead = operation === "profile" || operation === "posts";
  const resetSeconds = isRead ? spent.spend(call) : undefined;
  return resetSeconds === undefined ? route.answer(call) : busy(asked, resetSeconds);
}
