/**
 * Actions on a table in memory: every port is there, an action gets those it declared, and what it reads, commits and
 * refuses is held to what it declared. `run` decides again on what is true when something changed meanwhile, as the runtime does.
 */
import { randomUUID } from "node:crypto";
import { randomApiSecrets } from "#shared/adapters/codes/api-secrets";
import { randomOneTimeCodes } from "#shared/adapters/codes/one-time-codes";
import { randomLinkCodes } from "#shared/adapters/links/link-codes";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import { qrCodes } from "#shared/adapters/qr/qr-codes";
import { configuredMailLinks } from "#shared/adapters/settings/mail-links";
import { memoryUserPoolKeys } from "#shared/adapters/memory/outbound";
import { memoryHitCounter } from "#shared/adapters/memory/hit-counter";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import type { Contract, HttpContract } from "#shared/contracts/contract";
import { refusalsOf } from "#shared/contracts/implied";
import type { Change } from "#shared/domain/change";
import type { Entities, EntityName } from "#shared/domain/entities";
import { type Actor, isSystem } from "#shared/domain/kernel/actor";
import { type IdKind, idPrefixes } from "#shared/domain/kernel/ids";
import { Refusal } from "#shared/domain/kernel/refusal";
import { walletView } from "#shared/domain/wallets/open-wallet";
import type { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";
import { entityItem } from "#shared/table/entity";
import { isOf } from "#shared/table/item";
import { declarations, type StoredKind } from "#shared/table/items/index";
import { planDirectory } from "#shared/table/repositories/plan-directory";
import { nounOf } from "#shared/ports/capability";
import type { Capability, Commit, Granted } from "#shared/ports/catalogue";
import { commitsOf, touchedBy } from "#shared/ports/touched";
import type { Call, Invocation } from "#shared/runtime/call";
import { withinTime } from "#shared/ports/call-time";
import { untilDecided } from "#shared/runtime/until-decided";
import { grantedTable } from "./granted-table.ts";
import { simulatedClock } from "./simulated-clock.ts";
import { noteRefused } from "./refused.ts";
import { outboundAt } from "./stage-outbound.ts";

/** What a test may say about a call; the rest is made up. */
export type CallParts<P, Q, B> = Partial<Omit<Call<P, Q, B>, "ifMatch">> & {
  readonly actor: Actor;
  /** Version that its `If-Match` names. */
  readonly ifMatch?: number | undefined;
};

export interface Runnable<P, Q, B, U extends Capability, R> {
  readonly contract: Contract & { readonly uses: readonly U[] };
  readonly run: (call: Call<P, Q, B>, ports: Granted<U>) => Promise<R>;
}

export function testStage(startAt = "2026-11-25T12:00:00.000Z") {
  const table = memoryTable();
  const clock = { now: startAt };
  const newId = sequentialIds();
  const outbound = outboundAt(clock);
  const stored = made(memory(table));
  const counted = memoryHitCounter();
  /** None, unless a test adds some. */
  const fees: PlatformFeeSchedule = [];
  const unstored = {
    hitCounts: counted,
    hitCounter: counted,
    linkCodes: randomLinkCodes(),
    apiSecrets: randomApiSecrets(),
    oneTimeCodes: randomOneTimeCodes(),
    mailLinks: configuredMailLinks({ API_ORIGIN: "https://api.example.com", APP_URL: "https://app.example.com" }),
    qrCodes: qrCodes(),
    linkUrls: stageLinkUrls({ LINK_ORIGIN: "https://go.example.com" }),
    platformFees: { schedule: fees },
    webClient: { url: "https://app.example.com" },
    stageFeatures: { all: ["social"] },
    payoutRules: { minimums: {} },
    processorFeeRules: { bounds: {} },
    userPoolKeys: memoryUserPoolKeys({ keys: [] }),
    ...outbound,
  };
  const ports = { ...stored, ...unstored };

  const ofKind = (kind: StoredKind) => table.all((item) => isOf(declarations[kind], item));

  /** The ports an action declared, and a commit held to what it declared. */
  function granted<U extends Capability>(uses: readonly U[], call: Invocation, committed?: (reply: unknown) => void) {
    const nouns = new Set(uses.map(nounOf));
    // As a pipeline has it: people are let in by their account.
    const byKey: Capability[] = call.actor.apiKeyId === undefined ? [] : ["apiKeys:authenticate"];
    const implied: Capability[] = isSystem(call.actor)
      ? ["changes:commit"]
      : ["changes:commit", "callers:authenticate", ...byKey];
    const { changes, ...opened } = made(memory(grantedTable(table, touchedBy([...uses, ...implied]))));
    const all = { ...opened, ...unstored };
    const own = Object.fromEntries(Object.entries(all).filter(([noun]) => nouns.has(noun)));
    const commit: Commit = async <R>(change: Change, reply?: R) => {
      requireAudit(call.actor, change);
      await changes.commit({ ...call, writes: new Set(commitsOf(uses)) }, change);
      committed?.(reply);
      return reply as R;
    };
    return { ...own, commit } as unknown as Granted<U>;
  }

  return {
    table,
    clock,
    newId,
    fees,
    ports,
    ...outbound,
    granted,
    /** Runs an HTTP action's `run` as the runtime would after parsing: what it answers must be what it committed. */
    async run<P, Q, B, U extends Capability, R>(
      handler: Runnable<P, Q, B, U, R>,
      parts: CallParts<P, Q, B>,
    ): Promise<R> {
      const call = {
        now: clock.now,
        receivedAt: clock.now,
        requestId: randomUUID(),
        newId,
        page: { limit: 25 },
        headers: {},
        method: "GET",
        rawPath: "/",
        rawBody: "",
        idempotencyDigest: undefined,
        path: undefined,
        query: {},
        body: undefined,
        ...parts,
        ifMatch: parts.ifMatch === undefined ? undefined : [parts.ifMatch],
      } as Call<P, Q, B>;
      const stored: unknown[] = [];
      const decide = () =>
        handler.run(
          call,
          granted(handler.contract.uses, call, (one) => void stored.push(one)),
        );
      const reply = await declared(handler.contract, () => inSimulatedTime(() => untilDecided(decide)));
      const contract: Contract & { readonly inPages?: true } = handler.contract;
      if (!contract.inPages && stored.some((one) => one !== reply))
        throw new Error("the reply is not what was stored with the change");
      if (!contract.inPages && stored.length > 1) throw new Error("a call commits once, with what it answers");
      return reply;
    },
    /** Puts a thing into the table as it is, with no journal and no questions; an account can be found in the directory. */
    async given<E extends EntityName>(entity: E, value: Entities[E]): Promise<Entities[E]> {
      if (entity === "account") {
        const account = value as Entities["account"];
        const lines = planDirectory(await ports.accounts.get(account.id), account);
        if (lines.length > 0) await table.transact(lines);
      }
      await table.write({ kind: "put", item: entityItem(entity, value), when: { any: true } });
      return value;
    },
    /** A wallet as its owner sees it. */
    walletOf: async (userId: string) => {
      const { wallet, funded } = await ports.wallets.withFunded(userId);
      return walletView(wallet, funded);
    },
    /** Every stored item of a kind, in order of its key. */
    stored: ofKind,
    /** Types of the events in the outbox, oldest first. */
    outbox: (): unknown[] => ofKind("outboxEvent").map((item) => item["type"]),
  };
}
export type TestStage = ReturnType<typeof testStage>;

/** As long as an action has, on a clock that waits for nobody. */
const inSimulatedTime = <R>(act: () => Promise<R>): Promise<R> => withinTime(8_000, act, simulatedClock());

/** Holds an action to its contract: a refusal that clients are not told to expect is a defect. */
async function declared<R>(contract: Contract, act: () => Promise<R>): Promise<R> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { refusal, context } = error;
    noteRefused(contract, refusal.code);
    if (refusal.kind === "conflict" && context.currentState === undefined)
      throw new Error(`${refusal.code} does not say which state is in the way`, { cause: error });
    if (contract.trigger !== "http" || isSaid(contract, error)) throw error;
    throw new Error(`${contract.route} gives ${error.refusal.code} and does not say so`, { cause: error });
  }
}
const isSaid = (contract: HttpContract, { refusal }: Refusal): boolean => refusalsOf(contract).includes(refusal);

