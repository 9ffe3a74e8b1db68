/** What commands about exports reply, and what the table then holds. */
import { known } from "#shared/domain/kernel/refusal";
import { exportView } from "#shared/domain/exports/view";
import { exporting } from "../actions/exports/exporting.ts";
import { type Case, repeated } from "./replied.ts";

export const exportCases: Readonly<Record<string, Case>> = {
  requestExport: async (stage, earlier) => {
    const { ask } = exporting(stage);
    await repeated(stage, earlier, () => ask());
    const reply = await ask();
    const held = known(await stage.ports.exports.get(reply.id), "export");
    return { reply, held: exportView(held, stage.clock.now) };
  },
};
