import { dynamodb } from "#shared/adapters/dynamodb/index";
import { verifyAuditLogs } from "#shared/contracts/audit";
import { MOST_AT_ONCE, type Proven, provenNow, verificationOf } from "#shared/domain/audit/proof";
import { implement } from "#shared/runtime/implement";

/** Parts of the trail that are read while an admin waits. */
const PARTS = 5;

export const handler = implement(verifyAuditLogs, dynamodb, async ({ now }, { auditTrail }) => {
  const read = (proven: Proven) => auditTrail.after(proven, now, MOST_AT_ONCE);

  const outcome = await provenNow(read, await auditTrail.proof(), now, PARTS);

  return verificationOf(outcome);
});
