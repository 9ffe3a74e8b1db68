import { OwnError } from "#shared/domain/kernel/own-error";
import { capabilitiesOf, type UsesOf } from "#shared/contracts/implied";
import type { Contract } from "#shared/contracts/contract";
import { nounOf } from "#shared/ports/capability";
import { catalogue, type Granted, type Ports } from "#shared/ports/catalogue";
import { commitsOf } from "#shared/ports/touched";
import type { CommitContext } from "#shared/ports/changes";
import type { IdempotencyClaim, StoredReply } from "#shared/ports/idempotency";
import type { Change } from "#shared/domain/change";
import { readEnvironment } from "./environment.ts";

/** Adapters with the types of their nouns forgotten: `Adapters` has checked them where the lambda named them. */
type LooseAdapters = Readonly<Record<string, ((env: Readonly<Record<string, string>>) => unknown) | undefined>>;

/** What a commit answers its client with, under the key it was asked for, if any. */
export interface Answer {
  /** The reply as it will be sent, with what is committed. @throws when it is not what the contract promises: then nothing is. */
  readonly present: (reply: unknown, change?: Change) => StoredReply;
  /** The call is a rehearsal: what it would commit is checked and kept here, and nothing is written. */
  readonly isRehearsal?: boolean;
  /** What it commits is part of the work: the reply is stored under the key when all of it is done. */
  readonly inPages?: boolean;
  rehearsed?: Change;
  claim?: IdempotencyClaim;
  /** How a reply is stored for replays, where that is not as it is sent. */
  kept?: (reply: StoredReply) => StoredReply;
  /** What is sent, once it is stored with the change. */
  committed?: StoredReply;
}

/** An action's adapters, made once per process. */
export interface Connected {
  /** Those that its capabilities call for, and no others. */
  readonly ports: Partial<Ports>;
  /** The ports of one call, with a `commit` that knows whose call it is and how it is answered. */
  portsFor(context: Omit<CommitContext, "writes" | "completes">, answer?: Answer): unknown;
}

/** The same, with the types that an action of this contract is handed. */
export interface ConnectedTo<C extends Contract> extends Connected {
  portsFor(...call: Parameters<Connected["portsFor"]>): Granted<UsesOf<C>>;
}

/**
 * Makes the adapters that a contract calls for; every missing environment variable is named in one error. What the event
 * itself tells is `given`, and not asked of the environment.
 */
export function connect<C extends Contract>(
  contract: C,
  adapters: object,
  given: Readonly<Record<string, string>> = {},
): ConnectedTo<C> {
  const capabilities = capabilitiesOf(contract);
  const names = capabilities.flatMap((capability): readonly string[] => catalogue[capability].environment);
  const env = { ...readEnvironment(names.filter((name) => !(name in given))), ...given };
  const nouns = new Set(capabilities.map(nounOf));
  const made = Object.entries(adapters as LooseAdapters).flatMap(([noun, make]) =>
    make && nouns.has(noun) ? [[noun, make(env)] as const] : [],
  );
  const ports = Object.fromEntries(made) as Partial<Ports>;
  const writes = new Set(commitsOf(capabilities));
  return {
    ports,
    // What the contract declares is what was made: `Adapters` has seen to it where the lambda named them.
    portsFor: (context, answer) =>
      ({
        ...(answer?.isRehearsal ? rehearsing(ports) : ports),
        commit: commitOf(ports.changes, { ...context, writes }, answer),
      }) as unknown as Granted<UsesOf<C>>,
  };
}

/** As `connect`, at the first call and never again. */
export function connectOnce<C extends Contract>(contract: C, adapters: object) {
  let connected: ConnectedTo<C> | undefined;
  return (given?: Readonly<Record<string, string>>): ConnectedTo<C> =>
    (connected ??= connect(contract, adapters, given));
}

/** What makes something outside makes nothing in a rehearsal. */
const rehearsing = (ports: Partial<Ports>): Partial<Ports> => ({
  ...ports,
  ...(ports.payments && { payments: { ...ports.payments, ...ports.payments.rehearsal } }),
});

/** A port that the runtime itself needs. @throws when the contract does not imply it: a defect of the pipeline. */
export function portOf<N extends keyof Ports>({ ports }: Connected, noun: N): Ports[N] {
  const port = ports[noun];
  if (port === undefined) throw new OwnError(`the pipeline needs ${noun}, which this contract does not imply`);
  return port;
}

const commitOf =
  (changes: Ports["changes"] | undefined, context: CommitContext, answer: Answer | undefined) =>
  async (change: Change, reply?: unknown): Promise<unknown> => {
    if (changes === undefined) throw new OwnError("an action that commits nothing has committed");
    if (answer?.committed) throw new OwnError("a call commits once, with what it answers");
    if (answer?.isRehearsal) await rehearsed(changes, context, change, answer);
    else await committed(changes, context, change, answer, finalOf(answer, reply, change));
    return reply;
  };

/** What is stored with a change; nothing where the change is one of several. */
const finalOf = (answer: Answer | undefined, reply: unknown, change: Change): StoredReply | undefined =>
  answer?.inPages ? undefined : answer?.present(reply, change);

async function committed(
  changes: Ports["changes"],
  context: CommitContext,
  change: Change,
  answer: Answer | undefined,
  final: StoredReply | undefined,
): Promise<void> {
  await changes.commit({ ...context, ...completionOf(answer, final) }, change);
  if (answer && final) answer.committed = final;
}

async function rehearsed(changes: Ports["changes"], context: CommitContext, change: Change, answer: Answer) {
  await changes.rehearse(context, change);
  answer.rehearsed = change;
}

/** A reply as it is stored under the key that it was asked for with. */
export const keptOf = ({ kept = (sent) => sent }: Answer, reply: StoredReply): StoredReply => kept(reply);

const completionOf = (answer: Answer | undefined, reply: StoredReply | undefined) =>
  answer?.claim && reply ? { completes: { claim: answer.claim, reply: keptOf(answer, reply) } } : {};
