import { dynamodb } from "#shared/adapters/dynamodb/index";
import { verifyAuditLogs } from "#shared/contracts/audit";
import { beginningFor, MOST_AT_ONCE, provenOn, verificationOf } from "#shared/domain/audit/proof";
import { implement } from "#shared/runtime/implement";

/** Parts of the trail that are read while an admin waits. */
const PARTS = 5;

export const handler = implement(verifyAuditLogs, dynamodb, async ({ now }, { auditTrail }) => {
  const beginning = beginningFor(await auditTrail.proof());

  const outcome = await provenOn((proven) => auditTrail.after(proven, now, MOST_AT_ONCE), beginning, now, PARTS);

  return verificationOf(outcome);
});
