import { appendOnlyChange } from "#shared/adapters/dynamodb/append-only-change";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sealEntries } from "#shared/contracts/system";
import { describeError } from "#shared/runtime/describe-error";
import { implementStream } from "#shared/runtime/implement-stream";
import { log } from "#shared/runtime/log";

export const handler = implementStream(sealEntries, dynamodb, async ({ now }, records, { seals }) => {
  const changes = records.map(({ sequence, delivered }) => ({ sequence, ...appendOnlyChange(delivered) }));

  for (const { tampering } of changes) if (tampering) log("audit.tampered", { ...tampering });
  const { made, lost, failures } = await seals.seal(
    changes.flatMap(({ written }) => written ?? []),
    now,
  );

  for (const gap of lost) log("audit.tampered", { event: "LOST", kind: "sealHead", ...gap });
  // In the log, under other rights than the table's, stands where each chain was: who cuts a chain off cannot cut this.
  if (made.length > 0) log("audit.sealed", { seals: made });
  for (const { error } of failures) log("stream.failed", { source: sealEntries.source, ...describeError(error) });
  const failed = new Set(failures.flatMap(({ keys }) => keys));
  return changes.flatMap(({ sequence, written }) => (written && failed.has(written.key) ? [sequence] : []));
});
