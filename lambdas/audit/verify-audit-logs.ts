import { dynamodb } from "#shared/adapters/dynamodb/index";
import { verifyAuditLogs } from "#shared/contracts/audit";
import {
  beginningFor,
  heldAgainst,
  MOST_AT_ONCE,
  type Proven,
  provenBefore,
  provenOn,
  verificationOf,
} from "#shared/domain/audit/proof";
import { implement } from "#shared/runtime/implement";

/** Parts of the trail that are read while an admin waits. */
const PARTS = 5;

export const handler = implement(verifyAuditLogs, dynamodb, async ({ now }, { auditTrail }) => {
  const read = (proven: Proven) => auditTrail.after(proven, now, MOST_AT_ONCE);
  const proof = await auditTrail.proof();

  const outcome = await provenOn(read, beginningFor(proof), now, PARTS);
  const since = await provenOn(read, provenBefore(proof), now, 1);

  return verificationOf({ ...outcome, proven: heldAgainst(outcome.proven, since.proven) });
});