/** What people change without a row of the audit, and why. Everything else that a person commits must leave one. */
export const unaudited: Partial<Readonly<Record<EntityName, string>>> = {
  notification: "a note to oneself that it was read: it concerns nobody else, and moves nothing",
  testClock: "there is none in production, and a row from before a move is sealed as if it had been added days later",
};

/** @throws Error for a person's change that nobody could ask about later: a defect of the rule that decided it. */
export function requireAudit(actor: Actor, { audit, entities, entries = [] }: Change): void {
  const silent = entries.length === 0 && entities.every(({ entity }) => entity in unaudited);
  if (isSystem(actor) || audit !== undefined || silent) return;
  const what = [...entities.map(({ entity }) => entity), ...entries.map(() => "journalEntry")];
  throw new Error(`a person changes ${what.join(", ")} without an audit note`);
}

type Factories = Readonly<Record<string, (env: object) => unknown>>;
type MadeOf<F extends Factories> = { readonly [N in keyof F]: ReturnType<F[N]> };
/** Every adapter of a record, made. */
const made = <F extends Factories>(factories: F): MadeOf<F> =>
  Object.fromEntries(Object.entries(factories).map(([noun, make]) => [noun, make({})])) as MadeOf<F>;

/** Ids in the order they are asked for: cmp_…01, cmp_…02. */
export function sequentialIds() {
  let count = 0;
  return (kind: IdKind): string => `${idPrefixes[kind]}_${String((count += 1)).padStart(26, "0")}`;
}

export const brand = (userId = "00000000-0000-4000-8000-00000000000b"): Actor => ({ userId, roles: ["brand"] });
export const creator = (userId = "00000000-0000-4000-8000-00000000000c"): Actor => ({ userId, roles: ["creator"] });
export const admin = (userId = "00000000-0000-4000-8000-00000000000a"): Actor => ({ userId, roles: ["admin"] });
