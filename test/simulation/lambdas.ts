/**
 * Every Lambda there is, found by its contract, in its own runtime: real pipelines around real actions, with adapters of ours.
 * A process serves one invocation at a time and is used again; one that died is gone with all it had in mind.
 */
import type { Context } from "aws-lambda";
import { type Action, actions } from "#shared/contracts/index";
import { timeoutSecondsOf } from "#shared/contracts/contract";
import { capabilitiesOf } from "#shared/contracts/implied";
import { nounOf } from "#shared/ports/capability";
import { type Capability, catalogue } from "#shared/ports/catalogue";
import { type Touched, touchedBy } from "#shared/ports/touched";
import { type Clock, withinTime } from "#shared/ports/call-time";
import type { World } from "#shared/runtime/call";
import { connect } from "#shared/runtime/connect";
import { implementConsumer, implementQueue } from "#shared/runtime/implement-consumer";
import { eachOf } from "#shared/runtime/implement-job";
import { implementStream } from "#shared/runtime/implement-stream";
import { implementUserPool } from "#shared/runtime/implement-user-pool";
import { httpPipeline, jobPipeline } from "#shared/runtime/pipelines";
import { CLIENT_ID, USER_POOL_ID } from "../support/tokens.ts";
import { type Death, type Ended, invoked } from "./invocations.ts";

/** What a lambda file exports. */
interface Handler {
  readonly contract: Action["contract"];
  readonly run: (...given: never[]) => Promise<unknown>;
}
/** Between a name and the number of its retry. */
export const RETRIED = " retried ";

export interface Lambda extends Action {
  readonly handler: Handler;
}
type Process = (event: unknown, context: Context) => Promise<unknown>;

/** Clicks come by an edge of their own; see the reproach of `standInsFor`. */
const isSimulated = ({ contract }: Action): boolean =>
  contract.trigger !== "edge" && !(contract.trigger === "onStream" && contract.source === "clicks");

let loaded: Promise<readonly Lambda[]> | undefined;
/** All of them, once for all worlds. */
export const everyLambda = (): Promise<readonly Lambda[]> =>
  (loaded ??= Promise.all(
    actions.filter(isSimulated).map(async (action): Promise<Lambda> => {
      const { handler } = (await import(`#lambdas/${action.area}/${action.kebabName}`)) as {
        readonly handler: Handler;
      };
      return { ...action, handler };
    }),
  ));

/** What the adapters are made from: every variable there is, by its own name. */
export function provideEnvironment(): void {
  const names = Object.values(catalogue).flatMap((row): readonly string[] => row.environment);
  const all = Object.fromEntries(names.map((name) => [name, `the ${name}`]));
  Object.assign(process.env, all, { USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });
}

type Adapters = Readonly<Record<string, unknown>>;

/** The adapters of one action. @throws for a noun that nothing stands in for. */
function standInsFor({ name, contract }: Lambda, stored: Adapters, outside: Adapters): Adapters {
  const nouns = capabilitiesOf(contract).map(nounOf);
  const made = Object.fromEntries(Object.entries(outside).map(([noun, port]) => [noun, () => port]));
  const all = { ...stored, ...made };
  const known = new Set([...Object.keys(all), "changes"]);
  const missing = nouns.filter((noun) => !writeOnly.has(noun) && !known.has(noun));
  if (missing.length > 0) throw new Error(`${name} needs ${missing.join(", ")}: give an area a stand-in, "outside"`);
  return all;
}
/** Nouns whose capabilities are rights to commit, and no ports. */
const writeOnly = writeOnlyNouns();

function writeOnlyNouns(): ReadonlySet<string> {
  const rows = Object.entries(catalogue).map(([capability, row]) => [nounOf(capability as Capability), row] as const);
  const isRight = (row: (typeof rows)[number][1]): boolean =>
    row.commits.length > 0 && row.gets.length + row.queries.length + row.lists.length === 0;
  const withPort = new Set(rows.flatMap(([noun, row]) => (isRight(row) ? [] : [noun])));
  return new Set(rows.map(([noun]) => noun).filter((noun) => !withPort.has(noun)));
}

function processOf({ contract, handler }: Lambda, adapters: Adapters, world: World): Process {
  const { run } = handler;
  const given = [contract as never, adapters as never, run as never, world] as const;
  switch (contract.trigger) {
    case "http":
      return httpPipeline(contract, connect(contract, adapters), run as never, world) as never;
    case "schedule": {
      const connected = connect(contract, adapters);
      return jobPipeline(
        contract,
        connected,
        async (context) =>
          void (await run(
            context.invocation as never,
            connected.portsFor(context.invocation) as never,
            eachOf(contract.job, context) as never,
          )),
        world,
      ) as never;
    }
    case "onEvent":
      return implementConsumer(...given) as never;
    case "onQueue":
      return implementQueue(...given) as never;
    case "onStream":
      return implementStream(...given) as never;
    case "onUserPool":
      return implementUserPool(...given);
    case "edge":
      throw new Error("the edge is not simulated");
  }
}

export interface Surroundings {
  readonly seed: number;
  readonly clock: Clock;
  readonly world: World;
  /** What the table gives to whoever may touch this. */
  readonly stored: (touched: Touched) => Adapters;
  /** What is outside, by noun. */
  readonly outside: Adapters;
  readonly deathOf: (name: string) => Death | undefined;
}

export interface Invoking {
  readonly all: readonly Lambda[];
  /** @throws when nothing stands in for a port that some Lambda needs. */
  requireStandIns(): void;
  named(name: string): Lambda;
  /** One invocation. `name` is its own, and the same whenever the seed is run. */
  invoke<R>(lambda: Lambda, event: unknown, name: string): Promise<Ended<R> & { readonly called: readonly string[] }>;
}

export async function lambdasIn(around: Surroundings): Promise<Invoking> {
  const all = await everyLambda();
  const warm = new Map<Lambda, Process[]>();
  const byName = new Map(all.map((lambda) => [lambda.name, lambda]));
  const started = (lambda: Lambda): Process => {
    const stored = around.stored(touchedBy(capabilitiesOf(lambda.contract)));
    return processOf(lambda, standInsFor(lambda, stored, around.outside), around.world);
  };
  return {
    all,
    requireStandIns() {
      for (const lambda of all)
        standInsFor(lambda, around.stored(touchedBy(capabilitiesOf(lambda.contract))), around.outside);
    },
    named(name) {
      const found = byName.get(name);
      if (found === undefined) throw new Error(`there is no action ${name}`);
      return found;
    },
    async invoke<R>(lambda: Lambda, event: unknown, name: string) {
      const idle = warm.get(lambda) ?? [];
      warm.set(lambda, idle);
      const process = idle.pop() ?? started(lambda);
      const context = {
        // What is tried again keeps its request's id.
        awsRequestId: name.split(RETRIED)[0],
        getRemainingTimeInMillis: () => timeoutSecondsOf(lambda.contract) * 1_000,
      } as Context;
      const death = around.deathOf(name);
      const ended = await invoked<R>({ name, seed: around.seed, death }, () =>
        withinTime(Infinity, () => process(event, context) as Promise<R>, around.clock),
      );
      if (!ended.died) idle.push(process);
      return ended;
    },
  };
}
