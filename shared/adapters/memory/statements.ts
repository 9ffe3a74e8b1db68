import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { ProcessorStatements } from "#shared/ports/reconciliations";

/** What a processor in memory says it has moved. */
export const memoryStatements = (movements: () => readonly ProcessorMovement[]): ProcessorStatements => ({
  movements: (from, to) => Promise.resolve(movements().filter(isWithin(from, to))),
  movementsOfType: (type, from, to) =>
    Promise.resolve(movements().filter((one) => one.type === type && isWithin(from, to)(one))),
  movement: (id) => Promise.resolve(movements().find((one) => one.id === id)),
});

const isWithin =
  (from: string, to: string) =>
  ({ createdAt }: ProcessorMovement): boolean =>
    createdAt >= from && createdAt < to;
