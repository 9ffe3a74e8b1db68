import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { ProcessorStatements } from "#shared/ports/reconciliations";

/** What a processor in memory says it has moved. */
export const memoryStatements = (movements: () => readonly ProcessorMovement[]): ProcessorStatements => ({
  movements: (from, to) => Promise.resolve(movements().filter(({ createdAt }) => createdAt >= from && createdAt < to)),
  movement: (id) => Promise.resolve(movements().find((one) => one.id === id)),
});
