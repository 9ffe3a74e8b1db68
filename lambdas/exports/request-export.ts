import { dynamodb } from "#shared/adapters/dynamodb/index";
import { requestExport } from "#shared/contracts/exports";
import { requireExporter } from "#shared/domain/exports/access";
import { requestExport as decide } from "#shared/domain/exports/request-export";
import { exportView } from "#shared/domain/exports/view";
import { requireReadable } from "#shared/application/exports/readers";
import { implement } from "#shared/runtime/implement";

export const handler = implement(requestExport, dynamodb, async (call, { campaigns, exports, commit }) => {
  const { actor, body, now } = call;
  requireExporter(actor, body.kind);
  await requireReadable({ campaigns }, { asked: body, actor, now });

  const { change, exported } = decide(body, await exports.openOf(actor.userId), call);

  return commit(change, exportView(exported, now));
});
