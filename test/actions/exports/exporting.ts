/** People who ask for files, and what is delivered until they are made. */
import { handler as getExport } from "#lambdas/exports/get-export";
import { handler as requestExport } from "#lambdas/exports/request-export";
import { handler as writeExport } from "#lambdas/exports/write-export";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { parseEvent } from "#shared/domain/events/outbox";
import { NewExport } from "#shared/domain/exports/input";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { known } from "#shared/domain/kernel/refusal";
import type { Commit, Ports } from "#shared/ports/catalogue";
import { untilDecided } from "#shared/runtime/until-decided";
import { brand, type TestStage } from "../../support/stage.ts";

export type Asked = Partial<Record<"kind" | "format" | "campaignId" | "from" | "to", string>>;
export type TurnDue = DeliveredEvent<"export.turn_due">;

export function exporting(stage: TestStage) {
  const done = new Set<string>();
  const turnsDue = (): TurnDue[] =>
    stage
      .stored("outboxEvent")
      .filter(({ id, type }) => type === "export.turn_due" && !done.has(String(id)))
      .map((item) => parseEvent(item) as TurnDue);
  const turn = async (
    event: TurnDue,
    instead: Partial<Ports> = {},
    around: (commit: Commit) => Commit = (commit) => commit,
  ): Promise<void> => {
    const occasion = { actor: systemActor("write-export"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    const granted = stage.granted(writeExport.contract.uses, occasion);
    const ports = { ...granted, commit: around(granted.commit), ...instead };
    await untilDecided(() => writeExport.run(occasion, event, ports));
    done.add(event.id);
  };
  const stored = async (id: string) => known(await stage.ports.exports.get(id), "export");
  const ask = (asked: Asked = {}, actor: Actor = brand()) =>
    stage.run(requestExport, { actor, body: NewExport.parse({ kind: "transactions", format: "csv", ...asked }) });
  const read = (exportId: string, actor: Actor = brand()) => stage.run(getExport, { actor, path: { exportId } });
  /** Every turn that is due, and those that follow, each once. */
  const written = async (instead: Partial<Ports> = {}): Promise<void> => {
    for (let [event] = turnsDue(); event; [event] = turnsDue()) await turn(event, instead);
  };
  return {
    ask,
    read,
    stored,
    turn,
    turnsDue,
    written,
    /** The lines of a file that was asked for and made, without their ends. */
    async file(asked: Asked, actor: Actor = brand()): Promise<string[]> {
      const { id } = await ask(asked, actor);
      await written();
      const content = known(stage.exportFiles.content(await stored(id)), "file");
      return content.split(asked.format === "json" ? "\n" : "\r\n").slice(0, -1);
    },
    audited: (action: string) => stage.stored("auditEntry").filter((row) => row["action"] === action),
  };
}
export type Exporting = ReturnType<typeof exporting>;
