/** Any action's own pipeline around a `run` of a test's choice: what it logs, answers and throws to Lambda. */
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import type { Contract, HttpContract, StreamContract, Trigger } from "#shared/contracts/contract";
import { capabilitiesOf } from "#shared/contracts/implied";
import { nounOf } from "#shared/ports/capability";
import { catalogue } from "#shared/ports/catalogue";
import { edgeSink, implementEdge } from "#shared/runtime/edge";
import { implement } from "#shared/runtime/implement";
import { implementConsumer, implementQueue } from "#shared/runtime/implement-consumer";
import { implementJob } from "#shared/runtime/implement-job";
import { implementStream } from "#shared/runtime/implement-stream";
import { implementUserPool } from "#shared/runtime/implement-user-pool";
import { sink } from "#shared/runtime/log";
import { eventFor } from "../actions/tracking/visits.ts";
import { anEvent } from "../domain/notifications/events.ts";
import { gatewayEvent, lambdaContext, type Sent } from "./gateway.ts";

export type Run = (...given: never[]) => Promise<unknown>;
type Handler = (event: never, context: never) => Promise<unknown>;

export interface Ended {
  /** As they are in the log. */
  readonly lines: readonly string[];
  readonly reply?: unknown;
  readonly thrown?: unknown;
  /** What a job left in its table. */
  readonly stored: readonly unknown[];
}

const environment = {
  ...Object.fromEntries(
    Object.values(catalogue).flatMap((row) => row.environment.map((name) => [name, "us-east-1_POOL"])),
  ),
  ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" },
};

/** Ports of every noun of a contract, all of whose calls fail. */
const failingPorts = (contract: Contract, fault: unknown): Record<string, () => unknown> => {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a library may throw
  const port = new Proxy({}, { get: () => () => Promise.reject(fault) });
  return Object.fromEntries(capabilitiesOf(contract).map((capability) => [nounOf(capability), () => port]));
};

/** Like an action of the API, but for everybody and without shapes, so that `run` is reached. */
const open = (contract: HttpContract): HttpContract => {
  const { route, reply, list, refuses, summary, ifItFails } = contract;
  const shared = { trigger: "http", route, reply, list, refuses, summary, ifItFails } as const;
  return { ...shared, roles: "public", uses: [], rawBody: true } as unknown as HttpContract;
};

const recordsOf = ({ source }: StreamContract) =>
  source === "clicks"
    ? [{ eventID: "shardId-0:1", kinesis: { data: "", sequenceNumber: "1" } }]
    : [{ dynamodb: { SequenceNumber: "1", NewImage: {} } }];

const poolEvent = {
  userPoolId: "us-east-1_POOL",
  triggerSource: "PreSignUp_SignUp",
  userName: "u",
  request: { userAttributes: { email: "ada@example.com" } },
  response: {},
};

interface Made {
  readonly handler: Handler;
  readonly event: unknown;
}
type Adapters = Record<string, unknown>;

/** An action's handler with its own pipeline, and an event that leads to its `run`. */
const makers: { readonly [T in Trigger]: (contract: never, adapters: Adapters, run: Run) => Made } = {
  http: (contract: HttpContract, adapters, run) => ({
    handler: implement(contract, adapters as never, run as never),
    event: gatewayEvent(contract.route),
  }),
  schedule: (contract, adapters, run) => ({
    handler: implementJob(contract, adapters as never, run as never),
    event: {},
  }),
  onEvent: (contract: { readonly events: readonly Parameters<typeof anEvent>[0][] }, adapters, run) => ({
    handler: implementConsumer(contract as never, adapters as never, run as never),
    event: {
      Records: contract.events.map((type, at) => ({
        messageId: `m-${at}`,
        body: JSON.stringify({ detail: anEvent(type) }),
      })),
    },
  }),
  onStream: (contract: StreamContract, adapters, run) => ({
    handler: implementStream(contract, adapters as never, run as never),
    event: { Records: recordsOf(contract) },
  }),
  onQueue: (contract, adapters, run) => ({
    handler: implementQueue(contract, adapters as never, run as never),
    event: { Records: [{ messageId: "m", body: "{}" }] },
  }),
  onUserPool: (contract, adapters, run) => ({
    handler: implementUserPool(contract, adapters as never, run as never),
    event: poolEvent,
  }),
  edge: (_contract, _adapters, run) => ({
    handler: implementEdge((() => ({})) as never, run as never),
    event: eventFor("/t/abcdEFGH23"),
  }),
};

async function ended({ handler, event }: Made, stored: () => readonly unknown[] = () => []): Promise<Ended> {
  const lines: string[] = [];
  sink.write = edgeSink.write = (line) => void lines.push(line);
  return handler(event as never, lambdaContext() as never).then(
    (reply) => ({ lines, reply, stored: stored() }),
    (thrown: unknown) => ({ lines, thrown, stored: stored() }),
  );
}

/** An action whose `run` is this one. Its job's record is kept; nothing else is there. */
export function endedBy(contract: Contract, run: Run): Promise<Ended> {
  Object.assign(process.env, environment);
  const table = memoryTable();
  const adapters = { ...failingPorts(contract, new Error("not to be asked")), ...memory(table) };
  const called = contract.trigger === "http" ? open(contract) : contract;
  return ended(makers[contract.trigger](called as never, adapters, run), () => table.all());
}

/** Without what is in its path, where nothing is asked before that is looked at: whoever calls here has no path to give. */
function reachable(contract: Contract): Contract {
  if (contract.trigger !== "http" || contract.roles !== "public") return contract;
  const { path: _path, ...pathless } = contract;
  return pathless;
}

/** An action around which everything fails with `fault`, before its own code is reached wherever anything is asked before. */
export function endedByPorts(contract: Contract, fault: unknown): Promise<Ended> {
  Object.assign(process.env, environment);
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a library may throw
  const run = () => Promise.reject(fault);
  const made = makers[contract.trigger](reachable(contract) as never, failingPorts(contract, fault), run);
  if (contract.trigger !== "http") return ended(made);
  return ended({ ...made, event: gatewayEvent(contract.route, { headers: { Authorization: "Bearer e30.e30.e30" } }) });
}

/** An action of the API as anybody may call it, on an empty table. */
export function endedByRequest(contract: HttpContract, sent: Sent): Promise<Ended> {
  Object.assign(process.env, environment);
  const adapters = { ...failingPorts(contract, new Error("not to be asked")), ...memory(memoryTable()) };
  const made = makers.http(contract as never, adapters, () => Promise.resolve(undefined));
  return ended({ ...made, event: gatewayEvent(contract.route, sent) });
}
