/**
 * The name by which Intl itself calls a zone, undefined where it knows none. IANA has several names for many: browsers say
 * `Asia/Kolkata` and `Europe/Kyiv` where Intl lists `Asia/Calcutta` and `Europe/Kiev` alone. An offset is no zone.
 */
export function primaryTimeZone(name: string): string | undefined {
  if (!/^[A-Za-z]/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export const isTimeZone = (name: string): boolean => primaryTimeZone(name) !== undefined;
