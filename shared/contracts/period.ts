/** Inclusive UTC days, as a question names them. How many they may be, a rule says, which knows today. */
import { CalendarDay } from "#shared/domain/kernel/time";

export const periodShape = { from: CalendarDay.optional(), to: CalendarDay.optional() };

interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const isInOrder = ({ from, to }: Period): boolean => from === undefined || to === undefined || from <= to;
export const notInOrder = { path: ["to"], error: "must not be before from" };
