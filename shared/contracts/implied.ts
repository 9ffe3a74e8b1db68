/** What follows from an action's trigger, from what it takes and from what it causes, beside what it declares itself. */
import type { ApiScope } from "#shared/domain/api-keys/api-key";
import type { Transition } from "#shared/domain/kernel/lifecycle";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import {
  accessRefusals,
  idempotencyRefusals,
  lifecycleRefusals,
  requestRefusals,
} from "#shared/domain/kernel/refusals";
import { type Capability, catalogue, type CommitCapability } from "#shared/ports/catalogue";
import { commitsOf } from "#shared/ports/touched";
import type { Contract, HttpContract, ScheduleContract } from "./contract.ts";

/** Capabilities of the runtime itself, by what an action is. */
type ImpliedBy<C extends Contract> =
  | CommitCapability<C["uses"][number]>
  | (C extends ScheduleContract ? "jobs:run" | "changes:commit" : never)
  | (C extends HttpContract
      ? | (C["roles"] extends "public" ? never : "callers:authenticate" | "idempotency:keep")
        | (C["roles"] extends readonly (infer R)[] ? ("creator" extends R ? "sightings:note" : never) : never)
        | (C["list"] extends true ? "cursors:seal" : never)
        | ([Extract<C["apiKey"], ApiScope>] extends [never] ? never : "apiKeys:authenticate")
      : never);

/** What an action declares. */
export type UsesOf<C extends Contract> = C["uses"][number];
/** Everything its pipeline may ask of the adapters. */
export type NeedsOf<C extends Contract> = UsesOf<C> | ImpliedBy<C>;

/** Everything one action may do: what it declared, the guard at its door, the record of its run, its commit. */
export function capabilitiesOf(contract: Contract): readonly Capability[] {
  const implied: readonly [Capability, boolean][] = [
    ["callers:authenticate", isGuarded(contract)],
    ["apiKeys:authenticate", takesApiKey(contract)],
    ["sightings:note", isForCreators(contract)],
    ["idempotency:keep", takesKeys(contract)],
    ["cursors:seal", isList(contract)],
    ["jobs:run", contract.trigger === "schedule"],
    ["changes:commit", contract.trigger === "schedule" || commitsOf(contract.uses).length > 0],
  ];
  return [...new Set([...contract.uses, ...implied.flatMap(([capability, applies]) => (applies ? [capability] : []))])];
}

/** Whether callers must say who they are. */
export const isGuarded = (contract: Contract): contract is HttpContract =>
  contract.trigger === "http" && contract.roles !== "public";

/** Whether creators may call it: who does is seen, and hits on their own links are theirs. */
export const isForCreators = (contract: Contract): contract is HttpContract =>
  contract.trigger === "http" && contract.roles !== "public" && contract.roles.includes("creator");

/** Whether somebody may call it with an API key in place of a token. */
export const takesApiKey = (contract: Contract): contract is HttpContract & { readonly apiKey: ApiScope } =>
  isGuarded(contract) && contract.apiKey !== undefined;

/** Whether the gateway's authorizer lets nobody through without a token. It knows of no API keys: those the runtime asks for. */
export const needsToken = (contract: Contract): contract is HttpContract =>
  isGuarded(contract) && !takesApiKey(contract);

/** Whether it replies with pages. */
export const isList = (contract: Contract): contract is HttpContract => contract.trigger === "http" && contract.list;

/** Whether clients may send an Idempotency-Key. */
export const takesKeys = (contract: Contract): contract is HttpContract =>
  isGuarded(contract) && contract.route.startsWith("POST ");

/** Whether what it replies has a tag of its own: a single thing that is read. */
export const isTagged = ({ route, list, catchAll }: HttpContract): boolean =>
  route.startsWith("GET ") && !list && catchAll !== true;

/** Whether it moves money, or prepares to, and so can be rehearsed: `?dryRun=true` says what would happen. */
export const takesDryRun = (contract: Contract): contract is HttpContract =>
  isGuarded(contract) &&
  !contract.route.startsWith("GET ") &&
  (contract.idempotency === "required" || commitsOf(contract.uses).includes("journalEntry"));

/** Every refusal an action may give: its own, and those that follow from what it takes, who may call it and what it causes. */
export const refusalsOf = (contract: HttpContract): readonly RefusalCode[] => [
  ...impliedRefusalsOf(contract),
  ...contract.refuses,
];

/** Refusals that a contract need not say; each once. */
export const impliedRefusalsOf = (contract: HttpContract): readonly RefusalCode[] => [
  ...new Set([
    ...accessRefusalsOf(contract),
    ...requestRefusalsOf(contract),
    ...keyRefusalsOf(contract),
    ...(contract.causes ?? []).flatMap(stepRefusalsOf),
  ]),
];

function accessRefusalsOf(contract: HttpContract): readonly RefusalCode[] {
  const { unauthenticated, roleNotAllowed, suspended, noAccount, unknownKey, scopeMissing } = accessRefusals;
  if (!isGuarded(contract)) return [];
  const ofKeys = takesApiKey(contract) ? [unknownKey, scopeMissing] : [];
  return [unauthenticated, roleNotAllowed, suspended, noAccount, ...ofKeys];
}

function requestRefusalsOf(contract: HttpContract): readonly RefusalCode[] {
  const { path, body, list, ifMatch } = contract;
  const { invalid, malformedBody, notJson, bodyTooLarge, cursorInvalid, versionChanged } = requestRefusals;
  const { contended, unavailable, timedOut, unknownRoute } = requestRefusals;
  const cases: readonly [unknown, readonly RefusalCode[]][] = [
    // What a request does not have is checked as well: an unknown parameter, a body where none belongs.
    [true, [invalid, bodyTooLarge]],
    [path && absenceOf(contract) === unknownRoute, [unknownRoute]],
    [body, [malformedBody, notJson]],
    [list, [cursorInvalid]],
    [ifMatch, [versionChanged]],
    [asksTheTable(contract), [contended]],
    [callsOut(contract), [unavailable, timedOut]],
  ];
  return cases.flatMap(([applies, refusals]) => (applies ? refusals : []));
}

/** How a path is answered that can name nothing: like what is not there. */
export const absenceOf = ({ refuses }: HttpContract): RefusalCode =>
  refuses.find(({ kind }) => kind === "not_found") ?? requestRefusals.unknownRoute;

const asksTheTable = (contract: HttpContract): boolean =>
  capabilitiesOf(contract).some((capability) =>
    catalogue[capability].environment.some((name) => name === "TABLE_NAME"),
  );

const callsOut = (contract: HttpContract): boolean =>
  capabilitiesOf(contract).some((capability) => catalogue[capability].environment.length > 0);

function keyRefusalsOf(contract: HttpContract): readonly RefusalCode[] {
  const { keyMissing, keyInvalid, keyReused, inProgress } = idempotencyRefusals;
  if (!takesKeys(contract)) return [];
  return [keyInvalid, keyReused, inProgress, ...(contract.idempotency === "required" ? [keyMissing] : [])];
}

/** What stops a step: its status, then its guard. A role that may not take it is refused like one that may not call. */
const stepRefusalsOf = ({ otherwise, exactly = {}, guard }: Transition): readonly RefusalCode[] =>
  [otherwise, ...Object.values(exactly), ...(guard?.refuses ?? [])].flatMap((refusal) =>
    refusal === undefined || refusal === lifecycleRefusals.notDue ? [] : [refusal],
  );
