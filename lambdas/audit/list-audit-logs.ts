import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listAuditLogs } from "#shared/contracts/audit";
import { sealedRow } from "#shared/domain/audit/audit-entry";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listAuditLogs, dynamodb, async ({ query, page }, { auditTrail }) => {
  const found = await auditTrail.rows(query, page);

  return { ...found, items: found.items.map(sealedRow) };
});
