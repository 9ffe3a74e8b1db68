import { dynamodb } from "#shared/adapters/dynamodb/index";
import { endOverdueExports } from "#shared/contracts/exports";
import { knownExport } from "#shared/domain/exports/access";
import { endOverdue } from "#shared/domain/exports/follow-turn";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(endOverdueExports, dynamodb, async (invocation, { exports, commit }, each) => {
  await each(
    exports.overdue(invocation.now),
    ({ id }) => id,
    async ({ id }) => {
      const exported = knownExport(await exports.get(id));
      const change = endOverdue(exported, await exports.openOf(exported.userId), invocation);
      if (change === undefined) return;
      await commit(change);
      // Each turn ends what is overdue by itself: this one has no turn any more.
      log("export.left_behind", { exportId: id });
      return "ended";
    },
  );
});
