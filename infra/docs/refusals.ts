/** What an action may refuse: its own codes and those that come with what it takes and who may call it. */
import type { HttpContract } from "#shared/contracts/contract";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import { accessRefusals, idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { commitsOf } from "#shared/ports/catalogue";

/** Whether a request of the action may carry an Idempotency-Key. */
export const isKeyed = ({ route, roles }: HttpContract): boolean => route.startsWith("POST ") && roles !== "public";

/** Every refusal an action may give. */
export function refusalsOf(contract: HttpContract): RefusalCode[] {
  return [
    ...accessRefusalsOf(contract),
    ...requestRefusalsOf(contract),
    ...keyRefusalsOf(contract),
    ...contract.refuses,
  ];
}

const accessRefusalsOf = ({ roles }: HttpContract): RefusalCode[] => {
  const { unauthenticated, roleNotAllowed, suspended, noAccount } = accessRefusals;
  return roles === "public" ? [] : [unauthenticated, roleNotAllowed, suspended, noAccount];
};

function requestRefusalsOf({ body, rawBody, list, uses }: HttpContract): RefusalCode[] {
  const { invalid, malformedBody, notJson, bodyTooLarge, cursorInvalid, contended } = requestRefusals;
  const cases: [unknown, RefusalCode[]][] = [
    // What a request does not have is checked as well: an unknown parameter, a body where none belongs.
    [true, [invalid]],
    [body, [malformedBody, notJson]],
    [body ?? rawBody, [bodyTooLarge]],
    [list, [cursorInvalid]],
    [commitsOf(uses).length > 0, [contended]],
  ];
  return cases.flatMap(([applies, refusals]) => (applies ? refusals : []));
}

function keyRefusalsOf(contract: HttpContract): RefusalCode[] {
  const { keyMissing, keyInvalid, keyReused, inProgress } = idempotencyRefusals;
  if (!isKeyed(contract)) return [];
  return [keyInvalid, keyReused, inProgress, ...(contract.idempotency === "required" ? [keyMissing] : [])];
}
